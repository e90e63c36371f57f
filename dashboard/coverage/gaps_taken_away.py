"""All gaps as a file, made at the click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.coverage.question_in_words import in_words
from dashboard.exports.feature_files import MEDIA_TYPES, feature_file, file_name
from dashboard.exports.provenance import sources_of
from dashboard.place import atlas_of
from planning.data_health import build_facts
from planning.gap_features import gap_features
from planning.gaps import gaps
from wording import Refusal, current_language, mark, say, use_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.coverage_choice import CoverageChoice
    from planning.atlas import Atlas

_FORMS = {"xlsx": mark("All gaps (Excel)"), "gpkg": mark("All gaps (GeoPackage)"), "kml": mark("All gaps (KML)")}
_FROM = ("stations", "routes", "grids", "places")


def gap_answer(atlas: Atlas, choice: CoverageChoice, form: str) -> bytes:
    """Every gap of the question, with its outline, in one of the forms of files."""
    found = choice.of(atlas)
    facts = build_facts(atlas)
    return feature_file(
        gap_features(atlas, found, gaps(atlas, found, choice.rank_by)),
        form,
        place_name=facts.place_name,
        is_made_up=facts.is_made_up,
        build_id=facts.build_id,
        built_at=facts.started_at,
        sources=[note for noun in _FROM for note in sources_of(atlas, noun)],
        filters=in_words(choice),
    )


def show_gaps_to_take_away(atlas: Atlas, choice: CoverageChoice) -> None:
    build_id, language, facts = atlas.build_id, current_language(), build_facts(atlas)
    none = gap_features(atlas, choice.of(atlas), [])

    def maker(form: str) -> Callable[[], bytes]:
        def made() -> bytes:
            use_language(language)  # the click is answered in a thread of its own
            build = atlas_of(build_id)
            if build is None:
                raise Refusal("This build is no longer kept. Load the page again.")
            return gap_answer(build, choice, form)

        return made

    with st.container(horizontal=True, key="coverage_take_away"):
        for form, label in _FORMS.items():
            name = file_name(none, form, place_name=facts.place_name, is_made_up=facts.is_made_up, build_id=build_id)
            st.download_button(
                say(label), maker(form), name, MEDIA_TYPES[form], key=f"coverage_take_{form}", on_click="ignore"
            )
