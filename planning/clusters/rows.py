"""Clusters as rows: on the map, in a table, in a file to take away, behind a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from planning.clusters import repair_clusters
from planning.clusters.words import cluster_name, inspection_reason, post_text
from planning.code_words import UNKNOWN
from planning.feature_columns import Column
from planning.features import KEY, SHAPE, WORKED_OUT, Features
from wording import mark, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from planning.atlas import Atlas
    from planning.clusters.cluster import Cluster

NOUN = "repair_clusters"


class _Field(NamedTuple):
    """One column: name, label, unit, type, and where its value comes from."""

    name: str
    label: str
    unit: str
    kind: pa.DataType
    value: Callable[[Cluster], Any]
    codes: str | None = None


_M, _PCT = mark("m"), "%"
_SHOPS = mark("shops")
_FIELDS = (
    _Field("name", mark("Cluster"), "", pa.string(), cluster_name),
    _Field("rank", mark("order of inspection"), "", pa.int32(), lambda one: one.rank),
    _Field("shape", mark("form of the cluster"), "", pa.string(), lambda one: one.shape, "cluster_shape"),
    _Field("shops", mark("repair shops"), _SHOPS, pa.int32(), lambda one: one.facts.shops),
    _Field("shops_before", mark("shops at the survey before"), _SHOPS, pa.int32(), lambda one: one.shops_before),
    _Field("change", mark("since the survey before"), "", pa.string(), lambda one: one.change, "cluster_change"),
    _Field("to_inspect", mark("to inspect"), _SHOPS, pa.int32(), lambda one: one.facts.to_inspect),
    _Field("unclear", mark("unclear"), _SHOPS, pa.int32(), lambda one: one.facts.unclear),
    _Field("filed", mark("filed"), _SHOPS, pa.int32(), lambda one: one.facts.filed.count),
    _Field("filed_pct", mark("share filed"), _PCT, pa.float64(), lambda one: one.facts.filed.pct),
    _Field("is_filed_partly_unknown", mark("filing partly unknown"), "", pa.bool_(),
           lambda one: one.facts.filed.unknown > 0),
    _Field("class_first", mark("first class"), _SHOPS, pa.int32(), lambda one: one.facts.classes.get("first", 0)),
    _Field("class_second", mark("second class"), _SHOPS, pa.int32(), lambda one: one.facts.classes.get("second", 0)),
    _Field("class_third", mark("third class"), _SHOPS, pa.int32(), lambda one: one.facts.classes.get("third", 0)),
    _Field("class_unknown", mark("class unknown"), _SHOPS, pa.int32(), lambda one: one.facts.classes.get(UNKNOWN, 0)),
    _Field("on_roadside", mark("works on the road"), _SHOPS, pa.int32(), lambda one: one.facts.on_roadside.count),
    _Field("on_green_land", mark("stands on green land"), _SHOPS, pa.int32(),
           lambda one: one.facts.on_green_land.count),
    _Field("length_m", mark("length"), _M, pa.float64(), lambda one: one.measures.length_m),
    _Field("width_m", mark("width"), _M, pa.float64(), lambda one: one.measures.width_m),
    _Field("elongation", mark("length over width"), "", pa.float64(), lambda one: one.measures.elongation),
    _Field("compactness", mark("compactness"), "", pa.float64(), lambda one: one.measures.compactness),
    _Field("road", mark("along the road"), "", pa.string(), lambda one: one.measures.road),
    _Field("road_share_pct", mark("share along that road"), _PCT, pa.float64(),
           lambda one: one.measures.road_share_pct),
    _Field("area_km2", mark("area"), "km²", pa.float64(), lambda one: one.measures.area_km2),
    _Field("station", mark("nearest open station"), "", pa.string(), lambda one: one.station and one.station.name),
    _Field("station_min", mark("by truck, half of its shops within"), mark("min"), pa.float64(),
           lambda one: one.station and one.station.minutes),
    _Field("station_way", mark("way to an open station"), "", pa.string(), lambda one: one.station_way, "station_way"),
    _Field("posts", mark("Who answers for it"), "", pa.list_(pa.string()),
           lambda one: [post_text(grid) for grid in one.grids]),
    _Field("surveyed_from", mark("surveyed from"), "", pa.date32(), lambda one: one.surveyed_from),
    _Field("surveyed_to", mark("surveyed until"), "", pa.date32(), lambda one: one.surveyed_to),
    _Field("reason", mark("why"), "", pa.string(), inspection_reason),
)  # fmt: skip


def rows(atlas: Atlas, thing: str | None = None) -> Features:
    """All clusters in the order of inspection, or the one of that number."""
    found = [one for one in repair_clusters(atlas).clusters if thing in {None, one.cluster_id}]
    table = pa.table(
        {KEY: pa.array([one.cluster_id for one in found], pa.string())}
        | {field.name: pa.array([field.value(one) for one in found], field.kind) for field in _FIELDS}
        | {SHAPE: pa.array([one.outline for one in found], pa.binary())}
    )
    columns = tuple(Column(field.name, say(field.label), say(field.unit), field.codes) for field in _FIELDS)
    return Features(NOUN, say(WORKED_OUT[NOUN]), columns, table)
