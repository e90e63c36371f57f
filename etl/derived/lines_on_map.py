"""Lines simplified for a range of zooms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely

if TYPE_CHECKING:
    from etl.derived.zoom_bands import ZoomBand

Shapes: TypeAlias = "np.ndarray[Any, np.dtype[np.object_]]"
Owners: TypeAlias = "np.ndarray[Any, np.dtype[np.int64]]"

# Corners are left out within a quarter of a pixel and the others set onto a raster of as much: less than half in all.
FINEST_PX = 0.25


def simplified_lines(lines_m: Shapes, band: ZoomBand) -> tuple[Shapes, Owners]:
    """The lines as the band draws them, and which each is; those that shrink to a point are left out.

    A road in many short sections must not become dots: all ends are set onto one raster, so what meets still meets,
    and a section that shrinks to a point leaves no gap between its neighbours.
    """
    if band.is_exact:
        return lines_m, np.arange(len(lines_m))
    parts, owner = shapely.get_parts(lines_m, return_index=True)
    step_m = band.pixel_m * FINEST_PX
    parts = shapely.simplify(parts, step_m, preserve_topology=False)
    parts = shapely.transform(parts, lambda corners: np.round(corners / step_m) * step_m)
    is_line = shapely.length(parts) > 0
    parts, owner = shapely.remove_repeated_points(parts[is_line]), owner[is_line]
    return _whole(parts, owner)


def _whole(parts: Shapes, owner: Owners) -> tuple[Shapes, Owners]:
    """Parts of one line as one again."""
    kept, first, count = np.unique(owner, return_index=True, return_counts=True)
    whole = parts[first]
    several = np.flatnonzero(count > 1)
    if len(several):
        chosen = np.isin(owner, kept[several])
        whole[several] = shapely.multilinestrings(
            parts[chosen], indices=np.repeat(np.arange(len(several)), count[several])
        )
    return whole, kept
