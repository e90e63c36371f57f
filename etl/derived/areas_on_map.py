"""Areas simplified for a range of zooms, with the borders of neighbours kept together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from etl.derived.lines_on_map import Owners, Shapes
    from etl.derived.zoom_bands import ZoomBand

FINEST_PX = 0.5
# Keeping borders together costs the square of an outline's corners: 0.4 to 3 s for 100,000 of them.
MOST_CORNERS = 50_000


def simplified_areas(areas_m: Shapes, band: ZoomBand) -> tuple[Shapes, Owners]:
    """The areas as the band draws them, and which each is; those smaller than a pixel are left out.

    `areas_m` are neighbours: what one of them loses at a border, the other loses too.
    """
    drawn = areas_m if band.is_exact else _simplified(areas_m, band.pixel_m * FINEST_PX)
    bounds = shapely.bounds(drawn)
    least_m = 0.0 if band.is_exact else band.pixel_m
    is_seen = np.nan_to_num((bounds[:, 2:] - bounds[:, :2]).max(axis=1)) > least_m
    # Vector tiles want outer rings clockwise as seen on the map, which tells them from holes.
    return shapely.orient_polygons(drawn[is_seen], exterior_cw=True), np.flatnonzero(is_seen)


def _simplified(areas_m: Shapes, tolerance_m: float) -> Shapes:
    is_huge = shapely.get_num_coordinates(areas_m) > MOST_CORNERS
    simplified = areas_m.copy()
    simplified[~is_huge] = _with_borders(areas_m[~is_huge], tolerance_m)
    simplified[is_huge] = shapely.simplify(areas_m[is_huge], tolerance_m, preserve_topology=False)
    return simplified


def _with_borders(areas_m: Shapes, tolerance_m: float) -> Any:  # noqa: ANN401
    try:
        return shapely.coverage_simplify(areas_m, tolerance_m)
    except shapely.GEOSException:  # overlaps that the algorithm cannot take: borders are then each their own
        return shapely.simplify(areas_m, tolerance_m, preserve_topology=True)
