"""Tracks written by hand beside a road: positions in metres from the county's centre, moments in minutes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely

from etl.contract import contract_parts
from etl.derived.cells import lay_cells
from etl.derived.corridors import lay_corridors
from etl.derived.road_network import join_roads
from etl.derived.tracks import follow_tracks
from etl.shapes import Area
from tests.etl.derived.small_county import HERE
from tests.etl.derived.small_roads import Course, add_road, empty_roads

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import duckdb

    from etl.derived.tracks.engine import TrackEngine

MONDAY = dt.datetime(2026, 3, 2, 6)
AREA = Area(80, 15, 130, 55)
CELL_SIZE_M = 1000.0
KM = 1000.0
SCHEMA = pa.schema(
    {
        "origin_id": pa.int32(),
        "row_number": pa.int64(),
        "vehicle": pa.string(),
        "pinged_at": pa.timestamp("us"),
        "speed_km_per_h": pa.float32(),
        "heading_deg": pa.float32(),
        "is_hazmat": pa.bool_(),
        "lon": pa.float64(),
        "lat": pa.float64(),
    }
)


def ping(minute: float, x_m: float, y_m: float = 0.0, **values: Any) -> dict[str, Any]:
    """A ping of truck 甲 unless `vehicle` says another."""
    lon, lat = HERE.inverse(x_m, y_m)
    at = MONDAY + dt.timedelta(minutes=minute)
    return {"vehicle": "甲", "pinged_at": at, "lon": float(lon), "lat": float(lat), **values}


def driven(vehicle: str, minutes: Iterable[float], km_per_min: float = 1.0, **values: Any) -> list[dict[str, Any]]:
    """Pings of a truck that drives eastwards at a steady speed, from the centre at minute 0."""
    return [ping(minute, minute * km_per_min * KM, vehicle=vehicle, **values) for minute in minutes]


def county_of(
    pings: Iterable[Mapping[str, Any]], roads: Mapping[str, Course] | None = None, **of_road: dict[str, Any]
) -> duckdb.DuckDBPyConnection:
    """All that the tracks are read beside, in a county of 40 km by 4 km."""
    database = empty_roads()
    database.execute("drop table cells")
    database.execute(contract_parts("pings")[0])
    for route_id, course_m in (roads or {}).items():
        add_road(database, route_id, course_m, **of_road.get(route_id, {}))
    boundary = HERE.to_degrees(shapely.box(-20 * KM, -2 * KM, 20 * KM, 2 * KM))
    lay_cells(database, boundary, HERE, CELL_SIZE_M)
    join_roads(database, HERE)
    lay_corridors(database, HERE)
    rows = [{"origin_id": 1, "row_number": number, **one} for number, one in enumerate(pings, start=1)]
    database.register("made", pa.Table.from_pylist(rows, SCHEMA))
    database.execute("insert into pings by name from made")
    database.unregister("made")
    return database


def followed(
    pings: Iterable[Mapping[str, Any]],
    roads: Mapping[str, Course] | None = None,
    engine: TrackEngine | None = None,
    **of_road: dict[str, Any],
) -> duckdb.DuckDBPyConnection:
    database = county_of(pings, roads, **of_road)
    follow_tracks(database, HERE, AREA, CELL_SIZE_M, engine)
    return database


def minutes_of(moment: dt.datetime) -> float:
    return (moment - MONDAY).total_seconds() / 60


def x_km(lon: float, lat: float) -> float:
    return float(HERE.forward(lon, lat)[0]) / KM
