"""The land of the grids: how large each is, and what of it is wrong: holes, overlaps, slivers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from planning.cell_raster import lattice_of
from planning.ground import place_boundary
from planning.snapshot_cache import SnapshotCache
from planning.standards import standard
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planning.atlas import Atlas
    from planning.spot_facts import GridPost

KIND_OF_RULE = {"hole_between_grids": "hole", "grids_overlap": "overlap", "grid_outside_parent": "outside_parent"}


@dataclass(frozen=True)
class Fault:
    """A hole between grids, an overlap of two, or a part of one beyond the grid above it.

    `grid_id` is the grid concerned; of a hole, the smallest around it, or None where only the place is.
    """

    fault_id: str
    kind: str
    is_sliver: bool
    grid_id: str | None
    name: str | None
    other_id: str | None
    other_name: str | None
    area_km2: float  # within the place
    width_m: float  # of the largest circle that fits into it
    lon: float
    lat: float
    geom: bytes
    answers: tuple[GridPost, ...] = ()  # who answers for it, from the widest grid down
    other_answers: tuple[GridPost, ...] = ()

    def to_json_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "is_sliver": self.is_sliver,
            "grid_id": self.grid_id,
            "name": self.name,
            "other_id": self.other_id,
            "other_name": self.other_name,
            "area_km2": round(self.area_km2, 6),
            "width_m": round(self.width_m, 1),
            "lon": round(self.lon, 6),
            "lat": round(self.lat, 6),
            **_post_told("", self.answers),
            **(_post_told("other_", self.other_answers) if self.other_id else {}),
        }


def _post_told(of: str, answers: tuple[GridPost, ...]) -> dict[str, str | None]:
    last = answers[-1] if answers else None
    return {f"{of}post": last.post if last else None, f"{of}unit": last.unit if last else None}


_faults: SnapshotCache[tuple[Fault, ...]] = SnapshotCache(limit=16)


def grid_faults(atlas: Atlas) -> tuple[Fault, ...]:
    """All that is wrong with the grids' land inside the place, the largest first."""
    sign = standards_of(atlas.place_folder).sign
    return _faults.get(atlas.path, f"faults {sign}", lambda: _measured(atlas))


def areas_km2(atlas: Atlas, shapes: Sequence[bytes]) -> list[float]:
    """How much of each shape lies inside the place."""
    return [float(area_km2) for area_km2 in _inside_km2(atlas, _read(shapes))[1]]


def _measured(atlas: Atlas) -> tuple[Fault, ...]:
    rows = atlas.query("grid_faults", rules=list(KIND_OF_RULE)).to_pylist()
    inside, areas = _inside_km2(atlas, _read([row["geom"] for row in rows]))
    widths = _widths_m(lattice_of(atlas).projection.to_metres(inside))
    sliver_m = standard("grid_sliver_m", standards_of(atlas.place_folder)).value
    found = [
        (row, float(area_km2), float(width_m))
        for row, area_km2, width_m in zip(rows, areas, widths, strict=True)
        if area_km2 > 0
    ]
    return tuple(
        _fault(f"F{number}", *one, sliver_m)
        for number, one in enumerate(sorted(found, key=lambda one: -one[1]), start=1)
    )


def _fault(fault_id: str, row: Mapping[str, Any], area_km2: float, width_m: float, sliver_m: float) -> Fault:
    return Fault(
        fault_id=fault_id, kind=KIND_OF_RULE[row["rule"]], is_sliver=width_m < sliver_m,
        grid_id=row["subject_id"], name=row["subject_name"], other_id=row["other_id"], other_name=row["other_name"],
        area_km2=area_km2, width_m=width_m, lon=row["lon"], lat=row["lat"], geom=bytes(row["geom"]),
    )  # fmt: skip


def _read(shapes: Sequence[bytes]) -> Any:  # noqa: ANN401  (an array of shapes)
    return shapely.from_wkb(np.array(shapes, dtype=object))


def _inside_km2(atlas: Atlas, shapes: Any) -> tuple[Any, Any]:  # noqa: ANN401
    """The shapes cut to the place, and how large they are then."""
    boundary = place_boundary(atlas)
    shapely.prepare(boundary)
    reaches_out = ~shapely.covers(boundary, shapes)
    inside = shapes.copy()
    inside[reaches_out] = shapely.intersection(shapely.make_valid(shapes[reaches_out]), boundary)
    return inside, lattice_of(atlas).projection.area_km2(inside)


def _widths_m(shapes_m: Any) -> Any:  # noqa: ANN401
    """The width of each shape where it is widest."""
    widths = np.zeros(len(shapes_m))
    is_area = shapely.area(shapes_m) > 0
    circles = [shapely.maximum_inscribed_circle(shape, tolerance=0.5) for shape in _areas_of(shapes_m[is_area])]
    widths[is_area] = 2 * shapely.length(np.array(circles, dtype=object))
    return widths


def _areas_of(shapes: Any) -> Any:  # noqa: ANN401
    """Without the lines and points that a cut may leave."""
    return [
        shapely.union_all([part for part in shapely.get_parts(shape) if part.area > 0])
        if shape.geom_type == "GeometryCollection"
        else shape
        for shape in shapes
    ]
