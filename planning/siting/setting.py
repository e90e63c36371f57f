"""A question laid onto a snapshot: who has no station yet, which candidate would reach whom, and under what limits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array, hstack

from planning.access import access_of_cells, on_edges
from planning.cell_table import NOWHERE
from planning.coverage import Coverage, coverage
from planning.network import network_of
from planning.reach_sets import reach_sets
from planning.siting.bays import open_stations, serving_problem
from planning.siting.candidates import Candidates, candidates
from planning.siting.observed import observed
from planning.siting.solver.cover_problem import CoverProblem, no_sites
from planning.siting.solver.limits import (
    Limits,
    at_most_of_each,
    at_most_sites,
    no_limits,
    one_of_each_pair,
    within_budget,
)
from planning.siting.solver.most_served import served
from planning.siting.spacing_demand import SpacingDemand, spacing_demand
from planning.snapshot_cache import SnapshotCache
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planning.atlas import Atlas
    from planning.cell_table import CellTable, Flags, Numbers, Places
    from planning.driving import Bin
    from planning.siting.question import Measured, SitingQuestion
    from planning.siting.solver.serving_problem import ServingProblem

_SETTINGS_HELD = 6


@dataclass(frozen=True)
class Setting:
    """Demand is the cells, then the pieces of road that trucks are counted on, then the stretches of a spacing rule.

    `minutes` leads from cells and pieces to sites.
    """

    atlas: Atlas
    question: SitingQuestion
    before: Coverage
    candidates: Candidates
    minutes: csr_array  # candidates by demand, as far as the widest that a variation asks for
    amounts: Mapping[Measured, Numbers]  # of each demand
    is_covered: Flags  # of each demand, by what is open today
    spacing: SpacingDemand | None = None

    @cached_property
    def totals(self) -> dict[Measured, float]:
        return {name: float(amount.sum()) for name, amount in self.amounts.items()}

    @cached_property
    def weight(self) -> Numbers:
        """One measure counts as it is; several count by their shares of the whole, in hundredths."""
        mix = self.question.weights
        if len(mix) == 1:
            return self.amounts[next(iter(mix))]
        whole = sum(mix.values())
        parts = [
            100 * share / whole * self.amounts[name] / self.totals[name]
            for name, share in mix.items()
            if self.totals[name] > 0
        ]
        return np.sum(parts, axis=0) if parts else np.zeros(len(self.is_covered))

    @property
    def whole(self) -> float:
        return float(self.weight.sum())

    @cached_property
    def open_stations(self) -> tuple[csr_array, Numbers]:
        """Minutes and bays of the stations that fit today: asked for often, searched for once."""
        return open_stations(self)

    @cached_property
    def room(self) -> ServingProblem:
        """Who finds a bay, whatever is opened."""
        return serving_problem(self, self.wishes()).merged()

    @cached_property
    def covered_before(self) -> float:
        if self.question.goal == "bays":
            return served(self.room, no_sites())
        return float(self.weight[self.is_covered].sum())

    @property
    def costs(self) -> Numbers:
        return np.array([row.cost_yuan for row in self.candidates.rows], dtype=np.float64)

    def covers(self, within_min: float | None = None) -> csr_array:
        """Which candidate covers what of the demand that nothing covers yet."""
        within = self.question.within_min if within_min is None else within_min
        entries = self.minutes.tocoo()
        row, column = entries.coords
        kept = (entries.data <= within) & ~self.is_covered[column]
        covers = csr_array((np.ones(int(kept.sum())), (row[kept], column[kept])), shape=self.minutes.shape)
        if self.spacing is None:
            return covers
        ahead = self.spacing.served_by * np.where(self.spacing.is_served, 0.0, 1.0)
        ahead.eliminate_zeros()
        return csr_array(hstack([covers, ahead], format="csr"))

    def problem(self, limits: Limits | None = None) -> CoverProblem:
        """What to cover most of, under the limits of the question unless others are given."""
        required, forbidden = self.hands()
        return CoverProblem(
            self.covers(), np.where(self.is_covered, 0.0, self.weight), self.limits() if limits is None else limits,
            required, forbidden,
        )  # fmt: skip

    def limits(self, new: int | None = None, budget_yuan: float | None = None) -> Limits:
        """Number and money, as asked or as given here; and where sites may not lie together."""
        question, sites = self.question, len(self.candidates.rows)
        new = question.new if new is None else new
        budget_yuan = question.budget_yuan if budget_yuan is None else budget_yuan
        found = self.wishes()
        if budget_yuan is not None:
            found = within_budget(self.costs, budget_yuan) & found
        if new is not None:
            found = at_most_sites(new, sites) & found
        return found

    def wishes(self) -> Limits:
        """Minimum distance, and at most so many in a grid."""
        question, rows = self.question, self.candidates.rows
        found = no_limits(len(rows))
        if question.apart_km > 0:
            found = found & one_of_each_pair(self._near_pairs(question.apart_km), len(rows))
        if question.per_grid is not None:
            found = found & at_most_of_each(list(self.by_grid.values()), question.per_grid, len(rows))
        return found

    @cached_property
    def by_grid(self) -> dict[str, list[int]]:
        """The candidates of each smallest grid."""
        cells, found = self.before.cells, dict[str, list[int]]()
        for number, row in enumerate(self.candidates.rows):
            grid = int(cells.grid[row.cell]) if row.cell != NOWHERE else NOWHERE
            if grid != NOWHERE:
                found.setdefault(cells.grid_ids[grid], []).append(number)
        return found

    def _near_pairs(self, apart_km: float) -> Places:
        from scipy.spatial import cKDTree  # noqa: PLC0415

        rows = self.candidates.rows
        lon, lat = (np.array([getattr(row, axis) for row in rows]) for axis in ("lon", "lat"))
        x_m, y_m = self.before.cells.lattice.projection.forward(lon, lat)
        tree = cKDTree(np.column_stack([x_m, y_m]))
        pairs: Places = tree.query_pairs(apart_km * 1000, output_type="ndarray").astype(np.int64)
        return pairs

    def hands(self) -> tuple[Places, Places]:
        """The candidates that must be in, and those that must not."""
        place = self.candidates.number_of()
        unknown = [one for one in (*self.question.required, *self.question.forbidden) if one not in place]
        if unknown:
            raise Refusal(
                "There is no candidate “{names}” in this question. Take it out of the sites that are required or "
                "forbidden, or allow its kind.",
                names=", ".join(unknown),
            )
        required, forbidden = (
            np.array([place[one] for one in ids], dtype=np.int64)
            for ids in (self.question.required, self.question.forbidden)
        )
        return required, forbidden


_settings: SnapshotCache[Setting] = SnapshotCache(_SETTINGS_HELD)


def setting(atlas: Atlas, question: SitingQuestion) -> Setting:
    """The question on the snapshot, worked out once for what of it decides who is reached by whom."""
    sign = f"{standards_of(atlas.place_folder).sign} {question.sign}"
    return _settings.get(atlas.path, sign, lambda: _laid(atlas, question.checked()))


def _laid(atlas: Atlas, question: SitingQuestion) -> Setting:
    before = coverage(atlas, question.need, question.within_min)
    edges = np.unique(before.traffic.edge)
    amounts = _amounts(atlas, before, edges)
    is_covered = np.concatenate([before.is_covered, before.reach.edge_cost[edges] <= question.within_min])
    missing = np.zeros(len(before.cells))
    for name in [one for one in question.weights if one in amounts]:
        total = float(amounts[name].sum())
        missing += amounts[name][: len(before.cells)] / total if total > 0 else 0.0
    # Who is near a station may still find no bay there, or no other one for many km.
    is_done = before.is_covered & (question.goal != "bays" and question.rule == "minutes")
    open_land = np.where(is_done, 0.0, missing + 1e-12 * before.cells.area_km2)
    found = candidates(atlas, question, open_land)
    if not found.rows:
        raise Refusal("There is no candidate: no resource, no station to upgrade and no free land. Allow more kinds.")
    widest = question.within_min * (1 + standard("siting_vary_speed_share", standards_of(atlas.place_folder)).value)
    if question.goal == "worst_off":
        widest = max(widest, 4 * question.within_min)
    network = network_of(atlas, question.need.travel, standards_of(atlas.place_folder))
    minutes = hstack(
        [reach_sets(network, found.access, from_, widest) for from_ in (access_of_cells(atlas), on_edges(edges))]
    )
    spacing = spacing_demand(atlas, question, found.access)
    if spacing is not None:
        none = np.zeros(len(spacing.length_km))
        amounts = {name: np.concatenate([amount, none]) for name, amount in amounts.items()}
        amounts["corridor_km"] = np.concatenate([np.zeros(len(is_covered)), spacing.length_km])
        is_covered = np.concatenate([is_covered, spacing.is_served])
    return Setting(atlas, question, before, found, csr_array(minutes), amounts, is_covered, spacing)


def _amounts(atlas: Atlas, before: Coverage, edges: Places) -> dict[Measured, Numbers]:
    """What each demand holds of each measure; what is unknown counts as nothing, and the totals say so elsewhere."""
    cells = before.cells
    none, nowhere = np.zeros(len(edges)), np.zeros(len(cells))
    traffic = np.bincount(
        np.searchsorted(edges, before.traffic.edge), weights=before.traffic.truck_km_per_day, minlength=len(edges)
    )
    rows = atlas.query("open_requests_at")
    at = cells.at(rows.column("lon").to_numpy(), rows.column("lat").to_numpy())
    requests = np.bincount(at[at != NOWHERE], minlength=len(cells)).astype(np.float64)
    by_cell: Sequence[tuple[Measured, Numbers]] = (
        ("drivers", np.nan_to_num(cells.drivers)), ("people", np.nan_to_num(cells.people)), ("requests", requests),
    )  # fmt: skip
    found: dict[Measured, Numbers] = {name: np.concatenate([amount, none]) for name, amount in by_cell}
    for name, seen in observed(atlas).items():
        found[name] = np.concatenate([_laid_onto_cells(cells, seen), none])
    found["truck_km_per_day"] = np.concatenate([nowhere, traffic])
    return found


def _laid_onto_cells(cells: CellTable, seen: Sequence[Bin]) -> Numbers:
    """So often a day in each cell."""
    at = cells.at(np.array([one.lon for one in seen]), np.array([one.lat for one in seen]))
    per_day = np.array([one.per_day for one in seen], dtype=np.float64)
    return np.bincount(at[at != NOWHERE], weights=per_day[at != NOWHERE], minlength=len(cells)).astype(np.float64)
