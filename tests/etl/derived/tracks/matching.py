"""What the matching makes of tracks: the pings that count as driving, and the section of road of each one placed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely
from shapely.ops import substring

from etl.contract import contract_parts
from etl.derived.cells import lay_cells
from etl.derived.corridors import lay_corridors
from etl.derived.road_network import join_roads
from etl.derived.tracks.engine import EmbeddedEngine
from etl.derived.tracks.following import follow, put_ground, values_of
from etl.derived.tracks.hop_paths import HopPaths
from etl.derived.tracks.rules import TrackRules
from etl.shapes import Area
from tests.etl.derived.small_roads import empty_roads
from tests.etl.derived.tracks.small_tracks import CELL_SIZE_M, MONDAY, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb

    from etl.projection import LocalProjection

EVERYWHERE = Area(-180, -85, 180, 85)
BOTH = """
select legs.*, edge_id, vehicle::integer as track, (at_s - epoch($monday::timestamp))::integer // 60 as minute
from legs inner join trucks_at_hand using (truck) left join matched using (truck, at_s)
where state = 2 order by track, minute
"""
COURSES = """
select edge_id, route_id, from_fraction, to_fraction, st_aswkb(geom) as shape
from road_edges inner join routes using (route_id) order by edge_id
"""


@dataclass(frozen=True)
class Matched:
    """Arrays by driving ping; `edge` is -1 where none was found."""

    spots_m: Any
    before_m: Any
    edge: Any
    track: Any
    minute: Any


def ground(roads: duckdb.DuckDBPyConnection | None, here: LocalProjection, around: Any) -> duckdb.DuckDBPyConnection:
    """A database with roads, joined, and all else that tracks are read beside, empty."""
    database = roads or empty_roads()
    database.execute("drop table if exists cells")
    database.execute(contract_parts("pings")[0])
    lay_cells(database, around, here, CELL_SIZE_M)
    join_roads(database, here)
    lay_corridors(database, here)
    return database


def matched(
    database: duckdb.DuckDBPyConnection,
    here: LocalProjection,
    tracks: Sequence[Any],
    headings_deg: Sequence[Any] | None = None,
) -> Matched:
    """The tracks, in degrees, as those of so many trucks with a ping a minute, with a heading or without."""
    _send(database, tracks, headings_deg or [np.full(len(track), np.nan) for track in tracks])
    rules = TrackRules()
    engine = EmbeddedEngine(database)
    values = values_of(rules, here, EVERYWHERE, CELL_SIZE_M)
    put_ground(engine, database, here, rules)
    follow(engine, HopPaths(database, here), values)
    bound = {**values, "bucket": 0}
    assert engine.buckets == 1
    for name in ("marked_points", "legs"):
        engine.make(name, bound)
    found = database.execute(BOTH, {"monday": MONDAY}).to_arrow_table()
    return Matched(
        spots_m=_pairs(found, "x_m", "y_m"),
        before_m=_pairs(found, "before_x_m", "before_y_m"),
        edge=found["edge_id"].fill_null(-1).to_numpy(),
        track=found["track"].to_numpy(),
        minute=found["minute"].to_numpy(),
    )


def courses_m(database: duckdb.DuckDBPyConnection, here: LocalProjection) -> tuple[Any, Any]:
    """Each edge as it is driven, in metres, cut by shapely out of the road as drawn; and the road's name."""
    found = database.execute(COURSES).to_arrow_table()
    assert found["edge_id"].to_pylist() == list(range(len(found)))
    cut = [
        substring(shapely.from_wkb(shape), begin, end, normalized=True)
        for shape, begin, end in zip(
            *(found[name].to_pylist() for name in ("shape", "from_fraction", "to_fraction")), strict=True
        )
    ]
    return here.to_metres(np.array(cut, dtype=object)), np.array(found["route_id"].to_pylist())


def _pairs(found: pa.Table, x: str, y: str) -> Any:
    return np.column_stack((found[x].to_numpy(), found[y].to_numpy())).astype(np.float64)


def _send(database: duckdb.DuckDBPyConnection, tracks: Sequence[Any], headings_deg: Sequence[Any]) -> None:
    database.execute("delete from pings")
    rows = [
        {
            "origin_id": 1,
            "row_number": minute,
            "vehicle": f"{track:04d}",
            "pinged_at": MONDAY + dt.timedelta(minutes=minute),
            "lon": lon,
            "lat": lat,
            "heading_deg": None if np.isnan(heading) else heading,
        }
        for track, (spots, headings) in enumerate(zip(tracks, headings_deg, strict=True))
        for minute, ((lon, lat), heading) in enumerate(zip(spots.tolist(), headings.tolist(), strict=True))
    ]
    database.register("made", pa.Table.from_pylist(rows, SCHEMA))
    database.execute("insert into pings by name from made")
    database.unregister("made")
