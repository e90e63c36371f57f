"""The clusters of one build, without a look at those before or at the way to a station."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from planning.cell_raster import projection_of
from planning.clusters.along_roads import AlongRoad, along_roads
from planning.clusters.cluster import Cluster, ShopFacts
from planning.clusters.density import ALONE, cluster_labels, members_of
from planning.clusters.outline import cluster_outline
from planning.clusters.shape import shape_measures
from planning.clusters.shop_facts import shop_facts
from planning.spot_facts import GridPost

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from etl.projection import LocalProjection
    from planning.atlas import Atlas
    from planning.clusters.arrays import Days, Degrees, Labels, Shape, Spots
    from planning.clusters.rules import ClusterRules


@dataclass(frozen=True)
class FoundClusters:
    """The clusters of one build in the order of inspection, the shops in all of them, and those that stand alone."""

    clusters: tuple[Cluster, ...]
    clustered: ShopFacts
    shops_alone: int
    surveyed_to: dt.date | None
    projection: LocalProjection
    lon: Degrees
    lat: Degrees
    shop_ids: tuple[str, ...]
    surveyed_on: Days


def find_clusters(atlas: Atlas, rules: ClusterRules, shops: pa.Table | None = None) -> FoundClusters:
    """Groups the shops, those in force unless told, measures each group, and says who answers for it."""
    shops = atlas.query("cluster_shops") if shops is None else shops
    projection = projection_of(atlas.query("cell_lattice_build").to_pylist()[0]["projection"])
    lon, lat = shops["lon"].to_numpy(), shops["lat"].to_numpy()
    spots_m = np.column_stack(projection.forward(lon, lat))
    labels = cluster_labels(spots_m, rules)
    members = members_of(labels)
    outlines_m = [cluster_outline(spots_m[some], rules) for some in members]
    along = _along(atlas, projection, spots_m, labels, outlines_m, rules)
    middles = [some[_middle(spots_m[some])] for some in members]
    posts = _posts(atlas, lon[middles], lat[middles])
    outlines = shapely.to_wkb(projection.to_degrees(np.array(outlines_m, dtype=object))) if members else []
    found = []
    for one, some in enumerate(members):
        rows = shops.take(pa.array(some))
        days = [day for day in rows["surveyed_on"].to_pylist() if day is not None]
        ids = tuple(rows["shop_id"].to_pylist())
        measures = shape_measures(outlines_m[one], along[one] if along else None)
        found.append(
            Cluster(
                cluster_id=ids[0], shop_ids=ids, facts=shop_facts(rows), shape=measures.shape(rules),
                measures=measures, lon=float(lon[middles[one]]), lat=float(lat[middles[one]]),
                outline=bytes(outlines[one]), surveyed_from=min(days, default=None),
                surveyed_to=max(days, default=None), grids=posts.get(one, ()), rank=0,
            )
        )  # fmt: skip
    return FoundClusters(
        clusters=_ranked(found),
        clustered=shop_facts(shops.filter(pa.array(labels != ALONE))),
        shops_alone=int((labels == ALONE).sum()),
        surveyed_to=max((day for day in shops["surveyed_on"].to_pylist() if day is not None), default=None),
        projection=projection,
        lon=lon,
        lat=lat,
        shop_ids=tuple(shops["shop_id"].to_pylist()),
        surveyed_on=shops["surveyed_on"].to_numpy().astype("datetime64[D]"),
    )


def _ranked(found: Sequence[Cluster]) -> tuple[Cluster, ...]:
    """First where most shops are to be inspected, then where most are unclear, then the largest."""
    order = sorted(
        found,
        key=lambda one: (-one.facts.to_inspect, -one.facts.unclear, -one.facts.shops, one.cluster_id),
    )
    return tuple(replace(one, rank=rank) for rank, one in enumerate(order, start=1))


def _middle(spots_m: Spots) -> int:
    """The spot nearest to the middle of all: on a bent strip the middle itself may lie where nobody is."""
    return int(np.argmin(((spots_m - np.median(spots_m, axis=0)) ** 2).sum(axis=1)))


def _along(
    atlas: Atlas,
    projection: LocalProjection,
    spots_m: Spots,
    labels: Labels,
    outlines_m: list[Shape],
    rules: ClusterRules,
) -> list[AlongRoad]:
    """None where the snapshot knows no road at all."""
    if not outlines_m:
        return []
    around = shapely.buffer(np.array(outlines_m, dtype=object), rules.road_m)
    boxes = shapely.bounds(projection.to_degrees(shapely.envelope(around)))
    sides = ("west", "south", "east", "north")
    roads = atlas.query("cluster_roads", **{side: boxes[:, at].tolist() for at, side in enumerate(sides)})
    if not roads.num_rows and not atlas.query("cluster_roads_known").to_pylist()[0]["is_known"]:
        return []
    lines_m = projection.to_metres(shapely.from_wkb(roads["geom"].to_pylist()))
    nameless = set(roads.filter(pc.invert(roads["is_named"]))["road"].to_pylist())
    return [
        replace(one, road=None) if one.road in nameless else one
        for one in along_roads(spots_m, labels, lines_m, roads["road"].to_pylist(), rules.road_m)
    ]


def _posts(atlas: Atlas, lon: Degrees, lat: Degrees) -> dict[int, tuple[GridPost, ...]]:
    posts: dict[int, tuple[GridPost, ...]] = {}
    for row in atlas.query("cluster_grids", lon=lon.tolist(), lat=lat.tolist()).to_pylist():
        spot = row.pop("spot")
        posts[spot] = (*posts.get(spot, ()), GridPost(**row))
    return posts
