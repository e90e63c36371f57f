"""Ledgers of repair shops that hold several surveys: the newest row of a shop is in force, and none is lost."""

from __future__ import annotations

import datetime as dt
import json
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from etl.datum import from_wgs84
from tests.etl.small_place import SmallPlace, reasons, tally

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

HEADINGS = ["编号", "店名", "是否备案", "调查日期", "经度", "纬度"]
OLD, NEW = "2025-03-01", "2026-02-01"


def shop(number: str, day: str, filed: str = "是", lon: float = 107.35) -> list[object]:
    return [number, "店", filed, day, lon, 35.33]


def built(folder: Path, *files: list[list[object]], **options: Any) -> duckdb.DuckDBPyConnection:
    place = SmallPlace(folder)
    for number, rows in enumerate(files):
        place.add("repair_shops", f"{number}.csv", [HEADINGS, *rows], name=f"台账{number}")
    return place.build(**options)[1]


def in_force(snapshot: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    found = snapshot.execute("select shop_id, surveyed_on::varchar, is_filed, row_number from repair_shops order by 1")
    return found.fetchall()


def earlier(snapshot: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return snapshot.execute(
        "select shop_id, surveyed_on::varchar, is_filed, origin_id, row_number from repair_shops_earlier"
    ).fetchall()


@pytest.mark.parametrize("order", list(permutations(["2024-05-01", OLD, NEW])))
def test_the_newest_survey_is_in_force_wherever_it_stands(tmp_path: Path, order: tuple[str, ...]) -> None:
    snapshot = built(tmp_path / "place", [shop("W1", day, "是" if day == NEW else "否") for day in order])
    row = {day: at for at, day in enumerate(order, start=2)}
    assert in_force(snapshot) == [("W1", NEW, True, row[NEW])]
    assert sorted(reasons(snapshot)) == sorted(
        (row[day], "earlier_survey", "surveyed_on") for day in ("2024-05-01", OLD)
    )
    assert earlier(snapshot) == [("W1", day, False, 1, row[day]) for day in ("2024-05-01", OLD)]
    assert tally(snapshot) == [(3, 1, 2, 0, 0)]


@pytest.mark.parametrize("newest_first", [True, False])
def test_it_is_so_over_files_too(tmp_path: Path, newest_first: bool) -> None:  # noqa: FBT001  (a case)
    files = [[shop("W1", NEW, "是"), shop("W2", NEW)], [shop("W1", OLD, "否"), shop("W3", OLD)]]
    snapshot = built(tmp_path / "place", *(files if newest_first else files[::-1]))
    assert in_force(snapshot) == [("W1", NEW, True, 2), ("W2", NEW, True, 3), ("W3", OLD, True, 3)]
    rejects = snapshot.execute("select file, row_number, original from rejects join origins using (origin_id)")
    ((file, row_number, original),) = rejects.fetchall()
    assert (file, row_number) == (f"files/{int(newest_first)}.csv", 2)
    assert json.loads(original)["surveyed_on"] == OLD
    assert sorted(tally(snapshot)) == [(2, 1, 1, 0, 0), (2, 2, 0, 0, 0)]


def test_a_row_without_a_day_gives_way_and_says_so(tmp_path: Path) -> None:
    snapshot = built(tmp_path / "place", [shop("W1", "", "否"), shop("W1", OLD), shop("W2", ""), shop("W2", "", "否")])
    assert in_force(snapshot) == [("W1", OLD, True, 3), ("W2", None, True, 4)]
    assert reasons(snapshot) == [(2, "undated_survey", "surveyed_on"), (5, "duplicate", "shop_id")]
    assert earlier(snapshot) == []
    assert tally(snapshot) == [(4, 2, 2, 0, 0)]


def test_of_one_day_the_first_row_stays(tmp_path: Path) -> None:
    rows = [shop("W1", OLD), shop("W1", NEW), shop("W1", NEW, "否"), shop("W1", NEW), shop("W1", OLD, "否")]
    snapshot = built(tmp_path / "place", rows)
    assert in_force(snapshot) == [("W1", NEW, True, 3)]
    assert reasons(snapshot) == [
        (2, "earlier_survey", "surveyed_on"), (4, "duplicate", "shop_id"), (6, "earlier_survey", "surveyed_on"),
    ]  # fmt: skip
    assert earlier(snapshot) == [("W1", OLD, True, 1, 2)]
    assert tally(snapshot) == [(5, 1, 3, 1, 0)]


def test_a_newer_row_that_is_wrong_replaces_none(tmp_path: Path) -> None:
    snapshot = built(tmp_path / "place", [shop("W1", OLD), shop("W1", NEW, "也许"), shop("W2", NEW, lon=0)])
    assert in_force(snapshot) == [("W1", OLD, True, 2)]
    assert [rule for _, rule, _ in reasons(snapshot)] == ["unreadable", "position_outside"]
    assert tally(snapshot) == [(3, 1, 2, 0, 0)]


@pytest.mark.slow
def test_large_files_are_judged_alike(tmp_path: Path) -> None:
    files = [
        [shop(f"W{at}", OLD, "否") for at in range(200)],
        [shop(f"W{at}", NEW if at % 3 else "") for at in range(50, 250)],
    ]
    told = [
        (in_force(snapshot), earlier(snapshot), reasons(snapshot), tally(snapshot))
        for snapshot in (
            built(tmp_path / "careful", *files), built(tmp_path / "large", *files, streamed_from_bytes=1),
        )
    ]  # fmt: skip
    assert told[0] == told[1]
    assert len(told[0][0]) == 250


def test_earlier_rows_are_placed_as_those_in_force_are(tmp_path: Path) -> None:
    rows = []
    for day, spot in ((OLD, (107.35, 35.33)), (NEW, (107.36, 35.34))):
        lon, lat = (float(part) for part in from_wgs84(*spot, "gcj02"))
        rows.append(["W1", "店", "是", day, lon, lat])
    place = SmallPlace(tmp_path / "place").add("repair_shops", "0.csv", [HEADINGS, *rows], datum="gcj02")
    spots = place.build()[1].execute("select lon, lat from repair_shops_earlier").fetchall()
    assert spots == [(pytest.approx(107.35, abs=1e-6), pytest.approx(35.33, abs=1e-6))]


def test_other_ledgers_keep_their_first_row(tmp_path: Path) -> None:
    headings = ["编号", "所属网格", "采集日期"]
    place = SmallPlace(tmp_path / "place").add("drivers", "0.csv", [headings, ["1", "G1", OLD], ["1", "G2", NEW]])
    snapshot = place.build()[1]
    assert snapshot.execute("select surveyed_on from drivers").fetchall() == [(dt.date.fromisoformat(OLD),)]
    assert reasons(snapshot) == [(3, "duplicate", "driver_id")]


def test_a_place_without_shops_has_the_empty_table(tmp_path: Path) -> None:
    assert earlier(built(tmp_path / "place")) == []
