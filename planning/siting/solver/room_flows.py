"""Demand as flows: each pair of a site and what it reaches carries a share of it, as far as there is room."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array, vstack

from planning.siting.solver.effort import Effort
from planning.siting.solver.limits import Indices, Numbers
from planning.siting.solver.program import Program, minimised
from planning.siting.solver.serving_problem import ServingProblem

# Up to so many pairs of site and demand each is told by itself that a closed site serves nobody: a tighter bound.
_MOST_TIGHT_PAIRS = 300_000


@dataclass(frozen=True)
class Served:
    """How much finds room, and what of each demand does not."""

    value: float
    unserved: Numbers


@dataclass(frozen=True)
class Flows:
    """The pairs of some sites, then of the stations of today, with the demand that they reach."""

    problem: ServingProblem
    sites: Indices

    @cached_property
    def pairs(self) -> tuple[Indices, Indices]:
        """Row (sites first, then stations) and demand of each pair."""
        rows = vstack([self.problem.reach[self.sites], self.problem.today], format="csr").tocoo()
        return rows.coords[0].astype(np.int64), rows.coords[1].astype(np.int64)

    @property
    def most(self) -> float:
        """All that any of them reaches."""
        return float(self.problem.amount[np.unique(self.pairs[1])].sum())

    def program(self) -> Program:
        """A column for each site, then the share of a demand that each pair serves."""
        sites, limits = len(self.sites), self.problem.limits
        row, demand = self.pairs
        columns = sites + len(row)
        share = sites + np.arange(len(row))
        each_once = _rows(demand, share, np.ones(len(row)), (len(self.problem.amount), columns))
        room = np.concatenate([self.problem.room[self.sites], self.problem.today_room])
        full = np.maximum(room, 1e-9)
        within = _rows(row, share, self.problem.amount[demand] / full[row], (len(room), columns))
        opened = _rows(np.arange(sites), np.arange(sites), -np.ones(sites), (len(room), columns))
        use = limits.use[:, self.sites].tocoo()
        limited = _rows(use.coords[0], use.coords[1], use.data, (limits.use.shape[0], columns))
        asked = np.flatnonzero(np.isin(self.sites, self.problem.required))
        must = _rows(np.arange(len(asked)), asked, -np.ones(len(asked)), (len(asked), columns))
        tight = self._closed_serves_nobody(columns)
        is_today = np.arange(len(room)) >= sites
        upper = [
            np.ones(each_once.shape[0]), np.where(is_today, np.where(room > 0, 1.0, 0.0), 0.0), limits.at_most,
            -np.ones(len(asked)), np.zeros(tight.shape[0]),
        ]  # fmt: skip
        rows = csr_array(vstack([each_once, within + opened, limited, must, tight], format="csr"))
        cost = np.concatenate([np.zeros(sites), -self.problem.amount[demand]])
        return Program(cost, rows, np.full(rows.shape[0], -np.inf), np.concatenate(upper), sites, self.problem.step)

    def solved(self) -> Served:
        """With all of these sites open: how much finds room, and who does not."""
        sites = len(self.sites)
        row, demand = self.pairs
        program, amount = self.program(), self.problem.amount
        rows = csr_array(program.rows[:, sites:])
        upper = program.upper - np.minimum(program.rows[:, :sites].sum(axis=1), 0.0)
        kept = np.flatnonzero(np.diff(rows.indptr) > 0)
        if not len(row):
            return Served(0.0, amount.copy())
        found = minimised(
            Program(program.cost[sites:], csr_array(rows[kept]), program.lower[kept], upper[kept], 0, program.step),
            Effort(),
        )
        if found.columns is None:
            raise RuntimeError("A flow that may as well be nothing was not found.")
        shares = np.clip(found.columns, 0.0, 1.0)
        flowing = np.bincount(demand, weights=shares * amount[demand], minlength=len(amount))
        return Served(float(flowing.sum()), np.maximum(amount - flowing, 0.0))

    def _closed_serves_nobody(self, columns: int) -> csr_array:
        row, demand = self.pairs
        sites = len(self.sites)
        amount, room = (
            self.problem.amount[demand],
            np.concatenate([self.problem.room[self.sites], self.problem.today_room]),
        )
        told = np.flatnonzero((row < sites) & (amount < room[row]))
        if len(told) > _MOST_TIGHT_PAIRS:
            return csr_array((0, columns))
        each = np.arange(len(told))
        flows = _rows(each, sites + told, np.ones(len(told)), (len(told), columns))
        return csr_array(flows - _rows(each, row[told], np.ones(len(told)), (len(told), columns)))


def _rows(row: Indices, column: Indices, data: Numbers, shape: tuple[int, int]) -> csr_array:
    return csr_array((data, (row, column)), shape=shape)
