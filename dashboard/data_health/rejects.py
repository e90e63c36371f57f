"""The refused rows: by reason, one by one, and as a workbook for the office that corrects them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import streamlit as st

from dashboard.data_health.reject_table import reject_frame
from dashboard.exports.rejects_workbook import workbook_name, write_rejects
from dashboard.figures import count_text
from dashboard.html_table import html_table
from dashboard.html_text import html
from dashboard.notices import show_empty
from wording import current_language, say, use_language

if TYPE_CHECKING:
    from planning.data_health import HealthReport
    from planning.health_records import Source
    from wording import Language

ROWS_A_PAGE = 50
_ROWS_IN_SIGHT, _TABLE_HEIGHT_PX = 12, 440
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show_rejects(report: HealthReport) -> None:
    st.subheader(say("Refused rows"), anchor=False)
    if not report.total.rejected:
        show_empty(say("No row was refused."))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        source = _choose_source(report)
        rule = _choose_rule(source)
        _show_download(report)
    _show_reasons(source)
    _show_rows(report, source, rule)


def _choose_source(report: HealthReport) -> Source:
    by_name = {source.name: source for source in report.sources if source.tally.rejected}
    name = st.selectbox(
        say("Source"),
        list(by_name),
        format_func=lambda name: by_name[name].title,
        key="health_source",
        bind="query-params",
    )
    return by_name.get(name) or next(iter(by_name.values()))


def _choose_rule(source: Source) -> str | None:
    sentences = {reason.rule: reason.sentence for reason in reversed(source.reasons)}
    return st.selectbox(
        say("Reason"),
        [None, *source.rows_by_rule],
        format_func=lambda rule: say("All reasons") if rule is None else sentences.get(rule, rule),
        key=f"health_rule_{source.source_id}",
    )


def _show_download(report: HealthReport) -> None:
    language = current_language()
    st.download_button(
        say("Download refused rows (Excel)"),
        lambda: _workbook(report, language),
        file_name=workbook_name(report),
        mime=_EXCEL,
        icon=":material/download:",
        on_click="ignore",
        key="health_download",
    )


def _workbook(report: HealthReport, language: Language) -> bytes:
    use_language(language)  # it is written in another thread than the page
    written = io.BytesIO()
    write_rejects(report, written)
    return written.getvalue()


def _show_reasons(source: Source) -> None:
    st.html(
        html_table(
            [say("Reason"), say("Column"), say("Rows")],
            [(reason.sentence, reason.column_label or "–", count_text(reason.row_count)) for reason in source.reasons],
            numbers=[2],
        )
    )


def _show_rows(report: HealthReport, source: Source, rule: str | None) -> None:
    total = source.tally.rejected if rule is None else source.rows_by_rule[rule]
    page = _choose_page(total, f"health_page_{source.source_id}_{rule}")
    first = (page - 1) * ROWS_A_PAGE
    rows = report.rejected_rows(source.source_id, rule=rule, limit=ROWS_A_PAGE, offset=first)
    st.html(
        html(
            '<p class="yitu-count">{text}</p>',
            text=say(
                "Rows {first} to {last} of {total}",
                first=count_text(first + 1),
                last=count_text(first + len(rows)),
                total=count_text(total),
            ),
        )
    )
    st.dataframe(
        reject_frame(rows),
        hide_index=True,
        placeholder="",
        height=_TABLE_HEIGHT_PX if len(rows) > _ROWS_IN_SIGHT else "content",
        column_config=_column_widths(),
    )


def _column_widths() -> dict[str, Any]:
    """Narrow enough that the office's own columns begin on the same screen."""
    return {
        say("File"): st.column_config.TextColumn(width=150),
        say("Sheet"): st.column_config.TextColumn(width=80),
        say("Row"): st.column_config.NumberColumn(width=60),
        say("Reasons"): st.column_config.TextColumn(width=300),
    }


def _choose_page(total: int, key: str) -> int:
    pages = -(-total // ROWS_A_PAGE)
    return st.pagination(pages, key=key) if pages > 1 else 1
