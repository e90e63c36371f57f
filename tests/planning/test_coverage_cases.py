"""Golden cases: what is drawn, what is asked, and the answer that anybody can work out with a pencil."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from planning.coverage import coverage
from tests.planning.drawn_place import drawn_need, drawn_place

if TYPE_CHECKING:
    from planning.atlas import Atlas

# Lengths on the ground differ from drawn ones by 0.03 % at most, and answers are written with two decimals.
CLOSE = {"rel": 1e-3, "abs": 0.006}


def cases() -> list[dict[str, str]]:
    with Path(__file__).with_name("coverage_cases.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CASES = cases()


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Atlas]:
    """Each drawing built once, with a village at every spot that is asked of it."""
    found: dict[str, Atlas] = {}
    for drawn in dict.fromkeys(case["drawn"] for case in CASES):
        villages = list(dict.fromkeys(case["asked_at"] for case in CASES if case["drawn"] == drawn))
        found[drawn] = drawn_place(tmp_path_factory.mktemp("drawn") / "place", drawn, villages)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"].replace(" ", "-"))
def test_a_golden_case(case: dict[str, str], places: dict[str, Atlas]) -> None:
    found = coverage(places[case["drawn"]], drawn_need(case["need"]), float(case["within"]))
    village = found.reach.place_ids.index(case["asked_at"])
    expected = float(case["cost"] or "inf")
    assert found.reach.place_cost[village] == pytest.approx(expected, **CLOSE)
    assert bool(found.is_place_covered[village]) == (case["is_covered"] == "yes")
    assert bool(found.may_place_be_covered[village]) == (case["may_be_covered"] == "yes")


def test_the_cases_hold_each_answer() -> None:
    answers = {(case["is_covered"], case["may_be_covered"], bool(case["cost"])) for case in CASES}
    assert answers == {
        ("yes", "yes", True), ("no", "no", True), ("no", "no", False), ("no", "yes", False), ("no", "yes", True),
    }  # fmt: skip
    assert len({case["case"] for case in CASES}) == len(CASES)
