"""The clusters in the order of inspection, one of which the reader may choose, and those that are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st

from dashboard.html_table import html_table
from dashboard.url_state import tell_and_show, told
from planning.clusters.words import cluster_name, pct_text, station_in_short
from planning.code_words import code_word
from wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planning.clusters import Cluster, RepairClusters

_SEEN = "repair_clusters row"
_ROWS_IN_SIGHT, _TABLE_HEIGHT_PX = 12, 460


def chosen_cluster(listed: Sequence[Cluster]) -> Cluster | None:
    """The cluster that the address names."""
    wanted = told("cluster")
    return next((one for one in listed if one.cluster_id == wanted), None)


def show_cluster_table(build_id: str, listed: Sequence[Cluster]) -> None:
    """What is marked in the table is the cluster that the panel and the map show."""
    st.subheader(say("In the order of inspection"), anchor=False)
    answer = st.dataframe(
        _frame(listed),
        hide_index=True,
        placeholder="",
        on_select="rerun",
        selection_mode="single-row",
        height=_TABLE_HEIGHT_PX if len(listed) > _ROWS_IN_SIGHT else "content",
        key=f"repair_clusters_table {build_id} {len(listed)}",
    )
    rows = answer.selection.rows
    marked = listed[rows[0]].cluster_id if rows and rows[0] < len(listed) else ""
    if marked and marked != st.session_state.get(_SEEN):
        st.session_state[_SEEN] = marked
        tell_and_show(cluster=marked, at="", thing="")
    if not marked:
        st.session_state[_SEEN] = ""


def show_gone(found: RepairClusters) -> None:
    """What the survey before had and the newest has no more."""
    if not found.gone:
        return
    st.subheader(say("Gone since the survey before"), anchor=False)
    rows = [
        (code_word("cluster_shape", one.shape), one.shops_before, one.shops, f"{one.lat:.5f}, {one.lon:.5f}")
        for one in found.gone
    ]
    headings = [say("form of the cluster"), say("shops at the survey before"), say("shops left"), say("Position")]
    st.html(html_table(headings, rows, numbers=[1, 2]))


def _frame(listed: Sequence[Cluster]) -> pd.DataFrame:
    rows = [
        {
            say("Rank"): str(one.rank),
            say("Cluster"): cluster_name(one),
            say("Repair shops"): f"{one.facts.shops:,}",
            say("To inspect"): f"{one.facts.to_inspect:,}",
            say("Share filed"): pct_text(one.facts.filed),
            say("Length over width"): f"{one.measures.elongation:.1f}",
            say("share along that road"): _share(one),
            say("Since the survey before"): _change(one),
            say("nearest open station"): station_in_short(one),
            say("Who answers for it"): _post(one),
        }
        for one in listed
    ]
    return pd.DataFrame(rows, dtype="str")


def _share(one: Cluster) -> str:
    share_pct = one.measures.road_share_pct
    return say("unknown") if share_pct is None else f"{share_pct:.0f} %"


def _change(one: Cluster) -> str:
    if one.change is None:
        return say("unknown")
    word = code_word("cluster_change", one.change)
    return word if one.change == "new" else f"{word} ({one.shops_before} → {one.facts.shops})"


def _post(one: Cluster) -> str:
    if not one.grids:
        return say("no grid, so nobody")
    return one.grids[-1].post or say("nobody named")
