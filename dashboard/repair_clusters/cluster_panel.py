"""One cluster: what an inspection finds, why it is a patch or a strip, and who answers for it at each level."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from dashboard.html_text import Html, html, joined
from dashboard.url_state import tell_and_show
from planning.clusters import rules_of
from planning.clusters.words import class_mix, cluster_name, flag_text, inspection_reason, pct_text, station_text
from planning.code_words import code_word, level_word
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.clusters import Cluster


def show_cluster_panel(atlas: Atlas, one: Cluster) -> None:
    """What an inspector asks once a cluster is chosen."""
    st.html(html(
        '<div class="yitu-facts" data-cluster="{key}"><h4>{rank} · {name}</h4><p>{reason}</p>{counts}'
        "<section><h4>{who}</h4>{posts}</section><section><h4>{shape_title}</h4>{shape}</section></div>",
        key=one.cluster_id, rank=one.rank, name=cluster_name(one), reason=inspection_reason(one), counts=_counts(one),
        who=say("Who answers for it"), posts=_posts(one),
        shape_title=say("Why it is a {shape}", shape=code_word("cluster_shape", one.shape)), shape=_shape(atlas, one),
    ))  # fmt: skip
    if st.button(say("Close"), key="close_cluster"):
        tell_and_show(cluster="")


def _counts(one: Cluster) -> Html:
    facts = one.facts
    surveyed = [str(day) for day in dict.fromkeys((one.surveyed_from, one.surveyed_to)) if day is not None]
    return _list([
        (say("Repair shops"), f"{facts.shops:,}"),
        (say("at the survey before"), say("unknown") if one.shops_before is None else f"{one.shops_before:,}"),
        (say("Share filed"), pct_text(facts.filed)),
        (say("works on the road"), flag_text(facts.on_roadside)),
        (say("stands on green land"), flag_text(facts.on_green_land)),
        (say("Classes"), class_mix(one)),
        (say("nearest open station"), station_text(one)),
        (say("surveyed"), " – ".join(surveyed) or say("unknown")),
    ])  # fmt: skip


def _shape(atlas: Atlas, one: Cluster) -> Html:
    """The three measures beside the numbers that they are held against."""
    measures, rules = one.measures, rules_of(atlas)
    votes = measures.votes(rules)
    share = say("unknown") if measures.road_share_pct is None else f"{measures.road_share_pct:.0f} %"
    road = say("along {road}", road=measures.road) if measures.road else say("along one road")
    return _list([
        (say("length over width"), _held(f"{measures.elongation:.1f}", f"≥ {rules.strip_elongation:g}", votes.is_long)),
        (road, _held(share, f"≥ {rules.strip_road_pct:g} %", votes.follows_road)),
        (say("compactness"), _held(f"{measures.compactness:.2f}", f"≤ {rules.strip_compactness:g}", votes.is_thin)),
        (say("length and width"), f"{measures.length_m:,.0f} × {measures.width_m:,.0f} m"),
    ])  # fmt: skip


def _held(value: str, limit: str, speaks: bool | None) -> str:  # noqa: FBT001  (a vote, None where unknown)
    if speaks:
        return say("{value}, a strip has {limit}: fits", value=value, limit=limit)
    return say("{value}, a strip has {limit}", value=value, limit=limit)


def _posts(one: Cluster) -> Html:
    if not one.grids:
        return html("<p>{text}</p>", text=say("no grid, so nobody"))
    return _list([
        (f"{level_word(grid.level)} · {grid.name}",
         " · ".join(part for part in (grid.post, grid.unit) if part) or say("nobody named"))
        for grid in one.grids
    ])  # fmt: skip


def _list(rows: list[tuple[str, str]]) -> Html:
    lines = joined(html("<dt>{label}</dt><dd>{value}</dd>", label=label, value=value) for label, value in rows)
    return html("<dl>{lines}</dl>", lines=lines)
