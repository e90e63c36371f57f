"""Rows behind a figure: a page at a time, every cell as text, and all of them as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import pandas as pd
import streamlit as st

from dashboard.exports.build_files import build_file_name, made_at_click, rows_file
from dashboard.exports.feature_files import MEDIA_TYPES
from dashboard.figures import count_text
from dashboard.html_text import html
from dashboard.notices import show_empty
from wording import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planning.atlas import Atlas
    from planning.features import Features

    Filters: TypeAlias = "Mapping[str, Sequence[str]]"

ROWS_A_PAGE = 50
_CELL_LENGTH = 300
_ROWS_IN_SIGHT, _TABLE_HEIGHT_PX = 8, 330
_EXCEL = "xlsx"


def show_feature_rows(atlas: Atlas, features: Features, *, filters: Filters, key: str) -> None:
    """The rows of a noun with their count and their download; the key is the asker's own."""
    if not features.table.num_rows:
        show_empty(say("There are no rows behind it."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute"):
        page = _choose_page(features.table.num_rows, f"{key}_page")
        show_download(atlas, features, filters, key=f"{key}_download")
    frame = feature_frame(features, (page - 1) * ROWS_A_PAGE)
    st.dataframe(
        frame,
        hide_index=True,
        placeholder="",
        height=_TABLE_HEIGHT_PX if len(frame) > _ROWS_IN_SIGHT else "content",
    )


def feature_frame(features: Features, first: int) -> pd.DataFrame:
    """One page of rows under the headings that people know, in words."""
    rows = features.table.slice(first, ROWS_A_PAGE).to_pylist()
    cells = [[_cut(column.shown(row[column.name])) for column in features.columns] for row in rows]
    return pd.DataFrame(cells, columns=_headings(features), dtype="str")


def _headings(features: Features) -> list[str]:
    """Two columns of one name get a mark, so that both are shown."""
    taken: list[str] = []
    for column in features.columns:
        heading = column.heading
        while heading in taken:
            heading += " *"
        taken.append(heading)
    return taken


def _cut(text: str) -> str:
    return text if len(text) <= _CELL_LENGTH else text[:_CELL_LENGTH] + "…"


def _choose_page(total: int, key: str) -> int:
    pages = -(-total // ROWS_A_PAGE)
    page = st.pagination(pages, key=key) if pages > 1 else 1
    last = min(page * ROWS_A_PAGE, total)
    text = say(
        "Rows {first} to {last} of {total}",
        first=count_text((page - 1) * ROWS_A_PAGE + 1),
        last=count_text(last),
        total=count_text(total),
    )
    st.html(html('<p class="yitu-count">{text}</p>', text=text))
    return page


def show_download(atlas: Atlas, features: Features, filters: Filters, *, key: str, label: str = "") -> None:
    """A button for all of the rows as a workbook."""

    def workbook(build: Atlas) -> bytes:
        return rows_file(build, features, _EXCEL, made_of=(features.noun,), filters=filters)

    st.download_button(
        label or say("Download rows (Excel)"),
        made_at_click(atlas, workbook),
        file_name=build_file_name(atlas, features.title, _EXCEL),
        mime=MEDIA_TYPES[_EXCEL],
        icon=":material/download:",
        on_click="ignore",
        key=key,
    )
