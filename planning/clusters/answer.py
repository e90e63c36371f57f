"""The clusters for programs: values as they were counted, and null where they are unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import shapely

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.clusters import RepairClusters
    from planning.clusters.cluster import Cluster, FlagCount, GoneCluster


def clusters_answer(atlas: Atlas, found: RepairClusters) -> dict[str, Any]:
    """What `yitu clusters --json` says."""
    return {
        "clusters": [_cluster(one) for one in found.clusters],
        "gone": None if found.gone is None else [_gone(one) for one in found.gone],
        "is_gone_lower_bound": found.is_gone_lower_bound,
        "shops_alone": found.shops_alone,
        "surveyed_to": found.surveyed_to,
        "surveyed_before": found.surveyed_before,
        "build": atlas.build_id,
    }


def _cluster(one: Cluster) -> dict[str, Any]:
    facts, measures = one.facts, one.measures
    return {
        "cluster_id": one.cluster_id,
        "rank": one.rank,
        "shape": one.shape,
        "shops": facts.shops,
        "filed_pct": facts.filed.pct,
        "is_filed_pct_lower_bound": facts.filed.is_lower_bound,
        "filed": _flag(facts.filed),
        "on_roadside": _flag(facts.on_roadside),
        "on_green_land": _flag(facts.on_green_land),
        "to_inspect": facts.to_inspect,
        "unclear": facts.unclear,
        "classes": dict(facts.classes),
        "elongation": measures.elongation,
        "compactness": measures.compactness,
        "road": measures.road,
        "road_share_pct": measures.road_share_pct,
        "length_m": measures.length_m,
        "width_m": measures.width_m,
        "area_km2": measures.area_km2,
        "change": one.change,
        "shops_before": one.shops_before,
        "station": one.station and {"station_id": one.station.thing_id, "name": one.station.name},
        "station_min": one.station and one.station.minutes,
        "station_way": one.station_way,
        "grids": [{"grid_id": grid.grid_id, "name": grid.name, "level": grid.level, "post": grid.post,
                   "unit": grid.unit} for grid in one.grids],
        "surveyed_from": one.surveyed_from,
        "surveyed_to": one.surveyed_to,
        "lon": one.lon,
        "lat": one.lat,
        "shop_ids": list(one.shop_ids),
        "outline": shapely.geometry.mapping(shapely.from_wkb(one.outline)),
    }  # fmt: skip


def _flag(flag: FlagCount) -> dict[str, int]:
    return {"yes": flag.yes, "no": flag.no, "unknown": flag.unknown}


def _gone(one: GoneCluster) -> dict[str, Any]:
    return {"cluster_id": one.cluster_id, "shape": one.shape, "shops_before": one.shops_before, "shops": one.shops,
            "lon": one.lon, "lat": one.lat}  # fmt: skip
