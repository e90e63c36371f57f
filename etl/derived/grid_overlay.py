"""Grids laid over each other and over the place: overlaps, parts outside, holes.

Shapes are cut in degrees, in which neighbours share their borders exactly, and measured in metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from etl.derived.finding_rows import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from etl.derived.grid_tree import GridTree
    from etl.projection import LocalProjection

SLIVER_KM2 = 0.001  # two drawings of one border never agree better
OUTSIDE_PCT = 0.5
POLYGON = 3
PAIRS_AT_ONCE = 2000


@dataclass(frozen=True)
class GridOverlay:
    """The grids with their shapes in WGS-84, in the order of their codes."""

    tree: GridTree
    shapes: dict[str, BaseGeometry]
    projection: LocalProjection

    def overlaps(self) -> Iterator[Finding]:
        """Grids of one level, or below one grid, that share more than slivers."""
        codes = list(self.shapes)
        shapes = np.array(list(self.shapes.values()), dtype=object)
        first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
        pairs = [
            (a, b) for a, b in zip(first.tolist(), second.tolist(), strict=True)
            if a < b and self._are_siblings(codes[a], codes[b])
        ]  # fmt: skip
        for start in range(0, len(pairs), PAIRS_AT_ONCE):
            at_hand = np.array(pairs[start : start + PAIRS_AT_ONCE])
            shared = shapely.intersection(shapes[at_hand[:, 0]], shapes[at_hand[:, 1]])
            for (a, b), shape in zip(at_hand, shared, strict=True):
                yield from self._found("grids_overlap", codes[a], codes[b], shape)

    def outside_parents(self) -> Iterator[Finding]:
        """Grids of which more than a sliver lies outside the grid above."""
        for code, shape in self.shapes.items():
            parent = self.tree.parent(code)
            if parent is None or shapely.covers(self.shapes[parent], shape):
                continue
            outside = shapely.difference(shape, self.shapes[parent])
            least_km2 = OUTSIDE_PCT / 100 * self.projection.area_km2(shape)
            for finding in self._found("grid_outside_parent", code, parent, outside):
                if finding.area_km2 is not None and finding.area_km2 > least_km2:
                    yield finding

    def holes(self, boundary: BaseGeometry) -> Iterator[Finding]:
        """Each connected piece of the place, or of a grid with grids below it, that no leaf covers."""
        leaves = [shape for code, shape in self.shapes.items() if code in self.tree.leaves]
        above = {code: shape for code, shape in self.shapes.items() if code not in self.tree.leaves}
        if not leaves:
            return
        whole = shapely.union_all([boundary, *above.values()])
        parts = _polygons(shapely.difference(whole, shapely.union_all(leaves)))
        areas_km2 = self.projection.area_km2(parts)
        holes = parts[areas_km2 > SLIVER_KM2]
        owners = self._smallest_around(holes, above)
        for hole, area_km2, owner in zip(holes, areas_km2[areas_km2 > SLIVER_KM2], owners, strict=True):
            yield Finding("hole_between_grids", "grids", owner, area_km2=float(area_km2), geometry=hole)

    def _smallest_around(self, holes: Any, above: dict[str, BaseGeometry]) -> list[str | None]:  # noqa: ANN401
        """For each hole the smallest grid that holds a spot inside it."""
        codes = sorted(above, key=lambda code: (above[code].area, code))
        spots = shapely.point_on_surface(holes)
        shapes = np.array([above[code] for code in codes], dtype=object)
        grid, hole = shapely.STRtree(spots).query(shapes, predicate="intersects")
        found: dict[int, int] = {}
        for one, around in zip(hole.tolist(), grid.tolist(), strict=True):
            found[one] = min(around, found.get(one, around))
        return [codes[found[one]] if one in found else None for one in range(len(spots))]

    def _found(self, rule: str, subject: str, other: str, shape: BaseGeometry) -> Iterator[Finding]:
        parts = _polygons(shape)
        areas_km2 = self.projection.area_km2(parts)
        is_more = areas_km2 > SLIVER_KM2
        if is_more.any():
            kept = parts[is_more]
            whole = kept[0] if len(kept) == 1 else shapely.multipolygons(kept)
            yield Finding(rule, "grids", subject, other, float(areas_km2[is_more].sum()), geometry=whole)

    def _are_siblings(self, first: str, second: str) -> bool:
        """Of one level, or below the same grid; but never one above the other."""
        one, two = self.tree.grids[first], self.tree.grids[second]
        if first == two.parent_id or second == one.parent_id:
            return False
        if one.level is not None and two.level is not None:
            return one.level == two.level
        return one.parent_id == two.parent_id


def _polygons(shape: BaseGeometry) -> np.ndarray[Any, np.dtype[np.object_]]:
    """The polygons of a shape, without the lines and points that a cut may leave."""
    parts = shapely.get_parts(shapely.get_parts([shape]))
    polygons: np.ndarray[Any, np.dtype[np.object_]] = parts[shapely.get_type_id(parts) == POLYGON]
    return polygons
