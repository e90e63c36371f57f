"""How firm a plan is: how often each site is chosen when demand, costs and speeds are a little other than thought."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planning.siting.bays import serving_problem
from planning.siting.solver.cover_problem import CoverProblem, covered_weight
from planning.siting.solver.effort import Effort
from planning.siting.solver.least_cost import least_cost
from planning.siting.solver.limits import at_most_sites, within_budget
from planning.siting.solver.maximal_cover import most_covered
from planning.siting.solver.most_served import most_served
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import Refusal

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer
    from planning.siting.setting import Setting
    from planning.siting.solver.limits import Indices, Numbers

TRIALS = 100


@dataclass(frozen=True)
class Firmness:
    """Of so many trials, how often each candidate was chosen; `ranges` says in what shares things were varied."""

    trials: int
    times: dict[int, int]
    ranges: dict[str, float]
    firm_share: float

    def share(self, number: int) -> float | None:
        return self.times.get(number, 0) / self.trials if self.trials else None

    def is_firm(self, number: int) -> bool:
        return (self.share(number) or 0.0) >= self.firm_share


def firmness(answer: SitingAnswer, trials: int = TRIALS, effort: Effort | None = None) -> Firmness:
    """Each trial draws the demand of each cell, the cost of each site, and one speed for all roads."""
    effort = effort or Effort(time_limit_s=60.0, seed=answer.question.seed)
    laid = answer.setting
    standards = standards_of(laid.atlas.place_folder)
    ranges = {name: standard(f"siting_vary_{name}_share", standards).value for name in ("demand", "cost", "speed")}
    dice = np.random.default_rng(effort.seed)
    times: dict[int, int] = {}
    done = 0
    for done in range(1, trials + 1):
        for number in _trial(laid, ranges, dice, Effort(max(effort.left_s / (trials - done + 1), 0.2), effort.seed)):
            times[int(number)] = times.get(int(number), 0) + 1
        effort.tell(float(done), float(trials))
        if effort.is_over():
            break
    return Firmness(done, times, ranges, standard("siting_firm_share", standards).value)


def _trial(laid: Setting, ranges: dict[str, float], dice: np.random.Generator, effort: Effort) -> Indices:
    question = laid.question
    own = laid.problem(laid.wishes())
    demand = laid.weight * _drawn(dice, ranges["demand"], len(laid.weight))
    costs = laid.costs * _drawn(dice, ranges["cost"], len(laid.costs))
    within = question.within_min * float(_drawn(dice, ranges["speed"], 1)[0])
    limits = own.limits
    if question.budget_yuan is not None:
        budget = question.budget_yuan + sum(question.later_budgets_yuan)
        limits = within_budget(costs, max(budget, float(costs[own.required].sum()))) & limits
    if question.new is not None and question.goal in {"most", "bays", "worst_off"}:
        limits = at_most_sites(question.new, len(costs)) & limits
    if question.goal == "bays":
        return most_served(serving_problem(laid, limits, within, demand), effort).chosen
    left = np.where(laid.is_covered, 0.0, demand)
    asked = CoverProblem(laid.covers(within), left, limits, own.required, own.forbidden)
    if question.goal == "corridors":
        return _fewest(asked, effort)
    if question.goal == "least_money":
        return _cheapest(laid, asked, costs, effort)
    return most_covered(asked, effort).chosen


def _fewest(asked: CoverProblem, effort: Effort) -> Indices:
    everywhere = np.setdiff1d(np.arange(asked.sites), asked.forbidden)
    return least_cost(asked, np.ones(asked.sites), covered_weight(asked, everywhere) * 0.9999, (), effort).chosen


def _cheapest(laid: Setting, asked: CoverProblem, costs: Numbers, effort: Effort) -> Indices:
    target = asked.whole - (1 - laid.question.share_pct / 100) * laid.whole
    try:
        return least_cost(asked, costs, max(target, 0.0), (), effort).chosen
    except Refusal:  # this draw leaves no way to the share
        return np.zeros(0, dtype=np.int64)


def _drawn(dice: np.random.Generator, share: float, count: int) -> Numbers:
    return dice.uniform(1 - share, 1 + share, count)
