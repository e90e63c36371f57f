"""The one place in etl that knows metres: an equal-area projection centred on the place, and the map's own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely
from pyproj import Transformer

if TYPE_CHECKING:
    import numpy.typing as npt
    from shapely.geometry.base import BaseGeometry

Numbers: TypeAlias = "npt.NDArray[np.float64]"

MAP_RADIUS_M = 6_378_137.0
MAP_NORTH_DEG = 85.051_128_779_806_6  # where the square map of the world ends
TILE_PX = 256


@dataclass(frozen=True)
class LocalProjection:
    """Lambert's azimuthal equal-area projection: WGS-84 degrees in, metres from the centre out.

    Areas are exact everywhere; lengths within 300 km of the centre are right to 0.03 %.
    """

    centre_lon_deg: float
    centre_lat_deg: float

    @classmethod
    def around(cls, boundary: BaseGeometry) -> LocalProjection:
        """The projection centred on the middle of a place's bounding box."""
        west, south, east, north = boundary.bounds
        return cls(round((west + east) / 2, 6), round((south + north) / 2, 6))

    @property
    def proj_string(self) -> str:
        centre = f"+lat_0={self.centre_lat_deg} +lon_0={self.centre_lon_deg}"
        return f"+proj=laea {centre} +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs"

    def forward(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Numbers, Numbers]:
        """Metres east and north of the centre; what has no place there is not a number."""
        return _finite(_transformer(self.proj_string).transform(_numbers(lon), _numbers(lat)))

    def inverse(self, x_m: npt.ArrayLike, y_m: npt.ArrayLike) -> tuple[Numbers, Numbers]:
        """Longitudes and latitudes of metres east and north of the centre."""
        x, y = _numbers(x_m), _numbers(y_m)
        return _finite(_transformer(self.proj_string).transform(x, y, direction="INVERSE"))

    def to_metres(self, geometries: Any) -> Any:  # noqa: ANN401  (one geometry or an array, as in shapely)
        return _moved(shapely.force_2d(geometries), self.forward)

    def to_degrees(self, geometries: Any) -> Any:  # noqa: ANN401
        return _moved(geometries, self.inverse)

    def distance_m(self, first: Any, second: Any) -> Any:  # noqa: ANN401
        """Shortest distances between geometries in degrees, one by one or an array by an array."""
        return shapely.distance(self.to_metres(first), self.to_metres(second))

    def area_km2(self, geometries: Any) -> Any:  # noqa: ANN401
        return shapely.area(self.to_metres(geometries)) / 1e6


def on_map(lon: npt.ArrayLike, lat: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    """Degrees as x and y of spherical Mercator (EPSG:3857), in which maps are drawn; the poles end at its edge."""
    lat_rad = np.radians(np.clip(_numbers(lat), -MAP_NORTH_DEG, MAP_NORTH_DEG))
    return MAP_RADIUS_M * np.radians(_numbers(lon)), MAP_RADIUS_M * np.arcsinh(np.tan(lat_rad))


def shapes_on_map(geometries: Any) -> Any:  # noqa: ANN401
    return _moved(shapely.force_2d(geometries), on_map)


def pixel_on_map_m(zoom: int) -> float:
    """The side of a pixel in metres of spherical Mercator."""
    return 2 * np.pi * MAP_RADIUS_M / (TILE_PX << zoom)


def _moved(geometries: Any, move: Any) -> Any:  # noqa: ANN401  (the stubs know only functions of one array)
    return shapely.transform(geometries, move, interleaved=False)


@lru_cache(maxsize=16)
def _transformer(proj_string: str) -> Transformer:
    return Transformer.from_crs("EPSG:4326", proj_string, always_xy=True)


def _numbers(values: npt.ArrayLike) -> Numbers:
    return np.array(values, dtype=np.float64)


def _finite(pair: tuple[Any, Any]) -> tuple[Numbers, Numbers]:
    first, second = _numbers(pair[0]), _numbers(pair[1])
    lost = ~(np.isfinite(first) & np.isfinite(second))
    return np.where(lost, np.nan, first), np.where(lost, np.nan, second)
