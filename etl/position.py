"""Where points lie: from text as written to WGS-84, with what was put right and what cannot be."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeAlias

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa
from duckdb.func import PythonUDFType
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError

from etl.datum import Datum, to_wgs84
from etl.sql_files import read_sql
from wording import Refusal

# Frames whose way to WGS-84 is only roughly known: off by tens of metres without a word.
ROUGH_FRAMES = ("Xian 1980", "Xian_1980", "Beijing 1954", "Beijing_1954", "New Beijing")

Degrees: TypeAlias = "npt.NDArray[np.float64]"
Placing: TypeAlias = Callable[[Degrees, Degrees], tuple[Degrees, Degrees]]


def coordinate_system(written: str | None, where: str) -> CRS | None:
    """The system that a file or sources.toml declares; None where it is plain degrees or nothing is said."""
    if not written:
        return None
    try:
        crs = CRS.from_user_input(written)
    except CRSError as fault:
        raise Refusal(
            '{where}: the coordinate system {crs} is not known. Write it as crs = "EPSG:4490" in sources.toml.',
            where=where,
            crs=written,
        ) from fault
    geodetic = crs.geodetic_crs
    if geodetic is not None and any(frame in geodetic.name for frame in ROUGH_FRAMES):
        raise Refusal(
            "{where} is in {frame}, which turns into WGS-84 only roughly (tens of metres off). "
            "Have it converted to CGCS2000 with the office's own parameters.",
            where=where,
            frame=geodetic.name,
        )
    if crs.is_geographic and crs.to_epsg() in {4326, 4490, 4979}:
        return None
    return crs


def placing(crs: CRS | None, datum: str) -> Placing:
    """How the source's coordinates become WGS-84."""
    transformer = Transformer.from_crs(crs, 4326, always_xy=True) if crs is not None else None

    def place(x: Degrees, y: Degrees) -> tuple[Degrees, Degrees]:
        if transformer is not None:
            lon, lat = transformer.transform(x, y)
            lon, lat = (np.where(np.isfinite(axis), axis, np.nan) for axis in (np.asarray(lon), np.asarray(lat)))
        else:
            lon, lat = x, y
        return to_wgs84(lon, lat, Datum(datum))

    return place


def register_placing(database: duckdb.DuckDBPyConnection, crs: CRS | None, datum: str) -> None:
    """Make `placed(x, y)` known to the database for the source at hand.

    The database calls it from threads of its own, in which pyproj crashes now and then: systems are turned by the
    database's own projection library, and only the shift of a datum, plain arithmetic, is Python's.
    """
    database.execute("drop macro if exists placed")
    with suppress(duckdb.InvalidInputException):  # there is none before the first source
        database.remove_function("shifted_by_python")
    x, y = _in_degrees_sql(crs)
    placed = f"{{'lon': {x}, 'lat': {y}}}"
    if datum not in {Datum.WGS84, Datum.CGCS2000}:
        _register_shift(database, datum)
        placed = f"shifted_by_python({x}, {y})"
    database.execute(f"create temp macro placed(x, y) as {placed}")


def _in_degrees_sql(crs: CRS | None) -> tuple[str, str]:
    """Longitude and latitude of `x` and `y`; null where they are no numbers or have no place on the globe."""
    if crs is None:
        return "x::double", "y::double"
    code = crs.to_epsg()
    system = (f"EPSG:{code}" if code else crs.to_wkt()).replace("'", "''")
    point = f"st_transform(st_point(x::double, y::double), '{system}', 'EPSG:4326')"
    sound = "isfinite(x::double) and isfinite(y::double)"
    return f"case when {sound} then st_x({point}) end", f"case when {sound} then st_y({point}) end"


def _register_shift(database: duckdb.DuckDBPyConnection, datum: str) -> None:
    def shifted_by_python(x: Any, y: Any) -> Any:  # noqa: ANN401  (pyarrow has no types)
        lon, lat = to_wgs84(_numbers(x), _numbers(y), Datum(datum))
        return pa.StructArray.from_arrays([pa.array(lon), pa.array(lat)], names=["lon", "lat"])

    place_type = duckdb.struct_type({"lon": "double", "lat": "double"})
    database.create_function(
        "shifted_by_python", shifted_by_python, ["double", "double"], place_type, type=PythonUDFType.ARROW
    )


def _numbers(column: Any) -> Degrees:  # noqa: ANN401
    return np.asarray(column.to_numpy(), dtype=np.float64)


def place_points(database: duckdb.DuckDBPyConnection, written: str, *, needs_position: bool, has_crs: bool) -> None:
    """Make the view `placed_rows` over rows as written; `register_placing` comes first."""
    database.execute("set variable needs_position = $needed", {"needed": needs_position})
    database.execute("set variable has_crs = $has_crs", {"has_crs": has_crs})
    database.execute(f"create or replace temp view written_rows as {written}")
    database.execute(read_sql("etl", "position"))
