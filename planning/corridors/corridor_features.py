"""The corridors as rows to read and to take away, each with its course."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from planning.corridors.corridor import direction_word
from planning.corridors.report import corridor_reports
from planning.feature_columns import Column
from planning.features import KEY, SHAPE, Features
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.corridors.report import CorridorReport

NOUN = "corridors"


def corridor_features(atlas: Atlas) -> Features:
    """One row per corridor and direction."""
    columns = (
        Column("ref", say("Road number")),
        Column("direction", say("Direction")),
        Column("length_km", say("length"), "km"),
        Column("stations", say("Stations along it")),
        Column("longest_gap_km", say("Longest gap"), "km"),
        Column("chain_km", say("Longest chain"), "km"),
        Column("served_pct", say("served"), "%"),
        Column("longest_drive_min", say("Longest drive between stations"), say("min")),
        Column("over_4h_spells_pct", say("Driving spells over 4 h"), "%"),
        Column("most_trucks_per_day", say("Trucks a day at most"), say("trucks a day")),
        Column("uncovered_truck_km_per_day", say("Uncovered truck traffic"), say("truck-km a day")),
        Column("is_lower_bound", say("traffic partly unknown")),
    )
    reports = corridor_reports(atlas)
    rows = [_row(one) for one in reports]
    table: dict[str, Any] = {
        KEY: pa.array([one.line.name for one in reports], pa.string()),
        **{column.name: pa.array([row[column.name] for row in rows], _type_of(column.name)) for column in columns},
        SHAPE: pa.array([_course(atlas, one).wkb for one in reports], pa.binary()),
    }
    return Features(NOUN, say("Corridors"), columns, pa.table(table))


def _row(found: CorridorReport) -> dict[str, Any]:
    gap, chain = found.longest_gap, found.chain
    return {
        "ref": found.line.ref,
        "direction": direction_word(found.line.direction),
        "length_km": found.line.length_km,
        "stations": len(found.stations),
        "longest_gap_km": gap.length_km if gap else 0.0,
        "chain_km": chain.length_km if chain else 0.0,
        "served_pct": found.served_pct,
        "longest_drive_min": found.four_hours.longest_min,
        "over_4h_spells_pct": found.spells.pct if found.spells else None,
        "most_trucks_per_day": found.line.most_trucks_per_day,
        "uncovered_truck_km_per_day": found.uncovered_truck_km_per_day,
        "is_lower_bound": found.is_lower_bound,
    }


def _course(atlas: Atlas, found: CorridorReport) -> shapely.MultiLineString:
    edges = set(found.line.edge.tolist())
    rows = atlas.query("courses_of_corridors").to_pylist()
    shapes = {row["route_id"]: row["geom"] for row in rows if row["edge_id"] in edges}
    lines = shapely.get_parts(shapely.from_wkb(np.array(list(shapes.values()), dtype=object)))
    return shapely.MultiLineString(list(lines))


def _type_of(name: str) -> pa.DataType:
    if name in {"ref", "direction"}:
        return pa.string()
    if name.startswith("is_"):
        return pa.bool_()
    return pa.int64() if name == "stations" else pa.float64()
