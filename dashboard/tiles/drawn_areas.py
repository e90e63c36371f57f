"""Areas at hand for drawing: there are few of them, but of many corners, which the database reads slowly one by one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import shapely

from dashboard.tiles.shape_cutting import Shapes, cut_to_box
from dashboard.tiles.tile_memory import TileMemory

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.tiles.tile_address import Frame

KEPT_BYTES = 96_000_000
FEW_CORNERS = 100  # so few go into a tile faster whole than cut
FAR_TILES = 1000  # a shape so many tiles long would outgrow the numbers of the format
_CORNER_BYTES, _SHAPE_BYTES = 16, 500
_SIDES = ("west_m", "south_m", "east_m", "north_m")
# The database takes well-known binary so marked for shapes, without reading it corner by corner.
_AS_SHAPE = {b"ARROW:extension:name": b"geoarrow.wkb", b"ARROW:extension:metadata": b"{}"}


@dataclass(frozen=True)
class DrawnAreas:
    """All areas of a noun as they are drawn in a range of zooms."""

    told: pa.Table  # what a tile says of each
    shapes: Shapes
    bounds_m: np.ndarray[Any, np.dtype[np.float64]]  # west, south, east, north of each
    corners: np.ndarray[Any, np.dtype[np.int64]]

    @property
    def size_bytes(self) -> int:
        return int(self.corners.sum()) * _CORNER_BYTES + len(self.shapes) * _SHAPE_BYTES

    def in_box(self, frame: Frame) -> pa.Table:
        """Those that may touch the box, with their shapes as `geom`; large ones are cut to it."""
        west, south, east, north = self.bounds_m.T
        is_near = (west <= frame.east_m) & (east >= frame.west_m) & (south <= frame.north_m) & (north >= frame.south_m)
        reaches_out = (west < frame.west_m) | (east > frame.east_m) | (south < frame.south_m) | (north > frame.north_m)
        is_far = np.maximum(east - west, north - south) > FAR_TILES * (frame.east_m - frame.west_m)
        is_cut = is_near & reaches_out & (is_far | (self.corners > FEW_CORNERS))
        drawn = np.full(len(self.shapes), None, dtype=object)
        drawn[is_near & ~is_cut] = shapely.to_wkb(self.shapes[is_near & ~is_cut])
        drawn[is_cut] = cut_to_box(self.shapes[is_cut], frame)
        shown = np.flatnonzero(drawn != None)  # noqa: E711  (each one by itself)
        shapes = pa.array(drawn[shown].tolist(), pa.binary())
        return self.told.take(pa.array(shown)).append_column(pa.field("geom", pa.binary(), metadata=_AS_SHAPE), shapes)


_areas: TileMemory[DrawnAreas] = TileMemory(KEPT_BYTES, lambda areas: areas.size_bytes)


def drawn_areas(key: tuple[object, ...], read: Callable[[], pa.Table]) -> DrawnAreas:
    """The areas of this key; read once, and kept."""
    return _areas.recall(key, lambda: _from_rows(read()))


def _from_rows(rows: pa.Table) -> DrawnAreas:
    shapes: Shapes = shapely.from_wkb(np.array(rows.column("shape").to_pylist(), dtype=object))
    return DrawnAreas(
        told=rows.drop_columns([*_SIDES, "shape"]).combine_chunks(),
        shapes=shapes,
        bounds_m=np.column_stack([rows.column(side).to_numpy() for side in _SIDES]),
        corners=shapely.get_num_coordinates(shapes).astype(np.int64),
    )
