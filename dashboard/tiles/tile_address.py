"""Which square of the earth a tile is: its address, and the way between its pixels and degrees."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from etl.datum import Datum, to_wgs84
from etl.projection import MAP_RADIUS_M, TILE_PX, on_map

if TYPE_CHECKING:
    import numpy.typing as npt

    from etl.projection import Numbers

FARTHEST_ZOOM, NEAREST_ZOOM = 0, 22
UNITS = 4096  # of a vector tile's side
UNITS_PER_PX = UNITS // TILE_PX
DATUMS = (Datum.WGS84, Datum.GCJ02)  # those that maps in the background are drawn in
_NUMBER = re.compile(r"0|[1-9][0-9]{0,7}", re.ASCII)
_BENT_PX = 0.25
_FITTED_AT = np.linspace(0, TILE_PX, 9)


@dataclass(frozen=True)
class Tile:
    """Column x from the west and row y from the north, of 2**z each, in a map drawn in a datum."""

    z: int
    x: int
    y: int
    datum: Datum = Datum.WGS84

    @classmethod
    def parse(cls, z: str, x: str, y: str, datum: str = Datum.WGS84) -> Tile | None:
        """The tile of an address; None where there is no such tile."""
        if not all(map(_NUMBER.fullmatch, (z, x, y))) or datum not in DATUMS:
            return None
        tile = cls(int(z), int(x), int(y), Datum(datum))
        across = 1 << min(tile.z, NEAREST_ZOOM)
        return tile if tile.z <= NEAREST_ZOOM and tile.x < across and tile.y < across else None

    def degrees(self, px: npt.ArrayLike, py: npt.ArrayLike) -> tuple[Numbers, Numbers]:
        """WGS-84 longitude and latitude of places in the tile, in pixels from its north-western corner."""
        across_px = float(TILE_PX << self.z)
        east = (self.x * TILE_PX + np.asarray(px, dtype=np.float64)) / across_px
        south = (self.y * TILE_PX + np.asarray(py, dtype=np.float64)) / across_px
        half_m = np.pi * MAP_RADIUS_M
        return to_wgs84(*degrees_of_map((2.0 * east - 1.0) * half_m, (1.0 - 2.0 * south) * half_m), self.datum)


@dataclass(frozen=True)
class Frame:
    """How a tile lies on stored shapes: the box that holds it, and the affine way from metres to its units.

    In GCJ-02 the way bends; over a tile the straight one misses it by less than half a pixel at any zoom.
    """

    west_m: float
    south_m: float
    east_m: float
    north_m: float
    west_deg: float
    south_deg: float
    east_deg: float
    north_deg: float
    x_by_x: float
    x_by_y: float
    y_by_x: float
    y_by_y: float
    x_off: float
    y_off: float


@lru_cache(maxsize=512)
def frame_of(tile: Tile, margin_px: int = 0) -> Frame:
    """The frame of a tile; the box is wider than the tile by the margin on each side."""
    lon, lat = tile.degrees(*np.meshgrid(_FITTED_AT, _FITTED_AT))
    x_m, y_m = on_map(lon, lat)
    middle_x, middle_y = float(x_m.mean()), float(y_m.mean())
    wanted_x, wanted_y = np.meshgrid(_FITTED_AT * UNITS_PER_PX, _FITTED_AT * UNITS_PER_PX)
    known = np.column_stack([(x_m - middle_x).ravel(), (y_m - middle_y).ravel(), np.ones(x_m.size)])
    known[:, :2] /= MAP_RADIUS_M / 2**tile.z  # sums of squares must not lose what is small
    fitted = np.linalg.lstsq(known, np.column_stack([wanted_x.ravel(), wanted_y.ravel()]), rcond=None)[0]
    fitted[:2] /= MAP_RADIUS_M / 2**tile.z
    off = fitted[2] - middle_x * fitted[0] - middle_y * fitted[1]
    # Where the way bends, it may reach out a little between the points that are looked at.
    margin = margin_px + (0.0 if tile.datum is Datum.WGS84 else _BENT_PX)
    edge = np.linspace(-margin, TILE_PX + margin, len(_FITTED_AT))
    edge_lon, edge_lat = tile.degrees(*np.meshgrid(edge, edge))
    edge_x, edge_y = on_map(edge_lon, edge_lat)
    return Frame(
        west_m=float(edge_x.min()),
        south_m=float(edge_y.min()),
        east_m=float(edge_x.max()),
        north_m=float(edge_y.max()),
        west_deg=float(edge_lon.min()),
        south_deg=float(edge_lat.min()),
        east_deg=float(edge_lon.max()),
        north_deg=float(edge_lat.max()),
        x_by_x=float(fitted[0, 0]),
        x_by_y=float(fitted[1, 0]),
        y_by_x=float(fitted[0, 1]),
        y_by_y=float(fitted[1, 1]),
        x_off=float(off[0]),
        y_off=float(off[1]),
    )


def degrees_of_map(x_m: npt.ArrayLike, y_m: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    """The way back from spherical Mercator."""
    x_rad, y_rad = (np.asarray(metres, dtype=np.float64) / MAP_RADIUS_M for metres in (x_m, y_m))
    return np.degrees(x_rad), np.degrees(np.arctan(np.sinh(y_rad)))


def tile_holding(lon: npt.ArrayLike, lat: npt.ArrayLike, zoom: int) -> tuple[Numbers, Numbers]:
    """Column and row of the one tile that a place lies in; degrees are those of the map's own datum."""
    x_m, y_m = on_map(lon, lat)
    around_m, across = 2.0 * np.pi * MAP_RADIUS_M, 2.0**zoom
    return (
        np.clip(np.floor((0.5 + x_m / around_m) * across), 0, across - 1),
        np.clip(np.floor((0.5 - y_m / around_m) * across), 0, across - 1),
    )
