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
