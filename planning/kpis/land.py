"""治理: land of the place for which nobody answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.grids import grids_of
from planning.grids.fault_rows import faults_as_features
from planning.grids.land import grid_faults
from planning.kind_counts import kind_counts
from planning.kpis.definition import Definition
from planning.kpis.figure import UNKNOWN, Figure, FigurePart
from wording import mark, say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.features import Features
    from planning.grids.land import Fault

_PARTS = {"holes": mark("holes between grids"), "slivers": mark("slits of drawing, not counted")}


def _holes(atlas: Atlas, *, is_sliver: bool) -> list[Fault]:
    return [fault for fault in grid_faults(atlas) if fault.kind == "hole" and fault.is_sliver is is_sliver]


def _ownerless_km2(atlas: Atlas) -> Figure:
    if not kind_counts(atlas).get("grids"):
        return UNKNOWN
    holes, slivers = (
        sum((fault.area_km2 for fault in _holes(atlas, is_sliver=is_sliver)), 0.0) for is_sliver in (False, True)
    )
    return Figure(holes, parts=(FigurePart("holes", holes), FigurePart("slivers", slivers)))


def _rows(atlas: Atlas) -> Features:
    """Each hole that is counted, with the grid around it and who answers for that."""
    return faults_as_features(atlas, grids_of(atlas).holes)


LAND = (
    Definition(
        name="ownerless_km2",
        group="governance",
        label=mark("Land without a grid"),
        unit="km²",
        sentence=mark("Land of the place that no grid of the lowest level covers, so nobody answers for it."),
        count=_ownerless_km2,
        noun="grid_faults",
        rows_apart=_rows,
        part_word=lambda code: say(_PARTS[code]),
        part_unit="km²",
        decimals=2,
        needs=("grids",),
        standards=("grid_sliver_m",),
    ),
)
