"""The four datums that Chinese coordinates are written in, and the way between each and WGS-84.

GCJ-02 is what AMap and Tencent write, BD-09 what Baidu writes. Both are published only as a forward
formula; the way back is found by iteration, exact to less than a millimetre.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

    Shift: TypeAlias = Callable[["Degrees", "Degrees"], tuple["Degrees", "Degrees"]]

Degrees: TypeAlias = "npt.NDArray[np.float64]"


class Datum(StrEnum):
    """The names that sources.toml and the snapshot use."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"  # the same as WGS-84 to less than a metre, so it is taken as it is
    GCJ02 = "gcj02"
    BD09 = "bd09"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Datum.WGS84: "WGS-84",
    Datum.CGCS2000: "CGCS2000",
    Datum.GCJ02: "GCJ-02",
    Datum.BD09: "BD-09",
}

# Beyond these degrees the public formula shifts nothing.
WEST_DEG, EAST_DEG = 72.004, 137.8347
SOUTH_DEG, NORTH_DEG = 0.8293, 55.8271

_KRASOVSKY_AXIS_M = 6378245.0
_KRASOVSKY_ECCENTRICITY_SQUARED = 0.00669342162296594323
_BAIDU_WAVE = np.pi * 3000.0 / 180.0

# The slope of either shift is below 0.02, so each step gains almost two digits: eight are plenty.
_STEPS = 8
_EXACT_DEG = 1e-10


def to_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike, datum: Datum | str) -> tuple[Degrees, Degrees]:
    """Longitudes and latitudes written in a datum, as WGS-84; what is not a number stays so."""
    return _where_in_china(lon, lat, _TO_WGS84.get(Datum(datum)))


def from_wgs84(lon: npt.ArrayLike, lat: npt.ArrayLike, datum: Datum | str) -> tuple[Degrees, Degrees]:
    """WGS-84 longitudes and latitudes, as a datum writes them; what is not a number stays so."""
    return _where_in_china(lon, lat, _FROM_WGS84.get(Datum(datum)))


def geometries_to_wgs84(
    geometries: Sequence[bytes | BaseGeometry | None] | npt.NDArray[Any], datum: Datum | str
) -> npt.NDArray[Any]:
    """Geometries (or their well-known binary) written in a datum, as flat WGS-84 geometries."""
    written = np.asarray(geometries, dtype=object)
    if any(isinstance(one, (bytes, bytearray)) for one in written.flat):
        written = np.asarray(shapely.from_wkb(written), dtype=object)
    flat = np.asarray(shapely.force_2d(written), dtype=object)
    if Datum(datum) not in _TO_WGS84:
        return flat

    def move(lon: Any, lat: Any) -> tuple[Degrees, Degrees]:  # noqa: ANN401  (shapely calls it with two arrays)
        return to_wgs84(lon, lat, datum)

    # The stubs of shapely know only functions of one array.
    return np.asarray(shapely.transform(flat, move, interleaved=False), dtype=object)  # type: ignore[arg-type]


def _where_in_china(lon: npt.ArrayLike, lat: npt.ArrayLike, shift: Shift | None) -> tuple[Degrees, Degrees]:
    new_lon, new_lat = (part.copy() for part in np.broadcast_arrays(_degrees(lon), _degrees(lat)))
    if shift is None:
        return new_lon, new_lat
    inside = (new_lon >= WEST_DEG) & (new_lon <= EAST_DEG) & (new_lat >= SOUTH_DEG) & (new_lat <= NORTH_DEG)
    new_lon[inside], new_lat[inside] = shift(new_lon[inside], new_lat[inside])
    return new_lon, new_lat


def _degrees(values: npt.ArrayLike) -> Degrees:
    return np.asarray(values, dtype=np.float64)


def _wgs84_to_gcj02(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    x, y = lon - 105.0, lat - 35.0
    root, wave = (
        np.sqrt(np.abs(x)),
        (20.0 * np.sin(6.0 * np.pi * x) + 20.0 * np.sin(2.0 * np.pi * x)) * 2.0 / 3.0,
    )
    north_m = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave
    north_m += (20.0 * np.sin(np.pi * y) + 40.0 * np.sin(np.pi * y / 3.0)) * 2.0 / 3.0
    north_m += (160.0 * np.sin(np.pi * y / 12.0) + 320.0 * np.sin(np.pi * y / 30.0)) * 2.0 / 3.0
    east_m = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave
    east_m += (20.0 * np.sin(np.pi * x) + 40.0 * np.sin(np.pi * x / 3.0)) * 2.0 / 3.0
    east_m += (150.0 * np.sin(np.pi * x / 12.0) + 300.0 * np.sin(np.pi * x / 30.0)) * 2.0 / 3.0
    flattened = 1.0 - _KRASOVSKY_ECCENTRICITY_SQUARED * np.sin(np.radians(lat)) ** 2
    across_m = _KRASOVSKY_AXIS_M / np.sqrt(flattened)
    along_m = across_m * (1.0 - _KRASOVSKY_ECCENTRICITY_SQUARED) / flattened
    return (
        lon + np.degrees(east_m / (across_m * np.cos(np.radians(lat)))),
        lat + np.degrees(north_m / along_m),
    )


def _gcj02_to_bd09(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BAIDU_WAVE)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BAIDU_WAVE)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def _wgs84_to_bd09(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
    return _gcj02_to_bd09(*_wgs84_to_gcj02(lon, lat))


def _inverse_of(shift: Shift) -> Shift:
    """The way back: guess, shift the guess, correct it by what it misses."""

    def back(lon: Degrees, lat: Degrees) -> tuple[Degrees, Degrees]:
        guess_lon, guess_lat = lon, lat
        for _ in range(_STEPS):
            there_lon, there_lat = shift(guess_lon, guess_lat)
            missed_lon, missed_lat = there_lon - lon, there_lat - lat
            guess_lon, guess_lat = guess_lon - missed_lon, guess_lat - missed_lat
            if max(np.max(np.abs(missed_lon), initial=0.0), np.max(np.abs(missed_lat), initial=0.0)) < _EXACT_DEG:
                break
        return guess_lon, guess_lat

    return back


_FROM_WGS84: dict[Datum, Shift] = {Datum.GCJ02: _wgs84_to_gcj02, Datum.BD09: _wgs84_to_bd09}
_TO_WGS84: dict[Datum, Shift] = {datum: _inverse_of(shift) for datum, shift in _FROM_WGS84.items()}
