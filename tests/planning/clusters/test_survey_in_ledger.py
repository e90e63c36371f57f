"""One ledger of several surveys: what it says of change, and what it leaves open."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING

import duckdb
import pytest

from etl.engine import spatial_extension
from etl.snapshot_check import digest_beside
from planning.atlas import open_atlas
from planning.clusters import repair_clusters
from planning.clusters.answer import clusters_answer
from planning.clusters.change import ShopCount, change_of
from planning.clusters.rules import ClusterRules
from planning.clusters.words import gone_sentence, new_or_grown_text
from tests.planning.clusters.shop_ledger import found, heap

if TYPE_CHECKING:
    from pathlib import Path

    from planning.clusters import RepairClusters

OLD, NEW = "2025-03-01", "2026-02-01"
# Far from all that is tried: 40 shops that both surveys tell, so that both are whole.
BOTH = [*heap(500, -3000, -3000, 40, day=OLD), *heap(500, -3000, -3000, 40, day=NEW)]


def changes(answer: RepairClusters) -> dict[str, tuple[str | None, int | None, int]]:
    return {one.cluster_id: (one.change, one.shops_before, one.facts.shops) for one in answer.clusters}


def test_the_newest_rows_are_counted_and_compared_with_those_before(tmp_path: Path) -> None:
    ledger = [*BOTH, *heap(1, 0, 0, 6, day=OLD, filed="否"), *heap(1, 0, 0, 9, day=NEW, filed="是")]
    answer = found(tmp_path, ledger)
    assert changes(answer) == {"W001": ("grown", 6, 9), "W500": ("steady", 40, 40)}
    assert answer.clusters[1].facts.filed.pct == 100
    assert (answer.surveyed_to, answer.surveyed_before) == (dt.date.fromisoformat(NEW), dt.date.fromisoformat(OLD))
    assert new_or_grown_text(answer) == "1 处"


@pytest.mark.slow
def test_the_order_of_the_rows_changes_nothing(tmp_path: Path) -> None:
    ledger = [*BOTH, *heap(1, 0, 0, 6, day=OLD), *heap(1, 0, 0, 9, day=NEW), *heap(60, 2000, 0, 5, day=OLD)]
    one, other = found(tmp_path / "one", ledger), found(tmp_path / "other", ledger[::-1])
    assert changes(one) == changes(other)
    assert one.surveyed_before == other.surveyed_before


def test_a_shop_only_in_the_old_survey_may_be_closed_or_not(tmp_path: Path) -> None:
    ledger = [
        *BOTH,
        *heap(1, 0, 0, 10, day=OLD), *heap(1, 0, 0, 6, day=NEW),  # 6 to 10 of 10 are left
        *heap(20, 2000, 0, 10, day=OLD), *heap(20, 2000, 0, 9, day=NEW),  # steady with the one and without it
        *heap(40, 4000, 0, 5, day=OLD),  # not told again at all
    ]  # fmt: skip
    answer = found(tmp_path, ledger)
    assert changes(answer) == {
        "W001": (None, 10, 10), "W020": ("steady", 10, 10), "W040": (None, 5, 5), "W500": ("steady", 40, 40),
    }  # fmt: skip
    assert (answer.gone, answer.is_gone_lower_bound) == (None, True)
    assert "消失未知" in gone_sentence(answer)
    assert new_or_grown_text(answer) == "未知"


def test_where_the_survey_before_told_no_shop_it_may_not_have_been(tmp_path: Path) -> None:
    ledger = [
        *BOTH,
        *heap(1, 0, 0, 6, day=NEW),  # nobody may have been here
        *heap(20, 2000, 0, 2, day=OLD), *heap(20, 2000, 0, 6, day=NEW),  # two shops made no cluster
    ]  # fmt: skip
    answer = found(tmp_path, ledger)
    assert changes(answer) == {"W001": (None, None, 6), "W020": ("new", 2, 6), "W500": ("steady", 40, 40)}
    assert new_or_grown_text(answer) == "≥ 1 处"


def test_shops_that_have_moved_away_leave_a_cluster_that_is_gone(tmp_path: Path) -> None:
    ledger = [
        *BOTH,
        *heap(1, 0, 0, 6, day=OLD),
        *heap(20, 2000, 0, 6, day=OLD), *heap(20, 2000, 0, 6, day=NEW),
        *heap(1, 2000, 240, 6, day=NEW),  # the first six, told beside the others
    ]  # fmt: skip
    answer = found(tmp_path, ledger)
    assert changes(answer) == {"W001": ("grown", 6, 12), "W500": ("steady", 40, 40)}
    assert answer.gone is not None
    assert [(one.cluster_id, one.shops_before, one.shops) for one in answer.gone] == [("W001", 6, 0)]
    assert "≥ 1" in gone_sentence(answer)
    told = json.loads(json.dumps(clusters_answer(open_atlas(tmp_path / "place"), answer), default=str))
    assert (len(told["gone"]), told["is_gone_lower_bound"]) == (1, True)


@pytest.mark.parametrize(("ledger", "why"), [
    (heap(1, 0, 0, 9, day=NEW), "one survey"),
    ([*heap(1, 0, 0, 3, day=OLD), *heap(1, 0, 0, 9, day=NEW)], "the one before told a third of the shops"),
    ([*heap(1, 0, 0, 9, day=OLD), *heap(1, 0, 0, 3, day=NEW)], "the newest tells a third of the shops"),
    ([*heap(1, 0, 0, 9, day="2026-01-05"), *heap(1, 0, 0, 9, day=NEW)], "27 days apart is one survey"),
    ([*heap(1, 0, 0, 9, day=""), *heap(1, 0, 0, 9, day=NEW)], "no day is no survey"),
])  # fmt: skip
def test_without_two_whole_surveys_change_is_unknown(tmp_path: Path, ledger: list[list[object]], why: str) -> None:
    answer = found(tmp_path, ledger)
    assert (answer.surveyed_before, answer.gone, answer.clusters[0].change) == (None, None, None), why
    assert "没有可以比较的上次调查" in gone_sentence(answer)


def test_visits_between_two_surveys_and_after_the_newest_are_no_surveys(tmp_path: Path) -> None:
    visits = [*heap(1, 0, 0, 2, day="2025-08-01"), *heap(3, 120, 0, 1, day="2026-06-01")]
    ledger = [*BOTH, *visits, *heap(1, 0, 0, 6, day=OLD), *heap(1, 0, 0, 9, day=NEW)]
    answer = found(tmp_path, ledger)
    assert changes(answer)["W001"] == ("grown", 6, 9)
    assert [str(day) for day in (answer.surveyed_to, answer.surveyed_before)] == ["2026-06-01", OLD]


@pytest.mark.slow
def test_shops_without_a_day_are_counted_in_both_and_decide_nothing(tmp_path: Path) -> None:
    surveys = [*BOTH, *heap(1, 0, 0, 8, day=OLD), *heap(1, 0, 0, 8, day=NEW)]
    few, many = ([*surveys, *heap(100, 0, 180, count, day="")] for count in (1, 4))
    assert changes(found(tmp_path / "few", few))["W001"] == ("steady", 9, 9)
    assert changes(found(tmp_path / "many", many))["W001"] == (None, 12, 12)


@pytest.mark.slow
def test_the_ledger_goes_before_a_kept_build(tmp_path: Path) -> None:
    kept = [*BOTH[:40], *heap(1, 0, 0, 9, day="2025-10-01")]
    now = [*BOTH, *heap(1, 0, 0, 6, day=OLD), *heap(1, 0, 0, 9, day=NEW)]
    answer = found(tmp_path, kept, now)
    assert (changes(answer)["W001"], str(answer.surveyed_before)) == (("grown", 6, 9), OLD)


@pytest.mark.slow
def test_a_kept_build_serves_where_the_ledger_has_no_whole_survey_before(tmp_path: Path) -> None:
    kept = heap(1, 0, 0, 6, day=OLD)
    now = [*heap(1, 0, 0, 1, day=OLD), *heap(1, 0, 0, 9, day=NEW)]
    answer = found(tmp_path, kept, now)
    assert (changes(answer)["W001"], answer.gone, answer.is_gone_lower_bound) == (("grown", 6, 9), (), False)


def test_a_build_of_an_older_version_has_no_survey_before(tmp_path: Path) -> None:
    found(tmp_path, [*BOTH, *heap(1, 0, 0, 6, day=OLD), *heap(1, 0, 0, 9, day=NEW)])
    atlas = open_atlas(tmp_path / "place")
    shutil.copytree(atlas.place_folder, tmp_path / "older")
    snapshot = tmp_path / "older" / "snapshots" / atlas.path.name
    snapshot.chmod(0o644)
    with duckdb.connect(str(snapshot)) as database:
        database.execute(f"load '{spatial_extension()}'")
        database.execute("drop table repair_shops_earlier")
    digest_beside(snapshot).unlink()
    answer = repair_clusters(open_atlas(tmp_path / "older"))
    assert (answer.surveyed_before, {one.change for one in answer.clusters}) == (None, {None})


@pytest.mark.parametrize(("now", "before", "is_new", "change"), [
    ((9, 9), (6, 6), False, "grown"),
    ((6, 9), (6, 6), False, None),
    ((8, 9), (6, 6), False, "grown"),
    ((9, 9), (6, 9), False, None),
    ((3, 3), (6, 6), False, "shrunk"),
    ((5, 9), (3, 4), True, "new"),
    ((4, 9), (3, 4), True, None),
])  # fmt: skip
def test_a_change_is_told_where_the_shops_left_out_decide_nothing(
    now: tuple[int, int], before: tuple[int, int], is_new: bool, change: str | None  # noqa: FBT001  (a case)
) -> None:  # fmt: skip
    assert change_of(ShopCount(*now), ShopCount(*before), ClusterRules.of(), is_new=is_new) == change
