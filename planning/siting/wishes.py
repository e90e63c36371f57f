"""What each wish set by hand costs: how much more the plan would cover without it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planning.siting.best_choice import best_choice
from planning.siting.setting import setting
from planning.siting.solver.effort import Effort
from wording import mark, say

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer
    from planning.siting.question import SitingQuestion

_NONE = {
    "required": mark("sites that must be in"),
    "forbidden": mark("sites that must not be in"),
    "apart_km": mark("distance between sites"),
    "per_grid": mark("at most so many in a grid"),
}


@dataclass(frozen=True)
class WishCost:
    """A wish, and the coverage in the unit of the question that is given up for it."""

    name: str
    given_up: float
    given_up_pct: float

    @property
    def label(self) -> str:
        return say(_NONE[self.name])


def wish_costs(answer: SitingAnswer, effort: Effort | None = None) -> list[WishCost]:
    """Each wish by itself, the others kept; a plan without hand-set wishes gives nothing up."""
    if answer.question.goal not in {"most", "bays"} or answer.question.later_budgets_yuan:
        return []
    effort = effort or Effort(time_limit_s=20.0)
    found = []
    for name, without in _without_each(answer.question):
        laid = setting(answer.setting.atlas, without)
        better = best_choice(laid, Effort(effort.left_s, effort.seed, effort.stop))
        given_up = max(laid.covered_before + better.covered - answer.covered, 0.0)
        found.append(WishCost(name, given_up, 100 * given_up / laid.whole if laid.whole > 0 else 0.0))
    return found


def _without_each(question: SitingQuestion) -> list[tuple[str, SitingQuestion]]:
    made = []
    if question.required:
        made.append(("required", replace(question, required=())))
    if question.forbidden:
        made.append(("forbidden", replace(question, forbidden=())))
    if question.apart_km > 0:
        made.append(("apart_km", replace(question, apart_km=0.0)))
    if question.per_grid is not None:
        made.append(("per_grid", replace(question, per_grid=None)))
    return made
