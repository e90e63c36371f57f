"""The page's living part: tiles, map, panel, table. A click runs it again and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely
import streamlit as st

from dashboard.fact_panel import show_fact_panel
from dashboard.layers.layer import MapChoice
from dashboard.map_view import Emphasis, chosen_spot, show_map
from dashboard.notices import show_empty, telling_refusals
from dashboard.office_tiles import office_tiles
from dashboard.overview.map_part import map_source
from dashboard.place import current_atlas
from dashboard.repair_clusters.cluster_panel import show_cluster_panel
from dashboard.repair_clusters.cluster_table import chosen_cluster, show_cluster_table, show_gone
from dashboard.repair_clusters.taken_away import show_clusters_to_take_away
from dashboard.repair_clusters.tiles import show_cluster_tiles
from dashboard.url_state import choose_segment, finish, tell_and_show
from planning.clusters import repair_clusters
from planning.code_words import code_word, codes_of
from planning.spot_facts import spot_facts
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.clusters import Cluster

HEIGHT_PX = 560
_BEGINS_WITH = ("repair_clusters", "repair_shops", "stations")
_ALL = "all"


@st.fragment
def show_cluster_part() -> None:
    with telling_refusals():
        atlas = current_atlas()
        found = repair_clusters(atlas)
        show_cluster_tiles(atlas, found)
        _show_map_and_panel(atlas, chosen_cluster(found.clusters))
        if found.clusters:
            show_cluster_table(atlas.build_id, _of_shape(found.clusters))
            show_clusters_to_take_away(atlas)
        else:
            show_empty(say("No repair shops stand close enough together to make a cluster."))
        show_gone(found)


def _of_shape(clusters: tuple[Cluster, ...]) -> list[Cluster]:
    words = {_ALL: say("all"), **{code: code_word("cluster_shape", code) for code in codes_of("cluster_shape")}}
    shape = choose_segment("shape", say("form of the cluster"), list(words), shown=words.__getitem__, default=_ALL)
    finish()  # a fragment that was changed runs by itself: its address is written here
    return [one for one in clusters if shape in {_ALL, one.shape}]


def _show_map_and_panel(atlas: Atlas, cluster: Cluster | None) -> None:
    spot = chosen_spot()
    if spot is not None and spot.noun_and_id and spot.noun_and_id[0] == "repair_clusters":
        tell_and_show(cluster=spot.noun_and_id[1], at="", thing="")
    facts = spot_facts(atlas, spot.lon, spot.lat) if spot else None
    office = office_tiles(atlas.place_folder)
    map_side, panel_side = st.columns([3.1, 1], gap="small")
    with panel_side, telling_refusals():
        if spot is None and cluster is not None:
            show_cluster_panel(atlas, cluster)
        else:
            show_fact_panel(atlas, spot, facts)
    with map_side:
        show_map(
            map_source(atlas),
            MapChoice(datum=office.datum if office else "wgs84"),
            key="repair_clusters",
            height_px=HEIGHT_PX,
            office=office,
            facts=facts,
            emphasis=_emphasis(cluster) if spot is None else None,
            layers_on=_BEGINS_WITH,
        )


def _emphasis(cluster: Cluster | None) -> Emphasis | None:
    return Emphasis(shapely.from_wkb(cluster.outline), f"cluster {cluster.cluster_id}") if cluster else None
