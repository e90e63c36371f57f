"""The sites of a plan in the order of worth, each with what it adds and what would be lost without it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from planning.siting.best_choice import finding_a_bay

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planning.siting.candidates import Candidate
    from planning.siting.question import Measured
    from planning.siting.setting import Setting
    from planning.siting.solver.cover_problem import CoverProblem
    from planning.siting.solver.limits import Flags, Indices

FIRST_YEAR = 1


@dataclass(frozen=True)
class Site:
    """One site of a plan; `gains` is what it adds after those before it, `only` what would be lost without it."""

    rank: int
    number: int  # among the candidates
    candidate: Candidate
    year: int
    gains: dict[Measured, float]
    gain: float
    only: float


def in_order(
    laid: Setting, problem: CoverProblem, chosen: Indices, year: int = FIRST_YEAR, before: Flags | None = None
) -> tuple[Site, ...]:
    """The chosen sites, each time the one that adds most."""
    done = laid.is_covered.copy() if before is None else before.copy()
    covers = {int(site): _of(problem, int(site)) for site in chosen}
    times = np.zeros(len(done), dtype=np.int32)
    for demand in covers.values():
        times[demand] += 1
    ordered: list[Site] = []
    while covers:
        gains = {site: float(laid.weight[demand[~done[demand]]].sum()) for site, demand in covers.items()}
        best = max(gains, key=lambda site: (gains[site], -site))
        demand = covers.pop(best)
        new = demand[~done[demand]]
        only = demand[(times[demand] == 1) & ~laid.is_covered[demand]]
        done[demand] = True
        ordered.append(Site(
            len(ordered) + 1, best, laid.candidates.rows[best], year,
            {name: float(amount[new].sum()) for name, amount in laid.amounts.items()},
            gains[best], float(laid.weight[only].sum()),
        ))  # fmt: skip
    return tuple(ordered)


def by_bays(laid: Setting, sites: tuple[Site, ...]) -> tuple[Site, ...]:
    """Each time the site that gives most further drivers a bay; drivers may turn from one site to another."""
    left, done, value = list(sites), list[Site](), laid.covered_before
    everyone = finding_a_bay(laid, _numbers(left))
    while left:
        worth = [finding_a_bay(laid, _numbers([*done, one])) for one in left]
        best = max(range(len(left)), key=lambda place: worth[place])
        site = left.pop(best)
        without = finding_a_bay(laid, _numbers([*done, *left]))
        done.append(replace(site, rank=len(done) + 1, gain=worth[best] - value, only=everyone - without))
        value = worth[best]
    return tuple(done)


def _numbers(sites: Sequence[Site]) -> Indices:
    return np.array(sorted(site.number for site in sites), dtype=np.int64)


def _of(problem: CoverProblem, site: int) -> Indices:
    demand: Indices = problem.covers.indices[problem.covers.indptr[site] : problem.covers.indptr[site + 1]]
    return demand
