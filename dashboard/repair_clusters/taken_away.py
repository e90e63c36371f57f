"""All clusters as a file, made at the click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.exports.build_files import build_file_name, made_at_click, rows_file
from dashboard.exports.feature_files import MEDIA_TYPES
from planning.features import features
from wording import mark, say

if TYPE_CHECKING:
    from planning.atlas import Atlas

_NOUN = "repair_clusters"
_FORMS = {
    "xlsx": mark("All clusters (Excel)"),
    "gpkg": mark("All clusters (GeoPackage)"),
    "kml": mark("All clusters (KML)"),
}


def cluster_rows_file(atlas: Atlas, form: str) -> bytes:
    """Every cluster with its outline, in one of the forms of files."""
    return rows_file(atlas, features(atlas, _NOUN), form, made_of=(_NOUN,), filters={})


def show_clusters_to_take_away(atlas: Atlas) -> None:
    title = features(atlas, _NOUN).title
    with st.container(horizontal=True, key="repair_clusters_take_away"):
        for form, label in _FORMS.items():
            st.download_button(
                say(label),
                made_at_click(atlas, partial(cluster_rows_file, form=form)),
                build_file_name(atlas, title, form),
                MEDIA_TYPES[form],
                key=f"repair_clusters_take_{form}",
                on_click="ignore",
            )
