"""What was found between rows: orphans, overlaps, holes, with their size and where to look."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.figures import area_text, count_text
from dashboard.html_table import html_table
from dashboard.html_text import Html, html, joined
from dashboard.notices import show_empty
from wording import say

if TYPE_CHECKING:
    from planning.data_health import HealthReport
    from planning.health_records import Finding, FindingCount

FINDINGS_SHOWN = 20


def show_findings(report: HealthReport) -> None:
    st.subheader(say("Findings between rows"), anchor=False)
    if not report.finding_counts:
        show_empty(say("No orphans, overlaps or holes were found."))
        return
    st.html(joined(_rule(report, count) for count in report.finding_counts))


def _rule(report: HealthReport, count: FindingCount) -> Html:
    found = [finding for finding in report.findings if finding.rule == count.rule][:FINDINGS_SHOWN]
    return html(
        '<details class="yitu-finding"><summary><b>{title}</b> <span>{counted}</span></summary>{table}</details>',
        title=count.title,
        counted=_counted(count, len(found)),
        table=_table(found),
    )


def _counted(count: FindingCount, shown: int) -> str:
    parts = [say("{count} found", count=count_text(count.finding_count))]
    if count.area_km2 is not None:
        parts.append(say("{area} km² together", area=area_text(count.area_km2)))
    if shown < count.finding_count:
        parts.append(say("the largest {count} shown", count=count_text(shown)))
    return " · ".join(parts)


def _table(found: list[Finding]) -> Html:
    has_area = any(finding.area_km2 is not None for finding in found)
    headings = [say("What to look at"), *([say("Area (km²)")] if has_area else []), say("Where (longitude, latitude)")]
    rows = [
        (finding.sentence, *([area_text(finding.area_km2)] if has_area else []), _where(finding)) for finding in found
    ]
    return html_table(headings, rows, numbers=[1] if has_area else [])


def _where(finding: Finding) -> Html:
    if finding.lon is None or finding.lat is None:
        return html("{unknown}", unknown=say("unknown"))
    return html('<span class="nowrap">{where}</span>', where=f"{finding.lon:.5f}, {finding.lat:.5f}")
