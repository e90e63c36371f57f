"""What each further station, or each further step of money, would buy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planning.siting.best_choice import best_choice
from planning.siting.solver.effort import Effort
from planning.siting.solver.limits import Limits, at_most_sites, within_budget

if TYPE_CHECKING:
    from planning.siting.setting import Setting

_STEPS = 10
_BEYOND = 1.6  # of what was asked for, so that the end of the curve is seen


@dataclass(frozen=True)
class Point:
    """The best that so many stations, or so much money, can cover; no plan exceeds `bound_pct`."""

    new: int | None
    budget_yuan: float | None
    stations: int
    cost_yuan: float
    covered_pct: float
    bound_pct: float
    is_proven: bool


def frontier(laid: Setting, effort: Effort | None = None, steps: int = _STEPS) -> list[Point]:
    """From nothing to more than was asked for; every step has the same share of the time."""
    effort = effort or Effort(time_limit_s=30.0)
    if laid.whole <= 0:
        return []
    asked = _asked(laid, steps)
    points = []
    for place, (new, budget) in enumerate(asked):
        share = Effort(effort.left_s / (len(asked) - place), effort.seed, effort.stop)
        found = best_choice(laid, share, _limits(laid, new, budget))
        covered, bound = (100 * (laid.covered_before + one) / laid.whole for one in (found.covered, found.bound))
        cost = float(laid.costs[found.chosen].sum())
        points.append(Point(new, budget, len(found.chosen), cost, covered, bound, found.is_proven))
        if effort.stop.is_set():
            break
    return points


def _asked(laid: Setting, steps: int) -> list[tuple[int | None, float | None]]:
    question, most = laid.question, len(laid.candidates.rows)
    if question.budget_yuan is not None:
        whole = question.budget_yuan + sum(question.later_budgets_yuan)
        least = float(laid.costs[_required(laid)].sum())
        return [(None, float(max(one, least))) for one in np.linspace(0, whole * _BEYOND, steps + 1)]
    last = min(most, max(steps, round((question.new or 0) * _BEYOND)))
    first = len(_required(laid))
    numbers = np.unique(np.linspace(first, max(last, first), min(steps, last - first) + 1).round().astype(int))
    return [(int(one), None) for one in numbers]


def _limits(laid: Setting, new: int | None, budget_yuan: float | None) -> Limits:
    own = at_most_sites(new, len(laid.costs)) if new is not None else within_budget(laid.costs, budget_yuan or 0.0)
    return own & laid.wishes()


def _required(laid: Setting) -> list[int]:
    place = laid.candidates.number_of()
    return [place[one] for one in laid.question.required]
