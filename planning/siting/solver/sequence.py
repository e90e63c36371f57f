"""Which sites to open in which year, so that the coverage of all years together is most.

Opening a site in a year is a site of its own, which covers from that year on. So the years are one covering problem,
and no year is given away for a later one that gains less.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array, hstack, kron

from planning.siting.solver.cover_problem import CoverProblem, covered_weight
from planning.siting.solver.effort import Effort
from planning.siting.solver.limits import Indices, Limits, Numbers, at_most_of_each
from planning.siting.solver.maximal_cover import CoverAnswer, most_covered


@dataclass(frozen=True)
class Sequence:
    """The sites that open in each year, what is covered at the end of each, and the answer over all years."""

    opened: tuple[Indices, ...]
    covered: tuple[float, ...]
    over_all: CoverAnswer


def in_years(problem: CoverProblem, use: Numbers, up_to: tuple[float, ...], effort: Effort | None = None) -> Sequence:
    """`use` is what a site takes of the money or number of which there is `up_to` at the end of each year.

    What is required opens in the first year; the limits of the problem hold for all years together.
    """
    years, sites = len(up_to), problem.sites
    later = np.triu(np.ones((years, years)))
    covers = csr_array(kron(later, problem.covers, format="csr"))
    spent = [
        np.concatenate([use if year <= upto else np.zeros(sites) for year in range(years)]) for upto in range(years)
    ]
    limits = Limits(csr_array(np.array(spent)), np.array(up_to, dtype=np.float64))
    limits = limits & Limits(csr_array(hstack([problem.limits.use] * years)), problem.limits.at_most)
    limits = limits & at_most_of_each([range(site, years * sites, sites) for site in range(sites)], 1, years * sites)
    forbidden = np.concatenate([problem.forbidden + year * sites for year in range(years)])
    asked = CoverProblem(covers, np.tile(problem.weight, years), limits, problem.required, forbidden)
    answer = most_covered(asked, effort)
    opened = tuple(answer.chosen[answer.chosen // sites == year] % sites for year in range(years))
    upto = [np.concatenate(opened[: year + 1]) for year in range(years)]
    return Sequence(opened, tuple(covered_weight(problem, one) for one in upto), answer)
