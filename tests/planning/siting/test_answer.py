"""Plans for the sample county, each held against the plain coverage function."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from planning.access import access_of_cells
from planning.atlas import Atlas
from planning.network import network_of
from planning.siting.after import coverage_after
from planning.siting.answer import SitingAnswer, answered
from planning.siting.costs import cost_yuan
from planning.siting.frontier import frontier
from planning.siting.plan_features import answer_as_json, plan_features
from planning.siting.question import SitingQuestion, usual_question
from planning.siting.reasons import reasons
from planning.siting.sensitivity import firmness
from planning.siting.setting import setting
from planning.siting.solver.effort import Effort
from planning.siting.townships import candidates_by_township
from planning.siting.wishes import wish_costs
from planning.standards import read_standards, standard
from wording import Refusal, use_language

pytestmark = pytest.mark.slow


def plan(atlas: Atlas, **asked: Any) -> SitingAnswer:
    return answered(atlas, usual_question(atlas, **asked), Effort(30))


def reached_anew(answer: SitingAnswer) -> np.ndarray:
    """Of each cell whether a fitting station or a new site is near enough, from one plain search on the roads."""
    laid = answer.setting
    network = network_of(laid.atlas, laid.question.need.travel)
    sites = laid.candidates.access.of(answer.chosen)
    minutes = network.nearest(sites, access_of_cells(laid.atlas)).cost
    return np.asarray((minutes <= laid.question.within_min) | laid.before.is_covered)


@pytest.mark.parametrize(
    "asked",
    [
        {"new": 3},
        {"new": None, "budget_yuan": 1_200_000.0},
        {"new": 4, "apart_km": 8.0, "per_grid": 1},
        {"goal": "least_money", "share_pct": 85.0},
        {"goal": "worst_off", "new": 2},
        {"new": None, "budget_yuan": 300_000.0, "later_budgets_yuan": (300_000.0,)},
    ],
    ids=",".join,
)
def test_what_a_plan_claims_is_what_the_roads_say(sample: Atlas, asked: dict[str, Any]) -> None:
    answer = plan(sample, **asked)
    cells = answer.setting.before.cells
    drivers = np.nan_to_num(cells.drivers)
    assert answer.covered == pytest.approx(drivers[reached_anew(answer)].sum())
    assert coverage_after(answer).shares["drivers"].covered == pytest.approx(answer.covered)
    assert answer.covered == pytest.approx(answer.setting.covered_before + sum(site.gain for site in answer.sites))


def test_of_all_pairs_none_covers_more(sample: Atlas) -> None:
    """Every pair of candidates counted by sets, without the solver."""
    answer = plan(sample, new=2)
    laid = answer.setting
    covers = laid.covers()
    sets = [set(covers.indices[covers.indptr[one] : covers.indptr[one + 1]].tolist()) for one in range(covers.shape[0])]
    best = max(laid.weight[sorted(one | other)].sum() for one, other in combinations(sets, 2))
    assert answer.is_proven
    assert answer.covered == pytest.approx(laid.covered_before + best)
    assert answer.bound == pytest.approx(answer.covered)


def test_the_budget_holds_and_costs_come_from_the_standards(sample: Atlas) -> None:
    answer = plan(sample, new=None, budget_yuan=1_000_000.0)
    assert 0 < answer.cost_yuan <= 1_000_000
    for site in answer.sites:
        row = site.candidate
        assert row.cost_yuan == cost_yuan(row.action, answer.question.tier, row.missing)


def test_a_place_may_have_prices_of_its_own() -> None:
    dear = read_standards(
        "[number.cost_convert_service_station_yuan]\nvalue = 7\nunit = 'yuan'\nsource = '本地'\ndated_on = '2026'\n"
        "[number.price_shower_yuan]\nvalue = 2\nunit = 'yuan'\nsource = '本地'\ndated_on = '2026'\n"
    )
    assert cost_yuan("convert", "service_station", ("shower",), dear) == 9


def test_the_least_money_is_less_than_any_budget_that_fails(sample: Atlas) -> None:
    """A budget just below what the share costs cannot reach it."""
    cheapest = plan(sample, goal="least_money", share_pct=80.0)
    assert cheapest.is_proven
    assert (cheapest.covered_pct or 0) >= 80 - 1e-6
    poorer = plan(sample, new=None, budget_yuan=cheapest.cost_yuan - 1)
    assert (poorer.covered_pct or 0) < 80


def test_every_township_gets_a_station(sample: Atlas) -> None:
    answer = plan(sample, goal="least_money", share_pct=0.0, each_township=True)
    townships = candidates_by_township(answer.setting)
    assert len(townships) > 3
    chosen = set(answer.chosen.tolist())
    assert all(chosen & set(members) for members in townships.values())


def test_the_worst_off_gain_where_most_drivers_would_not(sample: Atlas) -> None:
    first, most = plan(sample, goal="worst_off", new=3), plan(sample, new=3)
    assert (first.longest_min()[1] or 0) <= (most.longest_min()[1] or 0)
    assert first.covered <= most.covered


def test_corridors_leave_no_stretch_that_a_candidate_could_serve(sample: Atlas) -> None:
    answer = plan(sample, goal="corridors")
    laid = answer.setting
    served = laid.is_covered.copy()
    served[laid.covers().indices] = True
    assert laid.weight[served & ~answer.is_reached].sum() == pytest.approx(0, abs=1e-6)
    assert answer.bound == len(answer.sites)


def test_required_and_forbidden_sites_are_heeded_and_their_price_is_told(sample: Atlas) -> None:
    free = plan(sample, new=2)
    worst = min(range(len(free.setting.candidates.rows)), key=lambda one: free.setting.covers()[[one]].nnz)
    required = free.setting.candidates.rows[worst].candidate_id
    forbidden = free.sites[0].candidate.candidate_id
    bound = plan(sample, new=2, required=(required,), forbidden=(forbidden,))
    ids = {site.candidate.candidate_id for site in bound.sites}
    assert required in ids
    assert forbidden not in ids
    costs = {one.name: one.given_up for one in wish_costs(bound)}
    assert set(costs) == {"required", "forbidden"}
    without = plan(sample, new=2, forbidden=(forbidden,))
    assert costs["required"] == pytest.approx(without.covered - bound.covered, abs=1e-6)


def test_a_spot_dropped_on_the_map_becomes_a_candidate(sample: Atlas) -> None:
    cells = setting(sample, usual_question(sample)).before.cells
    middle = int(np.argmax(np.nan_to_num(cells.drivers)))
    spot = (float(cells.lon[middle]), float(cells.lat[middle]))
    rows = setting(sample, usual_question(sample, spots=(spot, (0.0, 0.0)))).candidates.rows
    assert [row.noun for row in rows].count("spots") == 1  # the other lies outside the place
    assert next(row for row in rows if row.noun == "spots").action == "build"


def test_the_frontier_rises_and_agrees_with_the_plan(sample: Atlas) -> None:
    answer = plan(sample, new=3)
    points = frontier(answer.setting)
    shares = [point.covered_pct for point in points]
    assert shares == sorted(shares)
    assert all(point.covered_pct <= point.bound_pct + 1e-9 for point in points)
    assert next(point.covered_pct for point in points if point.new == 3) == pytest.approx(answer.covered_pct)
    assert points[0].covered_pct == pytest.approx(answer.covered_before_pct)


def test_each_site_has_one_sentence_that_tells_its_gain(sample: Atlas) -> None:
    use_language("zh")
    answer = plan(sample, new=3)
    for site in answer.sites:
        why = reasons(answer)[site.number]
        assert site.candidate.name in why.sentence
        assert f"{site.gains['drivers']:,.0f}" in why.sentence
        assert why.sentence.endswith("。")
        assert why.less >= 0


def test_firmness_counts_trials_and_is_the_same_again(sample: Atlas) -> None:
    answer = plan(sample, new=1)
    first, again = firmness(answer, 6), firmness(answer, 6)
    assert first.trials == 6
    assert sum(first.times.values()) <= 6
    assert first.times == again.times
    assert first.firm_share == standard("siting_firm_share").value


def test_rows_json_and_answer_tell_the_same(sample: Atlas) -> None:
    answer = plan(sample, new=2)
    told = answer_as_json(answer, [])
    table = plan_features(answer).table.to_pylist()
    assert [row["name"] for row in table] == [site["name"] for site in told["sites"]]
    assert sum(row["cost_yuan"] for row in table) == told["cost_yuan"] == answer.cost_yuan
    assert told["covered_pct"] == answer.covered_pct


def test_the_same_question_gives_the_same_plan(sample: Atlas) -> None:
    question = usual_question(sample, new=3)
    first, again = answered(sample, question, Effort(30)), answered(sample, question, Effort(30))
    assert first.chosen.tolist() == again.chosen.tolist()
    assert SitingQuestion.from_json_dict(question.to_json_dict()) == question


def test_questions_that_cannot_be_answered_are_refused(sample: Atlas) -> None:
    for asked in ({"mix": ()}, {"new": None}, {"goal": "worst_off", "new": None, "budget_yuan": 1.0}):
        with pytest.raises(Refusal):
            usual_question(sample, **asked)
    with pytest.raises(Refusal):
        answered(sample, replace(usual_question(sample), required=("resources/none",)))
