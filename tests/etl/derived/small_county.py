"""A made-up county of squares: shapes are written in metres around its centre and stored as WGS-84."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shapely

from etl.build import prepare
from etl.contract import contract_parts
from etl.engine import open_database
from etl.projection import LocalProjection
from etl.shapes import Area
from etl.sql_files import read_sql

if TYPE_CHECKING:
    import duckdb
    from shapely.geometry.base import BaseGeometry

HERE = LocalProjection(107.4, 35.3)
NOUNS = ("grids", "places", "drivers", "stations", "resources", "repair_shops", "enterprises")


def empty_build() -> duckdb.DuckDBPyConnection:
    database = open_database()
    with tempfile.TemporaryDirectory() as folder:
        prepare(database, Path(folder), Area(107, 35, 108, 36))
    database.execute(read_sql("etl", "bookkeeping"))
    for noun in NOUNS:
        database.execute(contract_parts(noun)[0])
    return database


def square(west_m: float, south_m: float, east_m: float, north_m: float) -> BaseGeometry:
    return in_degrees(shapely.box(west_m, south_m, east_m, north_m))


def in_degrees(shape_m: BaseGeometry) -> BaseGeometry:
    shape: BaseGeometry = HERE.to_degrees(shape_m)
    return shape


def add_grid(database: duckdb.DuckDBPyConnection, grid_id: str, shape: BaseGeometry, **values: Any) -> None:
    columns = {"name": f"grid {grid_id}", "level": 4, "post": "secretary", **values}
    _add(database, "grids", {"grid_id": grid_id, **columns}, shapely.to_wkb(shape))


def add_place(database: duckdb.DuckDBPyConnection, place_id: str, x_m: float, y_m: float, people: int | None) -> None:
    _add(database, "places", {"place_id": place_id, "name": place_id, "people": people, **_position(x_m, y_m)})


def add_station(database: duckdb.DuckDBPyConnection, station_id: str, x_m: float, y_m: float) -> None:
    _add(database, "stations", {"station_id": station_id, "name": station_id, **_position(x_m, y_m)})


def add_shop(database: duckdb.DuckDBPyConnection, shop_id: str, x_m: float, y_m: float) -> None:
    _add(database, "repair_shops", {"shop_id": shop_id, "name": shop_id, **_position(x_m, y_m)})


def add_drivers(database: duckdb.DuckDBPyConnection, home_grid: str, count: int, *, party_members: int = 0) -> None:
    for number in range(count):
        driver = {"driver_id": f"{home_grid} {number}", "home_grid": home_grid}
        _add(database, "drivers", {**driver, "is_party_member": number < party_members})


def _position(x_m: float, y_m: float) -> dict[str, float]:
    lon, lat = HERE.inverse(x_m, y_m)
    return {"lon": float(lon), "lat": float(lat)}


def _add(database: duckdb.DuckDBPyConnection, table: str, row: dict[str, Any], wkb: bytes | None = None) -> None:
    columns = ", ".join(["origin_id", "row_number", *row, *(["geom"] if wkb else [])])
    values = ", ".join(["1", "1", *(f"${column}" for column in row), *(["st_geomfromwkb($wkb)"] if wkb else [])])
    database.execute(f"insert into {table} ({columns}) values ({values})", row | ({"wkb": wkb} if wkb else {}))
