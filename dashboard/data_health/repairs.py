"""What was put right, how often, with an example of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.figures import count_text
from dashboard.html_table import html_table
from dashboard.html_text import Html, html
from dashboard.notices import show_empty
from wording import say

if TYPE_CHECKING:
    from planning.data_health import HealthReport
    from planning.health_records import RepairCount

_EXAMPLE_LENGTH = 60


def show_repairs(report: HealthReport) -> None:
    st.subheader(say("Repairs"), anchor=False)
    if not report.repairs:
        show_empty(say("Nothing had to be put right."))
        return
    st.html(
        html_table(
            [say("Source"), say("What was put right"), say("Column"), say("Example"), say("Rows")],
            [
                (
                    report.source(repair.source_id).title,
                    repair.sentence,
                    repair.column_label or "–",
                    _example(repair),
                    count_text(repair.row_count),
                )
                for repair in report.repairs
            ],
            numbers=[4],
        )
    )


def _example(repair: RepairCount) -> Html:
    if repair.example_original is None:
        return html("–")
    if repair.example_result is None:
        return html("<code>{original}</code>", original=_cut(repair.example_original))
    return html(
        "<code>{original}</code> → <code>{result}</code>",
        original=_cut(repair.example_original),
        result=_cut(repair.example_result),
    )


def _cut(text: str) -> str:
    return text if len(text) <= _EXAMPLE_LENGTH else text[:_EXAMPLE_LENGTH] + "…"
