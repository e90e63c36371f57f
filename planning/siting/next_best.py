"""Which place would lose least in a site's stead, within the same limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planning.siting.bays import serving_problem
from planning.siting.best_choice import finding_a_bay
from planning.siting.solver.cover_problem import is_covered

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer
    from planning.siting.setting import Setting
    from planning.siting.site_order import Site
    from planning.siting.solver.limits import Indices, Limits, Numbers

_TRIED = 12  # of the places that seem best, where each has to be worked out


def next_best(answer: SitingAnswer, site: Site) -> tuple[str | None, float]:
    """Its name and what the plan would lose; no name where no other place fits."""
    laid = answer.setting
    others = np.array([one.number for one in answer.sites if one.number != site.number], dtype=np.int64)
    worth, limits = _worth_beside(laid, others), laid.limits()
    worth[[one.number for one in answer.sites]] = -1.0
    worth[laid.hands()[1]] = -1.0
    worth[[number for number, row in enumerate(laid.candidates.rows) if row.name == site.candidate.name]] = -1.0
    fitting = _fitting(limits, others, worth, _TRIED if laid.question.goal == "bays" else 1)
    if not fitting:
        return None, site.only
    if laid.question.goal == "bays":
        before = finding_a_bay(laid, others)
        for place in fitting:
            worth[place] = finding_a_bay(laid, np.append(others, place)) - before
    best = max(fitting, key=lambda place: worth[place])
    return laid.candidates.rows[best].name, max(site.only - float(worth[best]), 0.0)


def _fitting(limits: Limits, others: Indices, worth: Numbers, most: int) -> list[int]:
    """The best of those that the limits have room for beside the others."""
    found: list[int] = []
    for place in np.argsort(-worth, kind="stable"):
        if worth[place] < 0 or len(found) == most:
            break
        if limits.hold_for(np.append(others, place)):
            found.append(int(place))
    return found


def _worth_beside(laid: Setting, others: Indices) -> Numbers:
    """What each candidate would add; for bays no more than that, as drivers may turn from one site to another."""
    if laid.question.goal == "bays":
        asked = serving_problem(laid, laid.limits())
        return np.asarray(np.minimum(asked.room, asked.reach @ asked.amount))
    problem = laid.problem()
    rest = np.where(is_covered(problem.covers, others), 0.0, problem.weight)
    return np.asarray(problem.covers @ rest)
