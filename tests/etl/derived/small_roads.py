"""Roads drawn by hand, in metres around a made-up county's centre, joined into a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import pyarrow as pa
import shapely

from etl.contract import contract_parts
from etl.derived.road_network import join_roads
from etl.sql_files import read_sql
from tests.etl.derived.small_county import HERE, empty_build

if TYPE_CHECKING:
    import duckdb
    from shapely.geometry.base import BaseGeometry

Course: TypeAlias = "list[tuple[float, float]] | list[list[tuple[float, float]]]"


def empty_roads() -> duckdb.DuckDBPyConnection:
    database = empty_build()
    database.execute(contract_parts("routes")[0])
    database.execute(read_sql("etl.derived", "cells"))
    return database


def add_road(database: duckdb.DuckDBPyConnection, route_id: str, course_m: Course, **values: Any) -> None:
    add_shape(database, route_id, HERE.to_degrees(_shape(course_m)), **values)


def add_shape(database: duckdb.DuckDBPyConnection, route_id: str, shape: BaseGeometry, **values: Any) -> None:
    row = {"origin_id": 1, "row_number": 1, "route_id": route_id, **values, "shape": shapely.to_wkb(shape)}
    database.register("made", pa.Table.from_pylist([row]))
    database.execute("insert into routes by name select * exclude shape, st_geomfromwkb(shape) as geom from made")
    database.unregister("made")


def joined(roads: dict[str, Course], **of_road: dict[str, Any]) -> duckdb.DuckDBPyConnection:
    """The network of these roads; `of_road` has more columns by the road's name."""
    database = empty_roads()
    for route_id, course_m in roads.items():
        add_road(database, route_id, course_m, **of_road.get(route_id, {}))
    join_roads(database, HERE)
    return database


def pieces(database: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """Each edge along its road's drawing: the road, and its length in metres."""
    found = database.execute(
        "select route_id, round(length_km * 1000)::integer from road_edges where is_forward "
        "order by route_id, from_fraction"
    )
    return found.fetchall()


def totals(database: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    row: dict[str, Any] = database.execute("from road_network").to_arrow_table().to_pylist()[0]
    return row


def _shape(course_m: Course) -> BaseGeometry:
    first = course_m[0]
    return shapely.MultiLineString(course_m) if isinstance(first, list) else shapely.LineString(course_m)
