"""The plan as Word, Excel, GeoPackage or KML, made at the click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.exports.brief import BRIEF_TYPE, brief_file
from dashboard.exports.feature_files import MEDIA_TYPES
from dashboard.exports.file_names import file_name_of
from dashboard.exports.siting_files import plan_file
from planning.data_health import build_facts
from wording import current_language, mark, say, use_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from planning.siting.answer import SitingAnswer
    from planning.siting.sensitivity import Firmness

_FORMS = {
    "docx": mark("The plan (Word)"),
    "xlsx": mark("The sites (Excel)"),
    "gpkg": mark("The sites (GeoPackage)"),
    "kml": mark("The sites (KML)"),
}


def show_plan_to_take_away(answer: SitingAnswer, firm: Firmness | None, key: str = "siting") -> None:
    facts, language = build_facts(answer.setting.atlas), current_language()

    def maker(form: str) -> Callable[[], bytes]:
        def made() -> bytes:
            use_language(language)  # the click is answered in a thread of its own
            return brief_file(answer, firm) if form == "docx" else plan_file(answer, form, firm)

        return made

    with st.container(horizontal=True, key=f"{key}_take_away"):
        for form, label in _FORMS.items():
            name = file_name_of(
                say("Siting plan"), form, place_name=facts.place_name, is_made_up=facts.is_made_up,
                build_id=facts.build_id,
            )  # fmt: skip
            st.download_button(
                say(label), maker(form), name, MEDIA_TYPES.get(form, BRIEF_TYPE), key=f"{key}_take_{form}",
                on_click="ignore",
            )  # fmt: skip
