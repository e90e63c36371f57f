"""The sources: each with its share of kept rows, its datum and the evidence, and its files to open."""

from __future__ import annotations

from dataclasses import astuple
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.data_health.source_files import files_html
from dashboard.figures import count_text, pct_text
from dashboard.html_text import Html, html, joined
from dashboard.notices import show_empty
from wording import say

if TYPE_CHECKING:
    from planning.data_health import HealthReport
    from planning.health_records import Source, Tally

_ROW = (
    '<details class="yitu-source"><summary>'
    '<span class="who"><b>{name}</b><small>{provenance}</small></span>'
    '<span class="share">{share}</span>'
    "{counts}"
    '<span class="datum">{datum}</span>'
    "</summary><div class='opened'>{opened}</div></details>"
)


def show_sources(report: HealthReport) -> None:
    st.subheader(say("Sources"), anchor=False)
    if not report.sources:
        show_empty(say("sources.toml names no source yet."))
        return
    st.html(
        html(
            '<div class="yitu-sources">{head}{rows}</div>',
            head=_head(),
            rows=joined(_source_row(source, report) for source in report.sources),
        )
    )


def _head() -> Html:
    texts = (
        say("Source"),
        say("Kept share"),
        say("Read"),
        say("Kept"),
        say("Refused"),
        say("Merged"),
        say("Repaired"),
        say("Datum"),
    )
    return html(
        '<div class="head">{cells}</div>',
        cells=joined(html("<span>{text}</span>", text=text) for text in texts),
    )


def _source_row(source: Source, report: HealthReport) -> Html:
    return html(
        _ROW,
        name=source.title,
        provenance=_provenance(source, report),
        share=_share(source),
        counts=joined(html('<span class="number">{count}</span>', count=count) for count in _counts(source)),
        datum=_datum(source),
        opened=files_html(source, report),
    )


def _counts(source: Source) -> list[str]:
    """Where nothing was read, a dash: it is not known how many rows there would have been."""
    counts = astuple(source.tally)
    return [count_text(count) for count in counts] if source.origins else ["–"] * len(counts)


def _provenance(source: Source, report: HealthReport) -> Html:
    noun = report.noun_label(source.noun)
    received = say("received {date}", date=source.received_on) if source.received_on else None
    known = [part for part in (noun if noun != source.title else None, source.publisher, received) if part]
    if not known:
        return html("{text}", text=say("Provenance unknown"))
    return joined(html("<span>{part}</span>", part=part) for part in known)


def _share(source: Source) -> Html:
    if source.refusal:
        return html('<em class="refused">{text}</em>', text=say("Refused as a whole"))
    if source.tally.kept_pct is None:
        return html("<em>{text}</em>", text=say("No rows"))
    return html("{bar}<b>{pct}</b>", bar=_bar(source.tally), pct=pct_text(source.tally.kept_pct))


def _bar(tally: Tally) -> Html:
    """Kept, merged and refused, each as wide as its share."""
    parts = (("kept", tally.kept), ("merged", tally.merged), ("rejected", tally.rejected))
    return html(
        '<span class="bar">{parts}</span>',
        parts=joined(
            html('<i class="{kind}" style="flex-grow:{count}"></i>', kind=kind, count=count)
            for kind, count in parts
            if count
        ),
    )


def _datum(source: Source) -> Html:
    if source.refusal and source.datum_label is None:
        return html("<small>–</small>")
    if source.datum_label is None:
        return html("<small>{text}</small>", text=say("Nothing to place"))
    found_by = str(source.datum_found_by) if source.datum_found_by else ""
    return html("<b>{datum}</b><small>{found_by}</small>", datum=source.datum_label, found_by=found_by)
