"""What lies under every layer: the outline of the place, the counties around, rivers and roads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import shapely

from etl.projection import on_map, pixel_on_map_m

if TYPE_CHECKING:
    from planning.atlas import Atlas

_FARTHEST, _NEAREST = 0, 22


@dataclass(frozen=True)
class MapExtent:
    """A box of the earth in degrees, WGS-84."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def of(cls, shape: Any, margin: float = 0.05) -> Self:  # noqa: ANN401  (any geometry)
        """The box around a shape, with a share of its size added on every side."""
        west, south, east, north = shape.bounds
        wider, higher = max(east - west, 0.01) * margin, max(north - south, 0.01) * margin
        return cls(west - wider, south - higher, east + wider, north + higher)

    @property
    def sides(self) -> tuple[float, float, float, float]:
        return (self.west, self.south, self.east, self.north)

    @property
    def centre(self) -> tuple[float, float]:
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    def zoom_for(self, width_px: int) -> int:
        """The zoom of the web's maps at which the box is about so wide."""
        (west_m, east_m), _ = on_map([self.west, self.east], [self.south, self.north])
        pixel_m = max(float(east_m - west_m), 1.0) / width_px
        return int(np.clip(round(float(np.log2(pixel_on_map_m(0) / pixel_m))), _FARTHEST, _NEAREST))


@dataclass(frozen=True)
class Line:
    """A road section or river as drawn."""

    name: str | None
    kind: str | None
    ref: str | None
    shape: Any


@dataclass(frozen=True)
class Neighbour:
    """A county that the place holds or has nearby, and where its name stands."""

    name: str
    is_inside: bool
    lon: float
    lat: float
    shape: Any


@dataclass(frozen=True)
class Ground:
    """Shapes in WGS-84, simplified for one zoom and kept to one box."""

    boundary: Any
    neighbours: tuple[Neighbour, ...]
    rivers: tuple[Line, ...]
    routes: tuple[Line, ...]


def place_boundary(atlas: Atlas) -> Any:  # noqa: ANN401  (a polygon or several)
    """The outline of the place, WGS-84."""
    return shapely.from_wkb(atlas.query("boundary").to_pylist()[0]["geom"])


def ground(atlas: Atlas, extent: MapExtent, zoom: int) -> Ground:
    """What is drawn of the ground in a box at a zoom."""
    (west_m, east_m), (south_m, north_m) = on_map([extent.west, extent.east], [extent.south, extent.north])
    box = {
        "zoom": zoom,
        "west_m": float(west_m),
        "south_m": float(south_m),
        "east_m": float(east_m),
        "north_m": float(north_m),
    }
    around = atlas.query("ground_surroundings", **box).to_pylist()
    return Ground(
        boundary=place_boundary(atlas),
        neighbours=tuple(
            Neighbour(row["name"], row["is_inside"], row["lon"], row["lat"], shapely.from_wkb(row["geom"]))
            for row in around
        ),
        rivers=_lines(atlas, "ground_rivers", box),
        routes=_lines(atlas, "ground_routes", box),
    )


def _lines(atlas: Atlas, query: str, box: dict[str, float]) -> tuple[Line, ...]:
    return tuple(
        Line(row["name"], row["kind"], row["ref"], shapely.from_wkb(row["geom"]))
        for row in atlas.query(query, **box).to_pylist()
    )
