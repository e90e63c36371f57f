"""覆盖: who has an open station within the standard, and where it is worst."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from planning.coverage import coverage
from planning.coverage_by_grid import covered_drivers
from planning.features import KEY, features
from planning.gap_features import gap_features
from planning.gap_owner import posts_of
from planning.gaps import gaps
from planning.kpis.definition import Definition
from planning.kpis.figure import UNKNOWN, Figure, FigurePart
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import mark, say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.features import Features

_STANDARD = "coverage_min"
_OF_A_HUNDRED = 95
_PARTS = {
    "covered": mark("drivers within the standard"),
    "uncovered": mark("drivers beyond it"),
    "without_way": mark("drivers without a way to a station"),
    "gaps": mark("coverage gaps"),
    "grids": mark("grids that were compared"),
}


def _covered_pct(atlas: Atlas) -> Figure:
    found = coverage(atlas)
    share = found.shares["drivers"]
    if share.pct is None:
        return UNKNOWN
    parts = (
        FigurePart("covered", share.covered, share.is_lower_bound),
        FigurePart("uncovered", share.uncovered, share.is_total_lower_bound),
        FigurePart("gaps", float(len(gaps(atlas, found)))),
    )
    return Figure(share.pct, share.is_lower_bound, parts)


def _longest_min(atlas: Atlas) -> Figure:
    found = coverage(atlas)
    has_way = np.isfinite(found.reach.cost)
    without_way = float(np.nan_to_num(found.cells.drivers[~has_way]).sum())
    value = found.longest(_OF_A_HUNDRED)
    return UNKNOWN if value is None else Figure(value, parts=(FigurePart("without_way", without_way),))


def _worst_grid_pct(atlas: Atlas) -> Figure:
    """Of grids with too few drivers to be named nothing is said."""
    fewest = standard("k_anonymity", standards_of(atlas.place_folder)).value
    found = covered_drivers(coverage(atlas))
    compared = {grid_id: one for grid_id, one in found.items() if one.drivers >= fewest}
    if not compared:
        return UNKNOWN
    worst = min(compared, key=lambda grid_id: (compared[grid_id].covered / compared[grid_id].drivers, grid_id))
    one = compared[worst]
    facts = {"grid": posts_of(atlas)[worst].name}
    parts = (FigurePart("grids", float(len(compared))),)
    return Figure(one.pct, one.possible > one.covered, parts, facts)


def _gaps(atlas: Atlas) -> Features:
    found = coverage(atlas)
    return gap_features(atlas, found, gaps(atlas, found))


def _compared_grids(atlas: Atlas) -> Features:
    """The grids that hold cells by themselves."""
    held = set(coverage(atlas).cells.grid_ids)
    rows = features(atlas, "grids")
    is_compared = pa.array([grid_id in held for grid_id in rows.table.column(KEY).to_pylist()], pa.bool_())
    return replace(rows, table=rows.table.filter(is_compared))


COVERAGE = (
    Definition(
        name="covered_drivers_pct",
        group="coverage",
        label=mark("Drivers covered"),
        unit="%",
        sentence=mark(
            "Share of the known drivers who live within the standard's minutes of an open station, by truck on the "
            "roads of the place."
        ),
        count=_covered_pct,
        rows_apart=_gaps,
        part_word=lambda code: say(_PARTS[code]),
        part_unit="",
        decimals=1,
        needs=("stations", "routes"),
        adds=("stations",),
        standards=(_STANDARD,),
    ),
    Definition(
        name="longest_minutes_p95",
        group="coverage",
        label=mark("95 % of drivers within"),
        unit=mark("min"),
        sentence=mark(
            "Of the drivers who have a way to an open station, 95 of 100 have no farther to the nearest one than this."
        ),
        count=_longest_min,
        rows_apart=_gaps,
        part_word=lambda code: say(_PARTS[code]),
        part_unit=mark("persons"),
        needs=("stations", "routes"),
        standards=(_STANDARD,),
    ),
    Definition(
        name="worst_grid_covered_pct",
        group="coverage",
        label=mark("Worst grid: drivers covered"),
        unit="%",
        sentence=mark("Share of covered drivers in {grid}, the grid where it is smallest."),
        count=_worst_grid_pct,
        rows_apart=_compared_grids,
        part_word=lambda code: say(_PARTS[code]),
        part_unit=mark("grids"),
        decimals=1,
        needs=("stations", "routes", "grids"),
        adds=("stations",),
        standards=(_STANDARD, "k_anonymity"),
        facts=("grid",),
    ),
)
