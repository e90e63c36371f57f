"""The one place in etl that knows metres: an equal-area projection centred on the place, and the map's own."""

from __future__ import annotations

import math
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
_FLATTENING = 1 / 298.257223563


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

    def closed_form(self) -> dict[str, float]:
        """The constants of `forward` for engines that have no projections but sines and logarithms.

        Names are those that `etl/derived/tracks/points.sql` binds; letters in comments are those of the textbooks.
        """
        eccentricity = math.sqrt(_FLATTENING * (2 - _FLATTENING))
        q_pole = _authalic(1.0, eccentricity)
        radius_m = MAP_RADIUS_M * math.sqrt(q_pole / 2)  # R_q
        sin_lat = math.sin(math.radians(self.centre_lat_deg))
        sin_beta = _authalic(sin_lat, eccentricity) / q_pole
        cos_beta = math.sqrt(1 - sin_beta**2)
        normal = (
            MAP_RADIUS_M * math.cos(math.radians(self.centre_lat_deg)) / math.sqrt(1 - (eccentricity * sin_lat) ** 2)
        )
        return {
            "centre_lon_deg": self.centre_lon_deg,
            "eccentricity": eccentricity,
            "q_pole": q_pole,
            "radius_m": radius_m,
            "sin_beta_0": sin_beta,
            "cos_beta_0": cos_beta,
            "stretch": normal / (radius_m * cos_beta),  # D
        }

    def to_metres(self, geometries: Any) -> Any:  # noqa: ANN401  (one geometry or an array, as in shapely)
        return _moved(shapely.force_2d(geometries), self.forward)

    def to_degrees(self, geometries: Any) -> Any:  # noqa: ANN401
        return _moved(geometries, self.inverse)

    def distance_m(self, first: Any, second: Any) -> Any:  # noqa: ANN401
        """Shortest distances between geometries in degrees, one by one or an array by an array."""
        return shapely.distance(self.to_metres(first), self.to_metres(second))

    def area_km2(self, geometries: Any) -> Any:  # noqa: ANN401
        return shapely.area(self.to_metres(geometries)) / 1e6


def _authalic(sin_lat: float, eccentricity: float) -> float:
    """Snyder's q: what the sine of the latitude becomes on the sphere of the same area."""
    bent = eccentricity * sin_lat
    logarithm = math.log((1 - bent) / (1 + bent)) / (2 * eccentricity)
    return (1 - eccentricity**2) * (sin_lat / (1 - bent**2) - logarithm)


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
