"""From files to a snapshot: every row accounted for, and nothing there that should not be."""

from __future__ import annotations

import csv
import stat
from pathlib import Path

import duckdb
import pytest

from etl.build import KEY_FILE, build_place, inputs_digest
from etl.snapshot import SnapshotFolder
from etl.snapshot_check import open_snapshot
from etl.sources import NOUNS
from tests.etl.small_place import SmallPlace, reasons, tally
from wording import Message, Refusal

STATIONS = ["编号", "站名", "类型", "停车位", "经度", "纬度"]


@pytest.fixture
def place(tmp_path: Path) -> SmallPlace:
    return SmallPlace(tmp_path / "place")


def test_rows_go_where_they_belong(place: SmallPlace) -> None:
    _, snapshot = place.add("stations", "a.csv", [
        STATIONS,
        ["S1", "甲站", "红色驿站", 12, 107.35, 35.33],
        ["S1", "甲站", "红色驿站", 12, 107.35, 35.33],
        ["S1", "另一站", "红色驿站", 12, 107.35, 35.33],
        ["S2", "乙站", "驿栈", -3, 107.35, 35.33],
        ["S3", "丙站", "服务点", "*", 35.34, 107.36],
        ["S4", "", "服务点", 3, 0, 0],
    ]).build()  # fmt: skip
    assert tally(snapshot) == [(6, 2, 3, 1, 1)]
    assert reasons(snapshot) == [
        (4, "duplicate", "station_id"),
        (5, "bays_within_reason", "bays"),
        (5, "unknown_word", "tier"),
        (7, "missing", "name"),
        (7, "position_zero", "lon"),
    ]
    assert snapshot.execute("select station_id, bays, round(lon, 2) from stations order by 1").fetchall() == [
        ("S1", 12, 107.35),
        ("S3", None, 107.36),
    ]


def test_a_place_may_have_any_subset(place: SmallPlace) -> None:
    result, snapshot = place.build()
    assert result.refusals == {}
    tables = {name for (name,) in snapshot.execute("select table_name from duckdb_tables()").fetchall()}
    assert tables >= {*NOUNS, "build", "sources", "origins", "rejects", "repairs", "findings", "cells"}


def test_one_refused_source_does_not_stop_the_others(place: SmallPlace) -> None:
    place.add("stations", "a.csv", [STATIONS, ["S1", "甲站", "红色驿站", 12, 107.35, 35.33]])
    place.add("places", "b.csv", [["甲", "乙"], ["1", "2"]])
    result, snapshot = place.build()
    assert list(result.refusals) == ["places"]
    assert "files/b.csv" in str(result.refusals["places"])
    assert snapshot.execute("select count(*) from stations").fetchone() == (1,)
    stored = snapshot.execute("select refusal from sources where name = 'places'").fetchone()
    assert stored is not None
    assert Message.from_json(stored[0]) == result.refusals["places"]
    assert tally(snapshot) == [(1, 1, 0, 0, 0)]


def test_a_source_whose_second_file_is_refused_leaves_nothing_behind(place: SmallPlace) -> None:
    place.add("stations", "a1.csv", [STATIONS, ["S1", "甲站", "红色驿站", 12, 107.35, 35.33]])
    (place.folder / "files" / "a2.csv").write_text("甲,乙\n1,2\n", "utf-8")
    place._manifest = place._manifest.replace("files/a1.csv", "files/a*.csv")
    result, snapshot = place.build()
    assert list(result.refusals) == ["stations"]
    assert snapshot.execute("select count(*) from stations").fetchone() == (0,)
    assert tally(snapshot) == []


def test_a_source_that_brought_rows_and_is_refused_now_does_not_empty_the_place(place: SmallPlace) -> None:
    first, _ = place.add("stations", "a.csv", [STATIONS, ["S1", "甲站", "红色驿站", 12, 107.35, 35.33]]).build()
    (place.folder / "files" / "a.csv").rename(place.folder / "files" / "b.csv")
    with pytest.raises(Refusal, match="1 rows before"):
        place.build()
    assert SnapshotFolder(place.folder / "snapshots").current() == first.snapshot
    result, snapshot = place.build(anyway=True)
    assert list(result.refusals) == ["stations"]
    assert snapshot.execute("select count(*) from stations").fetchone() == (0,)


def test_what_office_leaves_beside_a_file_is_not_read(place: SmallPlace) -> None:
    place.add("stations", "a.csv", [STATIONS, ["S1", "甲站", "红色驿站", 12, 107.35, 35.33]])
    (place.folder / "files" / "~$a.csv").write_bytes(bytes(165))
    place._manifest = place._manifest.replace("files/a.csv", "files/*a.csv")
    result, snapshot = place.build()
    assert result.refusals == {}
    assert tally(snapshot) == [(1, 1, 0, 0, 0)]


@pytest.mark.parametrize(
    ("heading", "cell", "expected"),
    [
        ("投资（万元）", "35", 350_000), ("总投资（万）", "35", 350_000), ("投资（千元）", "35", 35_000), ("投资【万元】", "35", 350_000),
        ("投资（单位：万元）", "35", 350_000), ("投资(人民币万元)", "35", 350_000), ("投资/万元", "35", 350_000),
        ("投资 万元", "35", 350_000), ("投资（元）", "35", 35), ("投资（万元）", "35亿元", 3_500_000_000),
    ],
)  # fmt: skip
def test_the_unit_of_a_heading_counts(place: SmallPlace, heading: str, cell: str, expected: int) -> None:
    place.add("stations", "a.csv", [["站名", heading, "经度", "纬度"], ["甲站", cell, 107.35, 35.33]])
    _, snapshot = place.build()
    assert snapshot.execute("select cost_yuan from stations").fetchall() == [(expected,)]


def test_people_may_be_counted_by_ten_thousands(place: SmallPlace) -> None:
    place.add("places", "a.csv", [["名称", "常住人口（万人）", "经度", "纬度"], ["甲镇", "3.5", 107.35, 35.33]])
    _, snapshot = place.build()
    assert snapshot.execute("select people from places").fetchall() == [(35_000,)]


def test_two_sources_of_a_noun_share_their_keys(place: SmallPlace) -> None:
    row = ["S1", "甲站", "红色驿站", 12, 107.35, 35.33]
    place.add("stations", "a.csv", [STATIONS, row], name="一").add("stations", "b.csv", [STATIONS, row], name="二")
    _, snapshot = place.build()
    assert tally(snapshot) == [(1, 1, 0, 0, 0), (1, 0, 0, 1, 0)]


def test_persons_are_only_pseudonyms_even_where_their_row_is_refused(place: SmallPlace) -> None:
    headings = ["编号", "姓名", "手机号", "车牌", "准驾车型"]
    place.add("drivers", "d.csv", [
        headings, ["D1", "张三丰", "13912345678", "甘L12345", "A2"], ["D2", "李四光", "13912345679", "甘L12346", "特级"],
    ])  # fmt: skip
    place.add("requests", "r.csv", [
        ["编号", "诉求时间", "联系电话", "内容", "地点"],
        ["R1", "2026-03-02 08:00", "13912345678", "请打13912345678找张三丰的甘L12345", "服务区"],
        ["R2", "2036-03-02 08:00", "13912345678", "请打13912345678", "服务区"],
    ])  # fmt: skip
    result, snapshot = place.build()
    assert tally(snapshot) == [(2, 1, 1, 0, 0), (2, 1, 1, 0, 0)]
    raw = result.snapshot.read_bytes()
    for secret in ("13912345678", "13912345679", "李四光", "甘L12345", "甘L12346"):
        assert secret.encode() not in raw, secret
    same = snapshot.execute("select drivers.phone = requests.phone from drivers, requests").fetchone()
    assert same == (True,)


@pytest.mark.parametrize(
    ("noun", "lines"),
    [
        ("drivers", ["张三丰,13912345678,甘L12345"] * 3),
        ("drivers", ["填报人：张三丰 13912345678,,", "姓名,手机号,车牌", "李四光,13912345679,甘L12346"]),
        ("drivers", ["姓名,手机号,车牌", "李四光,13912345679,甘L12346,13912345678"]),
        ("stations", ["编号,站名,地址,经度,纬度", "1,甲,联系13912345678,107.35,35.33", "2,乙,联系13912345678,,"]),
        ("enterprises", ["名称,地址,车辆数", "甲公司,13912345678,13912345679"]),
        ("requests", ["编号,诉求时间,类别", "R1,2026-02-30,张师傅13912345678"]),
    ],
    ids=["no headings", "title row", "a field too many", "address", "count", "category"],
)
def test_phones_and_plates_in_the_wrong_place_do_not_reach_the_snapshot(
    place: SmallPlace, noun: str, lines: list[str]
) -> None:
    (place.folder / "files" / "x.csv").write_text("\n".join(lines) + "\n", "utf-8")
    result, _ = place.add(noun, "x.csv").build()
    raw = result.snapshot.read_bytes()
    for secret in ("13912345678", "13912345679", "张三丰", "李四光", "甘L12345", "甘L12346"):
        assert secret.encode() not in raw, secret


def test_the_key_is_kept_outside_the_snapshot_and_to_the_owner(place: SmallPlace) -> None:
    result, _ = place.build()
    key = place.folder / KEY_FILE
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert bytes.fromhex(key.read_text()) not in result.snapshot.read_bytes()
    before = key.read_text()
    place.build()
    assert key.read_text() == before


def test_a_damaged_key_is_said(place: SmallPlace) -> None:
    (place.folder / KEY_FILE).write_text("kein Schlüssel", "utf-8")
    with pytest.raises(Refusal, match="damaged"):
        place.build()


def test_a_change_of_any_file_shows_in_the_sign_of_the_inputs(place: SmallPlace) -> None:
    _, snapshot = place.add("stations", "a.csv", [STATIONS]).build()
    stored = snapshot.execute("select inputs from build").fetchone()
    assert stored == (inputs_digest(place.folder),)
    (place.folder / "files" / "a.csv").write_text("x", "utf-8")
    assert stored != (inputs_digest(place.folder),)


def test_a_failed_build_leaves_the_last_snapshot_in_force(place: SmallPlace) -> None:
    result, _ = place.add("stations", "a.csv", [STATIONS]).build()
    (place.folder / "files" / "outline.geojson").unlink()
    with pytest.raises(Refusal):
        build_place(place.folder)
    assert SnapshotFolder(place.folder / "snapshots").current() == result.snapshot


@pytest.fixture(scope="module")
def sample(sample_place: Path) -> duckdb.DuckDBPyConnection:
    current = SnapshotFolder(sample_place / "snapshots").current()
    assert current is not None
    return open_snapshot(current)


def test_every_row_of_the_sample_is_accounted_for(sample: duckdb.DuckDBPyConnection) -> None:
    assert sample.execute("select count(*) from sources where refusal is not null").fetchone() == (0,)
    rows = sample.execute("""
        select noun, sum(read_rows), sum(kept_rows), sum(rejected_rows), sum(merged_rows)
        from origins join sources using (source_id) group by noun
    """).fetchall()
    assert {row[0] for row in rows} == set(NOUNS)
    for noun, read, kept, rejected, merged in rows:
        assert read == kept + rejected + merged, noun
        assert sample.execute(f"select count(*) from {noun}").fetchone() == (kept,)


def test_the_sample_has_enough_for_the_four_hour_rule(sample: duckdb.DuckDBPyConnection) -> None:
    found = sample.execute(
        "select count(*), count(distinct vehicle), count(distinct pinged_at::date) from pings"
    ).fetchone()
    assert found is not None
    assert found[0] >= 500_000
    assert 290 <= found[1] <= 320
    assert found[2] == 14


def dirt() -> list[dict[str, str]]:
    listed = Path(__file__).resolve().parents[2] / "data" / "sample" / "dirt.csv"
    with listed.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("spot", dirt(), ids=lambda spot: f"{Path(spot['file']).stem}-{spot['row']}-{spot['kind']}")
def test_the_honest_dirt_ends_as_its_list_says(spot: dict[str, str], sample: duckdb.DuckDBPyConnection) -> None:
    where = {"file": f"{spot['file']}%", "row": int(spot["row"])}
    origins = "select origin_id from origins where file like $file"
    rejected = sample.execute(
        f"select count(*) from rejects where origin_id in ({origins}) and row_number = $row", where
    )
    was_rejected = rejected.fetchone() != (0,)
    repaired = sample.execute(
        f"select count(*) from repairs where origin_id in ({origins}) and row_number = $row", where
    )
    was_repaired = repaired.fetchone() != (0,)
    outcome = "rejected" if was_rejected else "repaired" if was_repaired else "kept"
    assert outcome == spot["expected"], spot["why"]
