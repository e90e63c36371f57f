"""Plans for bays in the sample county, held against the largest flow that networkx finds."""

from __future__ import annotations

import shutil
from itertools import combinations
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest

from planning.access import access_of, access_of_cells
from planning.atlas import Atlas, open_atlas
from planning.need import fit, stations
from planning.network import network_of
from planning.siting.answer import SitingAnswer, answered
from planning.siting.bays import bays_planned
from planning.siting.frontier import frontier
from planning.siting.plan_features import answer_as_json, plan_features
from planning.siting.question import usual_question
from planning.siting.reasons import reasons
from planning.siting.sensitivity import firmness
from planning.siting.solver.effort import Effort
from planning.standards import national_standards, standard
from wording import Refusal, use_language

pytestmark = pytest.mark.slow


def plan(atlas: Atlas, **asked: Any) -> SitingAnswer:
    return answered(atlas, usual_question(atlas, goal="bays", **asked), Effort(60))


def drivers_with_a_bay(answer: SitingAnswer, chosen: list[int]) -> float:
    """From one plain search for each station, the ledger's bays, and a flow by another library."""
    laid = answer.setting
    atlas, question = laid.atlas, laid.question
    network, cells = network_of(atlas, question.need.travel), access_of_cells(atlas)
    drivers = np.nan_to_num(laid.before.cells.drivers)
    per_bay = standard("siting_drivers_per_bay").value
    known = access_of(atlas, "stations")
    places = [
        (known.access.of(np.array([known.thing_ids.index(one.station_id)])), float(one.bays or 0))
        for one in stations(atlas)
        if fit(one, question.need) == "yes" and one.station_id in known.thing_ids
    ]
    places += [
        (
            laid.candidates.access.of(np.array([number])),
            bays_planned(laid.candidates.rows[number], national_standards()),
        )
        for number in chosen
    ]
    graph = nx.DiGraph()
    graph.add_nodes_from(["from", "to"])
    for number, (access, bays) in enumerate(places):
        graph.add_edge(("place", number), "to", capacity=bays * per_bay)
        near = network.nearest(access, cells).cost <= question.within_min
        for cell in np.flatnonzero(near & (drivers > 0)).tolist():
            graph.add_edge("from", ("cell", cell), capacity=float(drivers[cell]))
            graph.add_edge(("cell", cell), ("place", number))
    return float(nx.maximum_flow_value(graph, "from", "to"))


def test_what_a_plan_claims_is_the_largest_flow(sample: Atlas) -> None:
    answer = plan(sample, new=3)
    assert answer.is_proven
    assert answer.setting.covered_before == pytest.approx(drivers_with_a_bay(answer, []), rel=1e-6)
    assert answer.covered == pytest.approx(drivers_with_a_bay(answer, answer.chosen.tolist()), rel=1e-6)
    assert answer.covered == pytest.approx(answer.setting.covered_before + sum(site.gain for site in answer.sites))


def test_no_pair_of_a_dozen_candidates_gives_more_a_bay(sample: Atlas) -> None:
    """All other candidates are forbidden, so that every pair can be worked out."""
    rows = plan(sample, new=0).setting.candidates.rows
    some = list(range(0, len(rows), len(rows) // 11))
    others = tuple(row.candidate_id for number, row in enumerate(rows) if number not in some)
    answer = plan(sample, new=2, forbidden=others)
    best = max(drivers_with_a_bay(answer, list(pair)) for pair in combinations(some, 2))
    assert answer.covered == pytest.approx(best, rel=1e-6)


def test_whoever_finds_a_bay_is_near_a_station(sample_place: Path, tmp_path: Path) -> None:
    """Where a bay serves one driver alone, many who are near enough find none."""
    crowded = tmp_path / "crowded"
    shutil.copytree(sample_place, crowded)
    (crowded / "standards.toml").write_text(
        '[number.siting_drivers_per_bay]\nvalue = 1\nunit = "drivers"\nsource = "本地"\ndated_on = "2026"\n', "utf-8"
    )
    answer = plan(open_atlas(crowded), new=3)
    near = answer.amount("drivers", before=True)
    bays = sum(one.bays or 0 for one in stations(answer.setting.atlas) if fit(one, answer.question.need) == "yes")
    assert 0 < answer.setting.covered_before <= min(near, bays)
    assert answer.setting.covered_before < near
    assert answer.covered <= answer.amount("drivers") + 1e-6


def test_a_station_that_fits_may_get_more_bays(sample: Atlas) -> None:
    extended = [row for row in plan(sample, new=0).setting.candidates.rows if row.action == "extend"]
    assert extended
    assert {row.cost_yuan for row in extended} == {standard("cost_extend_yuan").value}
    assert not any(row.action == "extend" for row in answered(sample, usual_question(sample)).setting.candidates.rows)


def test_a_budget_holds_and_each_site_tells_of_its_bays(sample: Atlas) -> None:
    use_language("zh")
    answer = plan(sample, new=None, budget_yuan=800_000.0)
    assert 0 < answer.cost_yuan <= 800_000
    for site in answer.sites:
        sentence = reasons(answer)[site.number].sentence
        assert f"{bays_planned(site.candidate, national_standards()):g} 个车位" in sentence
        assert site.candidate.name in sentence


def test_rows_frontier_and_firmness_follow_the_goal(sample: Atlas) -> None:
    answer = plan(sample, new=2)
    points = frontier(answer.setting, steps=4)
    shares = [point.covered_pct for point in points]
    assert shares == sorted(shares)
    assert points[0].covered_pct == pytest.approx(answer.covered_before_pct)
    rows = plan_features(answer).table.to_pylist()
    assert [row["gain"] for row in rows] == [site["gain"] for site in answer_as_json(answer, [])["sites"]]
    assert all(row["bays_planned"] > 0 for row in rows)
    assert firmness(answer, 3, Effort(20)).trials == 3


def test_years_are_refused(sample: Atlas) -> None:
    with pytest.raises(Refusal):
        plan(sample, new=None, budget_yuan=1.0, later_budgets_yuan=(1.0,))
