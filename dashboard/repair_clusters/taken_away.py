"""All clusters as a file, made at the click."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.exports.feature_files import MEDIA_TYPES, feature_file, file_name
from dashboard.exports.provenance import sources_of
from dashboard.place import atlas_of
from planning.data_health import build_facts
from planning.features import features
from wording import Language, Refusal, current_language, mark, say, use_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from planning.atlas import Atlas

_NOUN = "repair_clusters"
_FORMS = {
    "xlsx": mark("All clusters (Excel)"),
    "gpkg": mark("All clusters (GeoPackage)"),
    "kml": mark("All clusters (KML)"),
}


def cluster_rows_file(atlas: Atlas, form: str) -> bytes:
    """Every cluster with its outline, in one of the forms of files."""
    facts = build_facts(atlas)
    return feature_file(
        features(atlas, _NOUN), form, place_name=facts.place_name, is_made_up=facts.is_made_up,
        build_id=facts.build_id, built_at=facts.started_at, sources=sources_of(atlas, _NOUN), filters={},
    )  # fmt: skip


def show_clusters_to_take_away(atlas: Atlas) -> None:
    facts, rows, language = build_facts(atlas), features(atlas, _NOUN), current_language()
    with st.container(horizontal=True, key="repair_clusters_take_away"):
        for form, label in _FORMS.items():
            name = file_name(
                rows, form, place_name=facts.place_name, is_made_up=facts.is_made_up, build_id=facts.build_id
            )
            st.download_button(
                say(label), _maker(facts.build_id, language, form), name, MEDIA_TYPES[form],
                key=f"repair_clusters_take_{form}", on_click="ignore",
            )  # fmt: skip


def _maker(build_id: str, language: Language, form: str) -> Callable[[], bytes]:
    def made() -> bytes:
        use_language(language)  # the click is answered in a thread of its own
        build = atlas_of(build_id)
        if build is None:
            raise Refusal("This build is no longer kept. Load the page again.")
        return cluster_rows_file(build, form)

    return made
