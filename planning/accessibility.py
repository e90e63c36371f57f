"""Accessibility 可达性 beyond the nearest station: how many bays there are for 100 trucks, by who else wants them.

The two-step floating catchment. First each station's bays are shared among all trucks that reach it within the
standard; then every cell adds up the shares of the stations that it reaches. Enhanced, what is farther away counts
less in both steps. Ledgers count drivers and no trucks, so a driver stands for so many trucks as the standard
`trucks_per_driver` says: one, unless a place says otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from scipy.sparse import csr_array

from etl.derived.grid_tree import Grid, GridTree
from planning.access import access_of, access_of_cells
from planning.cell_table import NOWHERE, cell_table
from planning.need import Need, fit, stations
from planning.network import network_of
from planning.reach_sets import reach_sets
from planning.standards import standard
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planning.atlas import Atlas
    from planning.cell_table import CellTable, Flags, Numbers
    from planning.need import Station
    from planning.standards import Standards

Decay: TypeAlias = Literal["none", "steps", "gaussian"]
_STEPS = ("near", "middle", "far")  # the thirds of a catchment


@dataclass(frozen=True)
class Accessibility:
    """Bays per 100 trucks of each cell.

    They are 0 where no station is within reach, and not a number where nobody is known to want those that are. They
    are a lower bound where a station within reach has no count of bays, or may fit for all its ledger says. They may be
    less where it is shared with cells whose drivers are unknown; and near the border, since drivers who live beyond it
    stand in no ledger.
    """

    decay: Decay
    within: float
    stations: tuple[Station, ...]  # that fit or may fit
    cells: CellTable
    trucks: Numbers  # of each cell, as far as known
    bays_per_100_trucks: Numbers
    is_lower_bound: Flags
    may_be_less: Flags

    @property
    def whole(self) -> float | None:
        """Of the place: the mean over its trucks."""
        return _mean(self.trucks.sum(), _amounts(self).sum())


@dataclass(frozen=True)
class GridAccessibility:
    """Of the trucks of one grid with all below it; None where none is known."""

    grid_id: str
    name: str
    level: int | None
    trucks: float
    bays_per_100_trucks: float | None
    is_lower_bound: bool
    may_be_less: bool


def accessibility(
    atlas: Atlas, need: Need | None = None, within: float | None = None, decay: Decay = "none"
) -> Accessibility:
    """The bays within reach of each cell, at stations that fit a need."""
    need, standards, cells = need or Need(), standards_of(atlas.place_folder), cell_table(atlas)
    within = standard("coverage_min", standards).value if within is None else within
    known = access_of(atlas, "stations")
    place = {station_id: number for number, station_id in enumerate(known.thing_ids)}
    judged = [(one, fit(one, need)) for one in stations(atlas) if one.station_id in place]
    some = tuple(one for one, answer in judged if answer != "no")
    chosen = np.array([place[one.station_id] for one in some], dtype=np.int64)
    costs = reach_sets(
        network_of(atlas, need.travel, standards), known.access.of(chosen), access_of_cells(atlas), within
    )
    is_sure = np.array([answer == "yes" for _, answer in judged if answer != "no"], dtype=np.bool_)
    bays = np.array([np.nan if one.bays is None else one.bays for one in some], dtype=np.float64)
    trucks = np.nan_to_num(cells.drivers) * standard("trucks_per_driver", standards).value
    weights = weighted(costs, within, decay, standards)
    unsure = ~is_sure | np.isnan(bays)
    crowded = (_reached(costs) @ (cells.is_drivers_partly_unknown | np.isnan(cells.drivers)).astype(np.float64)) > 0
    return Accessibility(
        decay=decay,
        within=within,
        stations=some,
        cells=cells,
        trucks=trucks,
        bays_per_100_trucks=100 * floating_catchment(weights, np.where(unsure, 0.0, bays), trucks),
        is_lower_bound=_reach_any(costs, unsure),
        may_be_less=_reach_any(costs, crowded & ~unsure),
    )


def weighted(costs: csr_array, within: float, decay: Decay, standards: Standards | None = None) -> csr_array:
    """How much each pair of station and cell counts."""
    return csr_array((_weights(costs.data, within, decay, standards), costs.indices, costs.indptr), shape=costs.shape)


def floating_catchment(weights: csr_array, supply: Numbers, demand: Numbers) -> Numbers:
    """What there is for each unit of demand; not a number where nobody wants what there is."""
    wanted = weights @ demand
    share = np.divide(supply, wanted, out=np.full(len(supply), np.nan), where=wanted > 0)
    found: Numbers = weights.T @ np.nan_to_num(share)
    found[_reach_any(weights, (supply > 0) & (wanted <= 0))] = np.nan
    return found


def accessibility_by_grid(atlas: Atlas, found: Accessibility) -> list[GridAccessibility]:
    """Every grid with the cells of all grids below it."""
    rows = atlas.query("grid_posts").to_pylist()
    tree = GridTree({row["grid_id"]: Grid(row["grid_id"], row["name"], row["level"], row["parent_id"]) for row in rows})
    sums = {row["grid_id"]: np.zeros(4) for row in rows}
    for grid_id, own in _by_leaf(found).items():
        for above in tree.line_up(grid_id):
            sums[above] += own
    return [_of_grid(tree.grids[grid_id], total) for grid_id, total in sums.items()]


def accessibility_as_rows(found: list[GridAccessibility]) -> list[dict[str, Any]]:
    """One row per grid, as programs read it."""
    return [
        {
            "grid_id": one.grid_id,
            "name": one.name,
            "level": one.level,
            "trucks": one.trucks,
            "bays_per_100_trucks": one.bays_per_100_trucks,
            "is_lower_bound": one.is_lower_bound,
            "may_be_less": one.may_be_less,
        }
        for one in found
    ]


def _weights(cost: Numbers, within: float, decay: Decay, standards: Standards | None) -> Numbers:
    share = cost / within if within > 0 else np.zeros(len(cost))
    if decay == "steps":
        steps = [standard(f"catchment_{step}_share", standards).value for step in _STEPS]
        return np.select([share <= 1 / 3, share <= 2 / 3], steps[:2], steps[2])
    if decay == "gaussian":  # 1 at the station, and 0 where the catchment ends
        falling: Numbers = (np.exp(-(share**2) / 2) - np.exp(-0.5)) / (1 - np.exp(-0.5))
        return np.maximum(falling, 0.0)
    return np.ones(len(cost))


def _reached(costs: csr_array) -> csr_array:
    return csr_array((np.ones(costs.nnz), costs.indices, costs.indptr), shape=costs.shape)


def _reach_any(costs: csr_array, of_stations: Flags) -> Flags:
    """Of each cell whether one of some stations is within reach."""
    return np.asarray(_reached(costs).T @ of_stations.astype(np.float64) > 0)


def _amounts(found: Accessibility) -> Numbers:
    amounts: Numbers = np.nan_to_num(found.trucks * found.bays_per_100_trucks)
    return amounts


def _by_leaf(found: Accessibility) -> Mapping[str, Numbers]:
    """Trucks, what they have, and the cells whose number is a lower bound or may be less."""
    held = np.flatnonzero(found.cells.grid != NOWHERE)
    lived_in = found.trucks > 0
    columns = (found.trucks, _amounts(found), found.is_lower_bound & lived_in, found.may_be_less & lived_in)
    sums = np.zeros((len(found.cells.grid_ids), len(columns)))
    for place, column in enumerate(columns):
        np.add.at(sums[:, place], found.cells.grid[held], np.asarray(column, dtype=np.float64)[held])
    return dict(zip(found.cells.grid_ids, sums, strict=True))


def _of_grid(grid: Grid, total: Numbers) -> GridAccessibility:
    trucks, amount, bounds, less = total.tolist()
    return GridAccessibility(grid.grid_id, grid.name, grid.level, trucks, _mean(trucks, amount), bounds > 0, less > 0)


def _mean(trucks: float, amount: float) -> float | None:
    return amount / trucks if trucks > 0 else None
