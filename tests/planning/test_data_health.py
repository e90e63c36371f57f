from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from etl.derived.finding_rules import FINDING_SENTENCES
from planning.atlas import open_atlas
from planning.data_health import health_report
from planning.finding_words import TITLES
from planning.health_records import Tally
from planning.mending import how_to_mend
from tests.planning.health_build import HOSTILE, build_empty, build_health
from wording import use_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from planning.data_health import HealthReport


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("zh")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> HealthReport:
    use_language("en")
    place = tmp_path_factory.mktemp("place")
    build_health(place)
    return health_report(open_atlas(place))


def test_every_row_of_a_source_is_accounted_for(report: HealthReport) -> None:
    assert [source.tally for source in report.sources] == [
        Tally(read=73, kept=69, rejected=3, merged=1, repaired=4),
        Tally(read=287_371, kept=287_371, rejected=0, merged=0, repaired=0),
        Tally(),
    ]
    assert report.total == Tally(read=287_444, kept=287_440, rejected=3, merged=1, repaired=4)


def test_the_kept_share_of_nothing_read_is_unknown(report: HealthReport) -> None:
    stations, pings, grids = report.sources
    assert stations.tally.kept_pct == pytest.approx(94.52, abs=0.01)
    assert pings.tally.kept_pct == 100
    assert grids.tally.kept_pct is None


def test_the_datum_and_its_evidence_are_told(report: HealthReport) -> None:
    stations, pings, grids = report.sources
    assert (stations.datum_label, pings.datum_label, grids.datum_label) == ("GCJ-02", "WGS-84", None)
    assert "97.8 % of 120 points" in str(stations.datum_found_by)
    assert pings.datum_found_by is None
    assert "files/责任网格.zip is damaged" in str(grids.refusal)


def test_reasons_are_counted_by_column_and_a_row_once_for_a_rule(report: HealthReport) -> None:
    stations = report.sources[0]
    counted = {(reason.rule, reason.column): reason.row_count for reason in stations.reasons}
    assert counted == {
        ("bays_within_reason", "bays"): 1,
        ("position_zero", "lon"): 1,
        ("unreadable", "bays"): 1,
        ("unreadable", "opened_on"): 1,
    }
    labels = {reason.rule: reason.column_label for reason in stations.reasons}
    assert labels["position_zero"] == "position"
    assert stations.rows_by_rule == {"bays_within_reason": 1, "position_zero": 1, "unreadable": 1}


def test_a_reason_is_a_sentence_about_a_labelled_column(report: HealthReport) -> None:
    by_column = {reason.column: reason for reason in report.sources[0].reasons if reason.rule == "unreadable"}
    assert by_column["opened_on"].column_label == "opened on"
    assert "opened on" in by_column["opened_on"].sentence


def test_a_refused_row_is_told_under_its_offices_headings(report: HealthReport) -> None:
    first, second, third = report.rejected_rows(1)
    assert (first.origin.file, first.origin.sheet, first.row_number) == ("files/驿站台账.xlsx", "驿站", 21)
    assert first.original == {"驿站名称": "城东驿站", "停车位（个）": "-12", "启用日期": "2024-05-01"}
    assert [reason.rule for reason in second.reasons] == ["unreadable", "unreadable"]
    assert (third.origin.file, third.original["停车位（个）"], third.original["驿站名称"]) == (
        "files/驿站补充.csv",
        "0012",
        None,
    )
    assert report.rejected_headings(1) == ["驿站名称", "停车位（个）", "启用日期"]


def test_mending_names_each_cell(report: HealthReport) -> None:
    first, second, third = report.rejected_rows(1)
    assert how_to_mend(first) == ["Correct 停车位（个） in row 21, then build again."]
    assert len(how_to_mend(second)) == 2
    assert how_to_mend(third) == ["Correct row 5, then build again."]


def test_refused_rows_come_in_pages_and_by_rule(report: HealthReport) -> None:
    assert [row.row_number for row in report.rejected_rows(1, limit=1, offset=1)] == [23]
    assert [row.row_number for row in report.rejected_rows(1, rule="position_zero")] == [5]
    assert [row.row_number for row in report.every_rejected_row(1, at_most=2)] == [21, 23]
    assert report.rejected_rows(2) == []


def test_many_refused_rows_are_read_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planning.data_health._ROWS_AT_ONCE", 4)
    build_health(tmp_path, extra_rejects=10)
    rows = list(health_report(open_atlas(tmp_path)).every_rejected_row(1, at_most=100))
    assert [row.row_number for row in rows] == [21, 23, *range(1000, 1010), 5]


def test_repairs_are_counted_with_an_example(report: HealthReport) -> None:
    counted = [(repair.rule, repair.row_count, repair.example_original) for repair in report.repairs]
    assert counted == [("datum_converted", 59, "GCJ-02"), ("full_width_folded", 2, "２４")]
    assert report.repairs[0].sentence == "positions converted to WGS-84"


def test_findings_are_counted_and_listed_largest_first(report: HealthReport) -> None:
    counted = {count.rule: (count.finding_count, count.area_km2) for count in report.finding_counts}
    assert counted == {
        "grids_overlap": (2, pytest.approx(1.754)),
        "hole_between_grids": (1, 0.004),
        "grid_without_parent": (1, None),
    }
    assert report.finding_total == 4
    orphan, first, second, hole = report.findings
    assert orphan.sentence.startswith("The grid 无名网格 names 620821999 as the grid above it")
    assert first.sentence.startswith("The grids 王村 and 高平 overlap on 1.25 km²")
    assert second.subject_name == "党原"
    assert hole.sentence.startswith("< 0.01 km² in 城关镇")
    assert report.finding_counts[0].title == "Grids that overlap"


def test_the_report_for_programs_holds_stable_names_and_the_same_figures(report: HealthReport) -> None:
    told = json.loads(json.dumps(report.to_json_dict(), allow_nan=False))
    assert told["place"] == "泾川县（示例）"
    assert told["build"]["id"] == report.build.build_id
    assert told["build"]["is_made_up"] is True
    assert told["sources"][0] == {
        "name": "stations",
        "noun": "stations",
        "read": 73,
        "kept": 69,
        "rejected": 3,
        "merged": 1,
        "repaired": 4,
        "datum": "gcj02",
        "refusal": None,
        "files": ["files/驿站台账.xlsx", "files/驿站补充.csv"],
        "reasons": {"bays_within_reason": 1, "position_zero": 1, "unreadable": 1},
    }
    assert told["sources"][2]["refusal"] == "files/责任网格.zip is damaged or cut off. Send it again."
    assert [finding["rule"] for finding in told["findings"]] == [
        "grid_without_parent",
        "grids_overlap",
        "grids_overlap",
        "hole_between_grids",
    ]


def test_texts_that_mean_harm_stay_as_they_were_written(tmp_path: Path) -> None:
    build_health(tmp_path, hostile=True)
    report = health_report(open_atlas(tmp_path))
    told = [row.original for row in report.rejected_rows(1) if 100 <= row.row_number < 200]
    assert [original["停车位（个）"] for original in told] == list(HOSTILE)
    assert report.build.place_name == HOSTILE[6]


def test_a_place_without_sources_has_an_empty_report(tmp_path: Path) -> None:
    build_empty(tmp_path)
    report = health_report(open_atlas(tmp_path))
    assert report.total == Tally()
    assert report.to_json_dict()["sources"] == []
    assert report.findings == ()


def test_a_source_without_a_name_of_its_own_is_called_by_its_noun(report: HealthReport) -> None:
    assert [source.title for source in report.sources] == ["stations", "轨迹", "责任网格"]


def test_a_column_may_be_read_from_several_headings(report: HealthReport) -> None:
    assert report.sources[0].origins[0].heading_of("facilities") == "淋浴, 洗衣"


def test_every_kind_of_finding_has_a_title() -> None:
    assert set(TITLES) == set(FINDING_SENTENCES)
