"""Which sites to open so that most find a place: shares of demand as flows to sites with room, proven by HiGHS."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array, vstack

from planning.siting.solver.cover_problem import no_sites
from planning.siting.solver.effort import Effort
from planning.siting.solver.limits import Indices, Numbers
from planning.siting.solver.maximal_cover import CoverAnswer
from planning.siting.solver.program import Program, minimised
from planning.siting.solver.room_flows import Flows
from planning.siting.solver.serving_problem import ServingProblem


def served(problem: ServingProblem, chosen: Indices) -> float:
    """What finds room with these sites open, counted anew from the question alone."""
    return Flows(problem.merged(), np.sort(np.asarray(chosen, dtype=np.int64))).solved().value


def most_served(problem: ServingProblem, effort: Effort | None = None) -> CoverAnswer:
    """The best choice of sites with a proven bound; both beyond what is served today."""
    effort = effort or Effort()
    asked = problem.checked().merged()
    today = served(asked, no_sites())
    start = _greedy(asked)
    usable = np.setdiff1d(np.arange(asked.sites), asked.forbidden)
    flows = Flows(asked, usable)

    def tell(best: float, bound: float) -> None:
        effort.tell(-best - today, min(-bound, flows.most) - today)

    # HiGHS is not told the greedy answer: started from it, it called some small cases proven that were not best.
    found = minimised(flows.program(), effort, told=tell)
    known = [start] if found.columns is None else [usable[found.columns[: len(usable)] > 0.5], start]
    chosen = max(known, key=lambda one: served(asked, one))
    covered = served(asked, chosen) - today
    most = flows.most - today
    bound = covered if found.is_proven else max(covered, min(-found.bound - today, most))
    is_proven = bool(found.is_proven or bound - covered < problem.step)
    return CoverAnswer(chosen, covered, bound, is_proven, effort.was_cut, effort.took_s)


def cheapest_as_good(problem: ServingProblem, costs: Numbers, chosen: Indices, effort: Effort) -> Indices:
    """Of all choices that serve as much the one that costs least, as far as it is found in the time."""
    asked = problem.merged()
    usable = np.setdiff1d(np.arange(asked.sites), asked.forbidden)
    flows = Flows(asked, usable)
    serving, least = flows.program(), served(asked, chosen) - asked.step
    price = costs[usable] / max(float(costs.max(initial=0.0)), 1e-9)
    cheap = Program(
        cost=np.concatenate([price, np.zeros(len(serving.cost) - len(usable))]),
        rows=csr_array(vstack([serving.rows, csr_array(serving.cost.reshape(1, -1))], format="csr")),
        lower=np.append(serving.lower, -np.inf),
        upper=np.append(serving.upper, -least),
        whole=len(usable),
        step=1e-6,
    )
    found = minimised(cheap, effort)
    if found.columns is None:
        return chosen
    cheaper: Indices = usable[found.columns[: len(usable)] > 0.5]
    is_as_good = served(asked, cheaper) >= least and asked.limits.hold_for(cheaper)
    return cheaper if is_as_good and costs[cheaper].sum() < costs[chosen].sum() else chosen


def _greedy(problem: ServingProblem) -> Indices:
    """What is asked for, and then what seems to serve most of those left, as long as the limits have room."""
    chosen = [int(site) for site in problem.required]
    is_out = np.zeros(problem.sites, dtype=np.bool_)
    is_out[np.concatenate([problem.forbidden, problem.required]).astype(np.int64)] = True
    while True:
        left = Flows(problem, np.array(sorted(chosen), dtype=np.int64)).solved().unserved
        worth = np.where(is_out, 0.0, np.minimum(problem.room, problem.reach @ left))
        for site in np.argsort(-worth, kind="stable"):
            if worth[site] <= 0:
                return np.array(sorted(chosen), dtype=np.int64)
            is_out[site] = True  # chosen now, or never to fit again
            if problem.limits.hold_for(np.array([*chosen, int(site)], dtype=np.int64)):
                chosen.append(int(site))
                break
        else:
            return np.array(sorted(chosen), dtype=np.int64)
