"""All gaps as a file, made at the click."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.coverage.question_in_words import in_words
from dashboard.exports.build_files import build_file_name, made_at_click, rows_file
from dashboard.exports.feature_files import MEDIA_TYPES
from planning.gap_features import gap_features
from planning.gaps import gaps
from wording import mark, say

if TYPE_CHECKING:
    from dashboard.coverage_choice import CoverageChoice
    from planning.atlas import Atlas

_FORMS = {"xlsx": mark("All gaps (Excel)"), "gpkg": mark("All gaps (GeoPackage)"), "kml": mark("All gaps (KML)")}
_FROM = ("stations", "routes", "grids", "places")


def gap_answer(atlas: Atlas, choice: CoverageChoice, form: str) -> bytes:
    """Every gap of the question, with its outline, in one of the forms of files."""
    found = choice.of(atlas)
    rows = gap_features(atlas, found, gaps(atlas, found, choice.rank_by))
    return rows_file(atlas, rows, form, made_of=_FROM, filters=in_words(choice))


def show_gaps_to_take_away(atlas: Atlas, choice: CoverageChoice) -> None:
    with st.container(horizontal=True, key="coverage_take_away"):
        for form, label in _FORMS.items():
            st.download_button(
                say(label),
                made_at_click(atlas, partial(gap_answer, choice=choice, form=form)),
                build_file_name(atlas, say("Coverage gaps"), form),
                MEDIA_TYPES[form],
                key=f"coverage_take_{form}",
                on_click="ignore",
            )
