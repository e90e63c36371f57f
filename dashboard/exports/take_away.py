"""带走: any layer as a file, made when somebody asks for it. The map itself is taken from its own panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from dashboard.exports.build_files import build_file_name, made_at_click, rows_file
from dashboard.exports.feature_files import FORMS, MEDIA_TYPES
from planning.column_labels import column_labels
from planning.features import FILTERS, WORKED_OUT, features, title_of
from wording import mark, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planning.atlas import Atlas

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
        _show_files(atlas, filters, key=key)


def _show_files(atlas: Atlas, filters: Filters, *, key: str) -> None:
    labels = column_labels(atlas)
    nouns = [*FILTERS, *WORKED_OUT]
    noun = st.selectbox(say("Layer"), nouns, format_func=lambda one: title_of(labels, one), key=f"{key}_layer")
    form = st.selectbox(say("As"), list(FORMS), format_func=lambda one: say(_FORM_NAMES[one]), key=f"{key}_form")
    chosen = filters.get(noun) or {}

    def made(build: Atlas) -> bytes:
        return rows_file(build, features(build, noun, chosen), form, made_of=(noun,), filters=chosen)

    st.download_button(
        say("Download the rows"),
        made_at_click(atlas, made),
        build_file_name(atlas, title_of(labels, noun), form),
        MEDIA_TYPES[form],
        key=f"{key}_button",
        on_click="ignore",
        width="stretch",
    )
