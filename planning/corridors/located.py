"""Positions found on the corridors: the nearest road with a number, and the kilometre there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from planning.cell_table import cell_table
from planning.snapshot_cache import SnapshotCache

if TYPE_CHECKING:
    import pyarrow as pa

    from planning.atlas import Atlas
    from planning.corridors.corridor import Numbers, Places

ON_THE_ROAD_M = 300.0  # half the width of a service area, and what a straight line between two pings cuts off


@dataclass(frozen=True)
class Located:
    """For each position found near a numbered road: which it is, the road, and the kilometre."""

    position: Places
    ref: tuple[str, ...]
    km: Numbers


@dataclass(frozen=True)
class _Courses:
    tree: shapely.STRtree
    shapes_m: Any
    first: Places  # of each route the first of its edges in `table`
    table: pa.Table


_courses: SnapshotCache[_Courses] = SnapshotCache(limit=2)


def located(atlas: Atlas, lon: Numbers, lat: Numbers) -> Located:
    """Where positions lie on roads with a number; those that lie on none are left out."""
    courses = _courses.get(atlas.path, "courses", lambda: _read(atlas))
    projection = cell_table(atlas).lattice.projection
    points: Any = shapely.points(*projection.forward(lon, lat))
    position, route = courses.tree.query_nearest(points, max_distance=ON_THE_ROAD_M, all_matches=False)
    share = shapely.line_locate_point(courses.shapes_m[route], points[position], normalized=True)
    ref, from_share, to_share, from_km, to_km = (
        courses.table.column(name).to_pylist() for name in ("ref", "from_fraction", "to_fraction", "from_km", "to_km")
    )
    last = np.append(courses.first[1:], len(ref))
    found: list[tuple[int, str, float]] = []
    for one, number, where in zip(position.tolist(), route.tolist(), share.tolist(), strict=True):
        for edge in range(int(courses.first[number]), int(last[number])):
            low, high = sorted((from_share[edge], to_share[edge]))
            if low <= where <= high:
                part = (where - from_share[edge]) / (to_share[edge] - from_share[edge])
                found.append((one, ref[edge], from_km[edge] + part * (to_km[edge] - from_km[edge])))
                break
    return Located(
        np.array([one for one, _, _ in found], dtype=np.int64),
        tuple(name for _, name, _ in found),
        np.array([km for _, _, km in found]),
    )


def _read(atlas: Atlas) -> _Courses:
    table = atlas.query("courses_of_corridors")
    route = table.column("route_id").to_numpy(zero_copy_only=False)
    first = np.flatnonzero(np.append(True, route[1:] != route[:-1])) if len(route) else np.zeros(0, dtype=np.int64)
    written = table.column("geom").take(first).to_pylist()
    shapes = cell_table(atlas).lattice.projection.to_metres(shapely.from_wkb(np.array(written, dtype=object)))
    return _Courses(shapely.STRtree(shapes), shapes, first, table)
