"""The answer to a siting question: the sites in order of worth, what they bring, and how good a plan can be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from planning.siting.bays import serving_problem
from planning.siting.best_choice import best_choice
from planning.siting.question import years_of
from planning.siting.setting import setting
from planning.siting.site_order import FIRST_YEAR, Site, by_bays, in_order
from planning.siting.solver.cover_problem import CoverProblem, covered_weight, is_covered
from planning.siting.solver.effort import Effort
from planning.siting.solver.least_cost import least_cost
from planning.siting.solver.maximal_cover import CoverAnswer, most_covered
from planning.siting.solver.most_served import cheapest_as_good
from planning.siting.solver.sequence import in_years
from planning.siting.solver.worst_off import worst_off_first
from planning.siting.townships import candidates_by_township

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.siting.question import Measured, SitingQuestion
    from planning.siting.setting import Setting
    from planning.siting.solver.limits import Flags, Indices

_STEP_MIN = 10.0  # of the worst-off first
_SPARE_S = 5.0
_ALL = 1 - 1e-9


@dataclass(frozen=True)
class SitingAnswer:
    """Coverage in the unit of the question: of one measure its own, of a mix hundredths of the whole.

    For `bays` it is the drivers who find a bay, and not all who are near enough.
    `bound` is for `most` and `bays` the coverage that no plan can exceed, for `least_money` the yuan and for
    `corridors` the number of stations that none can go below; None where the plan goes over several years or by the
    longest way, of which `gap_pct` and `is_proven` tell.
    """

    setting: Setting
    sites: tuple[Site, ...]
    covered: float
    bound: float | None
    is_proven: bool
    gap_pct: float
    was_cut: bool
    took_s: float

    @property
    def question(self) -> SitingQuestion:
        return self.setting.question

    @property
    def chosen(self) -> Indices:
        return np.array(sorted(site.number for site in self.sites), dtype=np.int64)

    @property
    def cost_yuan(self) -> float:
        return sum(site.candidate.cost_yuan for site in self.sites)

    @property
    def covered_pct(self) -> float | None:
        return _pct(self.covered, self.setting.whole)

    @property
    def covered_before_pct(self) -> float | None:
        return _pct(self.setting.covered_before, self.setting.whole)

    @property
    def bound_pct(self) -> float | None:
        """What no plan can exceed, where that is what was asked."""
        asked = self.question.goal in {"most", "bays"} and self.bound is not None
        return _pct(self.bound or 0.0, self.setting.whole) if asked else None

    @cached_property
    def is_reached(self) -> Flags:
        """Of each demand whether it is covered, by what is open today or by the plan."""
        new = is_covered(self.setting.covers(), self.chosen)
        return np.asarray(self.setting.is_covered | new)

    def amount(self, measure: Measured, *, before: bool = False) -> float:
        """How much of a measure is covered."""
        reached = self.setting.is_covered if before else self.is_reached
        return float(self.setting.amounts[measure][reached].sum())

    def longest_min(self) -> tuple[float | None, float | None]:
        """The longest way of anyone counted, today and with the plan; None where somebody has no way at all."""
        cells = len(self.setting.before.cells)
        counts = self.setting.weight[:cells] > 0
        today = self.setting.before.reach.cost
        after = today.copy()
        if self.sites:
            rows = self.setting.minutes[self.chosen].tocoo()
            inside = rows.coords[1] < cells
            np.minimum.at(after, rows.coords[1][inside], rows.data[inside])
        has_way = counts & np.isfinite(today)
        return _longest(today[has_way]), _longest(after[has_way])


def answered(atlas: Atlas, question: SitingQuestion, effort: Effort | None = None) -> SitingAnswer:
    """The plan, with progress told on the way and an end at the time limit or at the user's stop."""
    laid, effort = setting(atlas, question), effort or Effort(seed=question.seed)
    problem, today = laid.problem(), laid.covered_before
    if question.goal == "least_money":
        return _least_money(laid, effort)
    if question.goal == "corridors":
        return _corridors(laid, effort)
    if question.goal == "worst_off":
        return _worst_off(laid, problem, effort)
    if question.goal == "bays":
        return _bays(laid, problem, effort)
    if question.later_budgets_yuan:
        return _in_years(laid, effort)
    found = most_covered(problem, effort)
    chosen = _cheapest_as_good(laid, problem, found, effort) if question.budget_yuan is None else found.chosen
    sites = in_order(laid, problem, chosen)
    return SitingAnswer(laid, sites, today + found.covered, today + found.bound, found.is_proven,
                        _gap_pct(today + found.covered, today + found.bound), found.was_cut, found.took_s)  # fmt: skip


def _cheapest_as_good(laid: Setting, problem: CoverProblem, found: CoverAnswer, effort: Effort) -> Indices:
    """Of all plans that cover as much the one that costs least, where that is found in a little time."""
    if effort.is_over() or not len(found.chosen):
        return found.chosen
    spare = Effort(min(effort.left_s, _SPARE_S), effort.seed, effort.stop)
    cheaper = least_cost(problem, laid.costs, found.covered, (), spare)
    as_good = cheaper.covered >= found.covered - problem.step
    return cheaper.chosen if as_good and cheaper.cost < float(laid.costs[found.chosen].sum()) else found.chosen


def _bays(laid: Setting, problem: CoverProblem, effort: Effort) -> SitingAnswer:
    found, today = best_choice(laid, effort), laid.covered_before
    chosen = found.chosen
    if laid.question.budget_yuan is None and len(found.chosen) and not effort.is_over():
        spare = Effort(min(effort.left_s, _SPARE_S), effort.seed, effort.stop)
        chosen = cheapest_as_good(serving_problem(laid, laid.limits()), laid.costs, found.chosen, spare)
    sites = by_bays(laid, in_order(laid, problem, chosen))
    return SitingAnswer(laid, sites, today + found.covered, today + found.bound, found.is_proven,
                        _gap_pct(today + found.covered, today + found.bound), found.was_cut, found.took_s)  # fmt: skip


def _corridors(laid: Setting, effort: Effort) -> SitingAnswer:
    """The fewest stations that leave no stretch without one ahead, of those that any candidate can serve."""
    problem = laid.problem(laid.wishes())
    target = covered_weight(problem, np.setdiff1d(np.arange(problem.sites), problem.forbidden))
    found = least_cost(problem, np.ones(problem.sites), target * _ALL, (), effort)
    return SitingAnswer(laid, in_order(laid, problem, found.chosen), laid.covered_before + found.covered, found.bound,
                        found.is_proven, found.gap_pct, found.was_cut, found.took_s)  # fmt: skip


def _least_money(laid: Setting, effort: Effort) -> SitingAnswer:
    """Only what is not covered yet has to be bought."""
    groups = list(candidates_by_township(laid).values()) if laid.question.each_township else []
    target = max(laid.whole * laid.question.share_pct / 100 - laid.covered_before, 0.0)
    problem = laid.problem(laid.wishes())
    found = least_cost(problem, laid.costs, target, groups, effort)
    return SitingAnswer(laid, in_order(laid, problem, found.chosen), laid.covered_before + found.covered, found.bound,
                        found.is_proven, found.gap_pct, found.was_cut, found.took_s)  # fmt: skip


def _worst_off(laid: Setting, problem: CoverProblem, effort: Effort) -> SitingAnswer:
    """Steps of ten minutes, from the longest way that any site could shorten down to the standard."""
    within = laid.question.within_min
    steps = np.arange(within, laid.minutes.data.max(initial=within) + _STEP_MIN, _STEP_MIN)
    asked = replace(problem, weight=laid.weight)
    found = worst_off_first(asked, laid.minutes, tuple(float(step) for step in steps), effort)
    sites = in_order(laid, problem, found.chosen)
    covered = laid.covered_before + sum(site.gain for site in sites)
    return SitingAnswer(laid, sites, covered, None, found.is_proven, 0.0, found.was_cut, found.took_s)


def _in_years(laid: Setting, effort: Effort) -> SitingAnswer:
    problem = laid.problem(laid.wishes())
    found = in_years(problem, laid.costs, years_of(laid.question).up_to_yuan, effort)
    sites: list[Site] = []
    done = laid.is_covered.copy()
    for year, opened in enumerate(found.opened, start=FIRST_YEAR):
        some = in_order(laid, problem, opened, year, done)
        done |= is_covered(problem.covers, opened)
        sites += [replace(site, rank=len(sites) + site.rank) for site in some]
    years = len(found.covered)
    covered, whole = laid.covered_before + found.covered[-1], laid.covered_before * years
    gap = _gap_pct(whole + found.over_all.covered, whole + found.over_all.bound)
    return SitingAnswer(laid, tuple(sites), covered, None, found.over_all.is_proven, gap, found.over_all.was_cut,
                        found.over_all.took_s)  # fmt: skip


def _gap_pct(value: float, bound: float) -> float:
    return max(0.0, 100.0 * (bound - value) / bound) if bound > 0 else 0.0


def _pct(value: float, whole: float) -> float | None:
    return 100.0 * value / whole if whole > 0 else None


def _longest(minutes: np.ndarray) -> float | None:
    return float(minutes.max()) if len(minutes) else None
