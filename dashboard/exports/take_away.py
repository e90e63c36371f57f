"""带走: any layer as a file, made when somebody asks for it. The map itself is taken from its own panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.exports.feature_files import FORMS, MEDIA_TYPES, feature_file
from dashboard.exports.file_names import file_name_of
from dashboard.exports.provenance import sources_of
from dashboard.place import atlas_of
from planning.column_labels import column_labels
from planning.data_health import build_facts
from planning.features import FILTERS, WORKED_OUT, features, title_of
from wording import Refusal, current_language, mark, say, use_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planning.atlas import Atlas
    from planning.health_records import BuildFacts

    Filters = Mapping[str, Mapping[str, Sequence[str]]]

_FORM_NAMES: Final = {
    "xlsx": mark("Excel table"),
    "gpkg": mark("GeoPackage for GIS programs"),
    "geojson": mark("GeoJSON for programs"),
    "kml": mark("KML for Ovital and phones"),
}


def show_take_away(atlas: Atlas, filters: Filters, *, key: str = "take_away") -> None:
    """A popover with every layer; a file holds what the filters let through."""
    with st.popover(say("Take away"), key=key, width="stretch"):
        _show_files(atlas, build_facts(atlas), filters, key=key)


def _show_files(atlas: Atlas, facts: BuildFacts, filters: Filters, *, key: str) -> None:
    labels = column_labels(atlas)
    nouns = [*FILTERS, *WORKED_OUT]
    noun = st.selectbox(say("Layer"), nouns, format_func=lambda one: title_of(labels, one), key=f"{key}_layer")
    form = st.selectbox(say("As"), list(FORMS), format_func=lambda one: say(_FORM_NAMES[one]), key=f"{key}_form")
    chosen = filters.get(noun) or {}

    def made(build: Atlas) -> bytes:
        return feature_file(
            features(build, noun, chosen),
            form,
            place_name=facts.place_name,
            is_made_up=facts.is_made_up,
            build_id=facts.build_id,
            built_at=facts.started_at,
            sources=sources_of(build, noun),
            filters=chosen,
        )

    name = _file_name(title_of(labels, noun), form, facts)
    _show_button(atlas, say("Download the rows"), made, name, MEDIA_TYPES[form], key)


def _file_name(title: str, suffix: str, facts: BuildFacts) -> str:
    return file_name_of(
        title, suffix, place_name=facts.place_name, is_made_up=facts.is_made_up, build_id=facts.build_id
    )


def _show_button(
    atlas: Atlas, label: str, make: Callable[[Atlas], bytes], file: str, media_type: str, key: str
) -> None:
    """A button whose file is made at the click; until then nothing of the build is held."""
    build_id, language = atlas.build_id, current_language()

    def made() -> bytes:
        use_language(language)  # the click is answered in a thread of its own
        build = atlas_of(build_id)
        if build is None:
            raise Refusal("This build is no longer kept. Load the page again.")
        return make(build)

    st.download_button(label, made, file, media_type, key=f"{key}_button", on_click="ignore", width="stretch")
