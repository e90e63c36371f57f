"""要点: what a leader should know, a sentence each, with the page that says more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import duckdb
import streamlit as st

from dashboard.coverage.amounts import amount_text, yuan_text
from dashboard.html_text import Html, html, joined
from planning.clusters import repair_clusters
from planning.clusters.words import cluster_name
from planning.corridors.report import corridor_reports
from planning.coverage import coverage
from planning.gap_reason import cost_text
from planning.gaps import gaps
from planning.kpis import kpi
from planning.services.item_lists import FIVE
from planning.services.scores import scores
from wording import current_language, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from planning.atlas import Atlas

    Teller: TypeAlias = "Callable[[Atlas], str]"

# A snapshot of an older version lacks a table or a column: then there is nothing to say of it.
_LACKING = (duckdb.CatalogException, duckdb.BinderException)


@dataclass(frozen=True)
class Point:
    """One sentence and the page that it comes from."""

    sentence: str
    page: str


def main_points(atlas: Atlas) -> list[Point]:
    """The points in the order in which a leader asks; what is not known makes none."""
    found = []
    for page, teller in _TELLERS:
        try:
            sentence = teller(atlas)
        except _LACKING:
            continue
        if sentence:
            found.append(Point(sentence, page))
    return found


def show_main_points(atlas: Atlas) -> None:
    if found := main_points(atlas):
        st.html(points_html(found, is_linked=True))


def points_html(points: list[Point], *, is_linked: bool) -> Html:
    """A list; on a page each point leads to where it comes from."""
    language = "&lang=en" if current_language() == "en" else ""
    items = joined(
        html(
            "<li>{sentence}{link}</li>",
            sentence=point.sentence,
            link=html(
                ' <a class="yitu-link" href="{page}{language}" target="_self">{more}</a>',
                page=point.page, language=Html(language.replace("&", "?", 1)), more=say("More"),
            ) if is_linked else Html(""),
        )
        for point in points
    )  # fmt: skip
    return html('<ul class="yitu-points">{items}</ul>', items=items)


def _coverage(atlas: Atlas) -> str:
    share, found = kpi(atlas, "covered_drivers_pct"), coverage(atlas)
    if share.value is None:
        return ""
    listed = gaps(atlas, found)
    return say(
        "{pct} % of the drivers have an open station within {within}; {gaps} gaps hold {drivers} drivers.",
        pct=share.value_text,
        within=cost_text(found.within, "min"),
        gaps=len(listed),
        drivers=amount_text(
            found.shares["drivers"].uncovered, is_lower_bound=any(gap.is_drivers_lower_bound for gap in listed)
        ),
    )


def _worst_gap(atlas: Atlas) -> str:
    found = coverage(atlas)
    listed = gaps(atlas, found)
    if not listed or not listed[0].drivers:
        return ""
    worst, owner = listed[0], listed[0].owner.smallest
    return say(
        "The worst gap is {name} with {drivers} drivers; {post} answers for it.",
        name=worst.name,
        drivers=amount_text(worst.drivers, is_lower_bound=worst.is_drivers_lower_bound),
        post=(owner.post if owner else None) or say("nobody named"),
    )


def _four_hours(atlas: Atlas) -> str:
    spells = kpi(atlas, "over_4h_spells_pct")
    reports = [one for one in corridor_reports(atlas) if one.longest_gap is not None]
    if spells.value is None or not reports:
        return ""
    worst = max(reports, key=lambda one: one.longest_gap.length_km if one.longest_gap else 0.0)
    return say(
        "{pct} % of the driving spells last over 4 h; the longest stretch without a station near is {km} km, on {ref}.",
        pct=spells.value_text,
        km=f"{worst.longest_gap.length_km if worst.longest_gap else 0:,.0f}",
        ref=worst.line.ref,
    )


def _facilities(atlas: Atlas) -> str:
    found = scores(atlas)
    if not found.stations:
        return ""
    complete, _ = found.complete(FIVE)
    return say(
        "{complete} of {stations} open stations have all five free services; completing the others costs {yuan}.",
        complete=complete,
        stations=len(found.stations),
        yuan=yuan_text(
            found.cost_yuan(FIVE), is_lower_bound=any(one.of(FIVE).is_lower_bound for one in found.stations)
        ),
    )


def _clusters(atlas: Atlas) -> str:
    found = repair_clusters(atlas)
    if not found.clusters:
        return ""
    shops = kpi(atlas, "repair_clusters_to_inspect")
    return say(
        "{clusters} clusters of repair shops, {shops} of their shops to be inspected; first {name}.",
        clusters=len(found.clusters),
        shops=shops.value_text,
        name=cluster_name(found.clusters[0]),
    )


def _land(atlas: Atlas) -> str:
    land = kpi(atlas, "ownerless_km2")
    return say("{area} km² of the place belong to no grid.", area=land.value_text) if land.value else ""


_TELLERS: tuple[tuple[str, Teller], ...] = (
    ("coverage", _coverage),
    ("coverage", _worst_gap),
    ("freight_heat", _four_hours),
    ("services", _facilities),
    ("repair_clusters", _clusters),
    ("grids", _land),
)
