"""The best choice of sites for a question that asks for most, whether it counts who is near or who finds a bay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planning.siting.bays import serving_problem
from planning.siting.solver.maximal_cover import most_covered
from planning.siting.solver.most_served import most_served, served

if TYPE_CHECKING:
    from planning.siting.setting import Setting
    from planning.siting.solver.effort import Effort
    from planning.siting.solver.limits import Indices, Limits
    from planning.siting.solver.maximal_cover import CoverAnswer


def best_choice(laid: Setting, effort: Effort, limits: Limits | None = None) -> CoverAnswer:
    """Under the limits of the question unless others are given; what it covers comes on top of today's."""
    limits = laid.limits() if limits is None else limits
    if laid.question.goal == "bays":
        return most_served(serving_problem(laid, limits), effort)
    return most_covered(laid.problem(limits), effort)


def finding_a_bay(laid: Setting, chosen: Indices) -> float:
    """The drivers who find a bay within reach with these sites open beside today's stations."""
    return served(laid.room, np.asarray(chosen, dtype=np.int64))
