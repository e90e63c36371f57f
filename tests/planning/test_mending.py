"""What an office is told to do about a refused row."""

from __future__ import annotations

from pathlib import Path

from planning.atlas import open_atlas
from planning.data_health import health_report
from planning.mending import how_to_mend
from tests.etl.small_place import SmallPlace


def test_a_word_that_is_not_known_is_answered_with_those_that_are(tmp_path: Path) -> None:
    place = SmallPlace(tmp_path / "place").add(
        "stations", "a.csv", [["站名", "驿站类型", "经度", "纬度"], ["甲站", "驿栈", 107.35, 35.33]]
    )
    place.build()
    report = health_report(open_atlas(place.folder))
    (row,) = report.rejected_rows(report.sources[0].source_id)
    assert [reason.sentence for reason in row.reasons] == ["类型不在可用的词里；请从中选一个"]
    assert how_to_mend(row) == [
        "请在第 2 行的“驿站类型”填写其中之一，再重新构建：红色驿站、服务站、服务点、司机之家、红领驿站。"
    ]


def test_an_earlier_survey_needs_no_mending_and_one_without_a_day_wants_it(tmp_path: Path) -> None:
    headings = ["编号", "店名", "摸排日期", "经度", "纬度"]
    days = ("2025-03-01", "2026-02-01", "")
    place = SmallPlace(tmp_path / "place").add(
        "repair_shops", "a.csv", [headings, *(["W1", "甲店", day, 107.35, 35.33] for day in days)]
    )
    place.build()
    report = health_report(open_atlas(place.folder))
    earlier, undated = report.rejected_rows(report.sources[0].source_id)
    assert [reason.sentence for reason in earlier.reasons] == ["同一编号较早的调查，已有更新的一行，以新的为准"]
    assert how_to_mend(earlier) == ["第 2 行不用改，作为较早的调查保留。"]
    assert [reason.sentence for reason in undated.reasons] == [
        "调查日期没有填，同一编号另有写明日期的一行，以那一行为准"
    ]
    assert how_to_mend(undated) == ["请填写第 4 行的“摸排日期”，再重新构建。"]
