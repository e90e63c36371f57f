from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.etl.small_place import SmallPlace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEADINGS = ["编号", "姓名", "手机号", "车牌号", "所属网格", "政治面貌", "所属企业", "采集方式", "采集日期"]


def conflicts(folder: Path, *ledgers: Sequence[Sequence[object]]) -> list[tuple[Any, ...]]:
    """Kind, grid, columns, channels and rows of what the build finds in these ledgers."""
    place = SmallPlace(folder)
    for number, ledger in enumerate(ledgers):
        place.add("drivers", f"{number}.csv", [HEADINGS, *ledger], name=f"台账{number}")
    _, snapshot = place.build()
    return snapshot.execute(
        "select kind, grid_id, columns, channels, [one.row_number for one in told_in] from survey_conflicts"
    ).fetchall()


def driver(number: str, channel: str, **told: str) -> list[object]:
    row = dict(
        zip(HEADINGS, [number, "甲某", "13900000001", "甘L12345", "G1", "群众", "", channel, "2026-03-01"], strict=True)
    )
    return list((row | told).values())


def test_a_driver_whom_two_channels_tell_differently(tmp_path: Path) -> None:
    ledger = [driver("1", "入户"), driver("1", "企业上报", 所属网格="G2", 政治面貌="党员", 采集日期="2026-03-09")]
    assert conflicts(tmp_path / "place", ledger) == [
        ("driver", "G1", ["home_grid", "is_party_member"], ["enterprise", "household"], [2, 3])
    ]


def test_what_is_not_told_contradicts_nothing(tmp_path: Path) -> None:
    ledger = [driver("1", "入户"), driver("1", "企业上报", 所属网格="", 政治面貌="不详", 所属企业="", 车牌号="")]
    assert conflicts(tmp_path / "place", ledger) == []


def test_one_channel_may_correct_itself(tmp_path: Path) -> None:
    ledger = [driver("1", "入户"), driver("1", "入户走访", 所属网格="G2"), driver("1", "", 所属网格="G3")]
    assert conflicts(tmp_path / "place", ledger) == []


def test_a_driver_is_known_by_name_and_phone_or_plate_too_and_is_one_conflict(tmp_path: Path) -> None:
    assert conflicts(
        tmp_path / "place",
        [driver("1", "入户")],
        [driver("2", "扫码填报", 所属网格="G2"), driver("3", "交警", 手机号="", 所属网格="G1")],
    ) == [("driver", "G1", ["home_grid"], ["household", "online", "police"], [2, 2, 3])]


def test_a_plate_under_two_drivers(tmp_path: Path) -> None:
    other = driver("2", "企业上报", 姓名="乙某", 手机号="13900000002", 所属网格="G2", 所属企业="某公司")
    assert conflicts(tmp_path / "place", [driver("1", "入户", 所属企业="另一公司"), other]) == [
        ("plate", "G1", ["enterprise", "name"], ["enterprise", "household"], [2, 3])
    ]


def test_a_plate_whose_drivers_one_channel_alone_knows_is_none(tmp_path: Path) -> None:
    ledger = [driver("1", "入户"), driver("2", "入户", 姓名="乙某"), driver("3", "企业上报", 姓名="", 手机号="")]
    assert conflicts(tmp_path / "place", ledger) == []


def test_the_findings_say_how_many_on_which_grid(tmp_path: Path) -> None:
    place = SmallPlace(tmp_path / "place")
    ledger = [driver("1", "入户"), driver("1", "企业", 所属网格="G2"), driver("9", "入户", 姓名="丙", 手机号="", 车牌号="", 所属网格=""),
              driver("9", "企业", 姓名="丁", 手机号="", 车牌号="", 所属网格="")]  # fmt: skip
    _, snapshot = place.add("drivers", "a.csv", [HEADINGS, *ledger]).build()
    found = snapshot.execute(
        "select noun, subject_id, subject_name, row_count from findings where rule = 'survey_channels_differ' order by all"
    ).fetchall()
    assert found == [("drivers", "G1", None, 1), ("drivers", None, "小地方", 1)]


def test_every_column_says_what_it_is(tmp_path: Path) -> None:
    _, snapshot = SmallPlace(tmp_path / "place").build()
    comments = snapshot.execute("select comment from duckdb_columns() where table_name = 'survey_conflicts'").fetchall()
    assert len(comments) == 6
    assert all(comment and comment.count("|") == 2 for (comment,) in comments)
