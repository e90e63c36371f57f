"""The rules of spacing as a question of siting: stretches against the plain longest spacing."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planning.atlas import Atlas
from planning.corridors.corridor import corridors
from planning.corridors.rest_points import detour_costs, met_along, stations_along
from planning.siting.answer import SitingAnswer, answered
from planning.siting.question import CorridorRule, usual_question
from planning.siting.solver.effort import Effort
from planning.siting.spacing_demand import line_ends, stretches
from planning.standards import standard

KM = st.integers(0, 40).map(float)
ENDS = st.sampled_from([(0.0, 40.0), (40.0, 0.0)])  # stakes fall as one drives down


def longest_spacing(ends: tuple[float, float], stops: list[float]) -> float:
    begin, end = sorted(ends)
    return max(second - first for first, second in pairwise([begin, *sorted(stops), end]))


@given(st.lists(KM, max_size=3), st.lists(KM, max_size=5), st.integers(1, 25), ENDS, st.data())
def test_all_stretches_are_served_where_no_spacing_is_too_long(
    today: list[float], candidates: list[float], most_km: int, ends: tuple[float, float], data: st.DataObject
) -> None:
    demand = stretches(ends, today, dict(enumerate(candidates)), float(most_km), len(candidates))
    chosen = data.draw(st.lists(st.sampled_from(range(len(candidates))), unique=True)) if candidates else []
    served = demand.is_served | (np.asarray(demand.served_by[chosen].sum(axis=0)) > 0)
    stops = [*today, *(candidates[one] for one in chosen)]
    assert served.all() == (longest_spacing(ends, stops) <= most_km)
    assert demand.length_km.sum() == pytest.approx(40)


def test_a_line_by_hand() -> None:
    """100 km, a station at 30, candidates at 50 and 70, 45 km allowed: 30 to 55 wants a stop that is no farther than
    75; the end serves the rest."""
    demand = stretches((0.0, 100.0), [30.0], {0: 50.0, 1: 70.0}, 45.0, 2)
    unserved = demand.length_km[~demand.is_served]
    assert unserved.sum() == pytest.approx(25)
    by = demand.served_by.toarray()[:, ~demand.is_served] > 0
    assert unserved[by[0]].sum() == pytest.approx(20)
    assert unserved[by[1]].sum() == pytest.approx(25)


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["driver_homes", "service_areas"])
def test_the_plan_keeps_the_rule_wherever_any_candidate_could(sample: Atlas, rule: CorridorRule) -> None:
    answer = answered(sample, usual_question(sample, goal="corridors", rule=rule), Effort(60))
    name = {"driver_homes": "driver_home_spacing_km", "service_areas": "service_area_spacing_km"}[rule]
    limit_km = standard(name).value
    everything = list(range(len(answer.setting.candidates.rows)))
    today, with_all, with_plan = (
        {line: max(km, limit_km) for line, km in spacings(answer, chosen).items()}
        for chosen in ([], everything, answer.chosen.tolist())
    )
    assert max(today.values()) > max(with_plan.values())
    assert with_plan == pytest.approx(with_all)
    assert answer.is_proven
    assert answer.bound == len(answer.sites)


def spacings(answer: SitingAnswer, chosen: list[int]) -> dict[str, float]:
    """The longest spacing of each corridor that the rule is for."""
    laid = answer.setting
    costs = detour_costs(laid.atlas, laid.candidates.access)
    found = {}
    for line in corridors(laid.atlas):
        if answer.question.rule == "service_areas" and not line.is_expressway:
            continue
        met = met_along(laid.atlas, line, laid.candidates.access, costs)
        stops = [one.km for one in stations_along(laid.atlas, line, answer.question.need)]
        stops += [km for thing, (km, _) in met.items() if thing in chosen]
        found[line.name] = longest_spacing(line_ends(line), stops)
    return found


@pytest.mark.slow
def test_a_rule_of_driver_homes_makes_every_new_station_one(sample: Atlas) -> None:
    answer = answered(sample, usual_question(sample, goal="corridors", rule="driver_homes"), Effort(60))
    assert answer.question.tier == "driver_home"
    open_homes = answer.setting.before.reach.stations
    assert all(one.tier == "driver_home" for one in open_homes)
    assert answer.amount("corridor_km", before=True) < answer.amount("corridor_km")
    assert answer.covered_pct == pytest.approx(
        100 * answer.amount("corridor_km") / answer.setting.totals["corridor_km"]
    )
