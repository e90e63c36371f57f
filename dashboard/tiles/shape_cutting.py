"""Shapes cut to a tile's box before they are put into it.

The database can cut too, but takes a hundred times as long and gives up where an area crosses itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely

if TYPE_CHECKING:
    from dashboard.tiles.tile_address import Frame

Shapes: TypeAlias = "np.ndarray[Any, np.dtype[np.object_]]"


def cut_to_box(shapes: Shapes, frame: Frame) -> list[bytes | None]:
    """Each shape's part in the box of the frame, outer rings clockwise, as WKB; None where nothing is left."""
    if len(shapes) == 0:
        return []
    try:
        cut = shapely.clip_by_rect(shapes, frame.west_m, frame.south_m, frame.east_m, frame.north_m)
    except shapely.GEOSException:  # whole it is drawn too, only the tile is larger
        cut = shapes
    kept = [_same_kind(part, shape) for part, shape in zip(cut, shapes, strict=True)]
    return [None if one is None else bytes(shapely.to_wkb(one)) for one in kept]


def _same_kind(part: Any, shape: Any) -> Any:  # noqa: ANN401  (shapely's stubs know no single kind)
    """Without the points and lines that a shape leaves where it only touches the box."""
    dimension = shapely.get_dimensions(shape)
    kept = [one for one in shapely.get_parts(part) if shapely.get_dimensions(one) == dimension]
    if not kept:
        return None
    if dimension == 1:
        return shapely.multilinestrings(kept)
    return shapely.orient_polygons(shapely.multipolygons(kept), exterior_cw=True)
