"""The tiles of the page: how many clusters, how much of them is filed, what is to be inspected, what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planning.clusters.words import gone_sentence, gone_text, new_or_grown_text, pct_text
from planning.kpis import kpi
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.clusters import RepairClusters
    from planning.clusters.cluster import FlagCount
    from planning.kpis import Kpi

_FIGURES = ("repair_clusters", "repair_clusters_to_inspect")


def show_cluster_tiles(atlas: Atlas, found: RepairClusters) -> None:
    with st.container(horizontal=True, key="tiles_repair_clusters"):
        for name in _FIGURES:
            one = kpi(atlas, name)
            st.metric(one.label, _value(one), help=_help(one), border=True, height="stretch")
        st.metric(say("Shops in clusters filed"), pct_text(found.clustered.filed), help=_filed(found.clustered.filed),
                  border=True, height="stretch")  # fmt: skip
        st.metric(
            say("Shops in clusters"),
            say("{count} of {shops}", count=f"{found.clustered.shops:,}",
                shops=f"{found.clustered.shops + found.shops_alone:,}"),
            help=say("{count} shops stand alone.", count=f"{found.shops_alone:,}"),
            border=True,
            height="stretch",
        )  # fmt: skip
        _show_changes(found)


def _show_changes(found: RepairClusters) -> None:
    st.metric(
        say("New or grown clusters"),
        new_or_grown_text(found),
        delta=say("gone {count}", count=gone_text(found)) if found.gone else None,
        delta_color="off",
        delta_arrow="off",
        help=_surveys(found),
        border=True,
        height="stretch",
    )


def _value(one: Kpi) -> str:
    return one.value_text if one.value is None else f"{one.value_text} {one.unit}"


def _help(one: Kpi) -> str:
    parts = [f"{part.label} {part.value_text}" for part in one.parts]
    return say("; ").join([one.sentence, say(", ").join(parts)])


def _filed(filed: FlagCount) -> str:
    sentence = say("Share of the shops in repair clusters that are filed with the transport office.")
    counts = ((say("filed"), filed.yes), (say("not filed"), filed.no), (say("unknown"), filed.unknown))
    return say("; ").join([sentence, say(", ").join(f"{label} {count:,}" for label, count in counts)])


def _surveys(found: RepairClusters) -> str:
    if found.surveyed_before is None:
        return gone_sentence(found)
    compared = say("Survey of {day}, compared with the one of {before}.", day=found.surveyed_to,
                   before=found.surveyed_before)  # fmt: skip
    return " ".join([compared, gone_sentence(found)])
