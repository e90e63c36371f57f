"""Large files end exactly as small ones do."""

from __future__ import annotations

import datetime as dt
import gzip
import random
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.etl.small_place import SmallPlace, reasons, tally

HEADINGS = ["车牌号", "定位时间", "经度", "纬度", "速度", "方向", "是否危货"]
PINGS = "select vehicle, pinged_at, speed_km_per_h, heading_deg, is_hazmat, round(lon, 7), round(lat, 7) from pings order by all"


def ping_rows(count: int) -> list[list[str]]:
    dice = random.Random(7)
    begin = dt.datetime(2026, 3, 2)
    rows = []
    for i in range(count):
        moment = begin + dt.timedelta(seconds=i * 7)
        rows.append([
            f"甘L{i % 40:05d}", moment.strftime("%Y-%m-%d %H:%M:%S"), f"{107.3 + dice.random() / 10:.6f}",
            f"{35.28 + dice.random() / 10:.6f}", f"{dice.random() * 90:.1f}", str(dice.randrange(360)), "否",
        ])  # fmt: skip
    rows[3][2] = "0"
    rows[3][3] = "0"
    rows[5][1] = "2026-02-30 01:00:00"
    rows[7][4] = "-40"
    rows[9][0] = ""
    rows[11][2], rows[11][3] = rows[11][3], rows[11][2]
    rows[13][4] = "*"
    rows[15][4] = "88km/h"
    return rows


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    return ping_rows(3000)


def built(
    folder: Path, name: str, content: bytes, *, streamed: bool, datum: str = "wgs84"
) -> duckdb.DuckDBPyConnection:
    place = SmallPlace(folder)
    (folder / "pseudonym.key").write_text("11" * 32)
    (folder / "files" / name).write_bytes(content)
    result, snapshot = place.add("pings", name, datum=datum).build(streamed_from_bytes=0 if streamed else 10**12)
    assert result.refusals == {}
    return snapshot


def as_csv(rows: list[list[str]], delimiter: str = ",") -> str:
    return "\n".join(delimiter.join(row) for row in [HEADINGS, *rows]) + "\n"


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter", "datum"),
    [
        ("p.csv", "utf-8", ",", "wgs84"),
        ("p.txt", "gb18030", "\t", "gcj02"),
        ("p.csv", "utf-8-sig", ";", "bd09"),
        ("p.csv", "utf-16", ",", "wgs84"),
    ],
)
def test_a_streamed_text_gives_what_the_careful_reader_gives(
    tmp_path: Path, rows: list[list[str]], name: str, encoding: str, delimiter: str, datum: str
) -> None:
    content = as_csv(rows, delimiter).encode(encoding)
    careful = built(tmp_path / "careful", name, content, streamed=False, datum=datum)
    streamed = built(tmp_path / "streamed", name, content, streamed=True, datum=datum)
    assert streamed.execute(PINGS).fetchall() == careful.execute(PINGS).fetchall()
    assert reasons(streamed) == reasons(careful)
    assert tally(streamed)[0][:4] == tally(careful)[0][:4] == (3000, 2996, 4, 0)


def test_a_packed_text_is_streamed_too(tmp_path: Path, rows: list[list[str]]) -> None:
    snapshot = built(tmp_path / "packed", "p.csv.gz", gzip.compress(as_csv(rows).encode()), streamed=True)
    assert tally(snapshot)[0][:4] == (3000, 2996, 4, 0)


def test_parquet_gives_the_same_pings(tmp_path: Path, rows: list[list[str]]) -> None:
    plain = [row for i, row in enumerate(rows) if i not in {3, 5, 7, 9, 11, 13, 15}]
    table = pa.table({
        "车牌号": [row[0] for row in plain],
        "定位时间": pa.array([dt.datetime.fromisoformat(row[1]) for row in plain], pa.timestamp("ms")),
        "经度": [float(row[2]) for row in plain], "纬度": [float(row[3]) for row in plain],
        "速度": [float(row[4]) for row in plain], "方向": [int(row[5]) for row in plain], "是否危货": [row[6] for row in plain],
    })  # fmt: skip
    place = tmp_path / "written"
    place.mkdir()
    pq.write_table(table, place / "p.parquet")
    from_parquet = built(tmp_path / "parquet", "p.parquet", (place / "p.parquet").read_bytes(), streamed=True)
    from_text = built(tmp_path / "text", "p.csv", as_csv(plain).encode(), streamed=False)
    assert from_parquet.execute(PINGS).fetchall() == from_text.execute(PINGS).fetchall()
    assert tally(from_parquet)[0][:2] == (2993, 2993)


def test_lines_that_are_no_rows_are_counted_and_set_aside(tmp_path: Path, rows: list[list[str]]) -> None:
    lines = as_csv(rows[20:40]).splitlines()
    lines[5] += ",9,9"
    snapshot = built(tmp_path / "torn", "p.csv", "\n".join(lines).encode(), streamed=True)
    assert tally(snapshot)[0][:4] == (20, 19, 1, 0)
    assert reasons(snapshot) == [(6, "too_many_fields", "")]


def test_a_name_with_the_signs_of_a_pattern_names_one_file(tmp_path: Path, rows: list[list[str]]) -> None:
    place = SmallPlace(tmp_path / "place")
    for name in ("p[12].csv", "p1.csv"):
        (place.folder / "files" / name).write_text(as_csv(rows[20:30]), "utf-8")
    _, snapshot = place.add("pings", "p[12].csv").build(streamed_from_bytes=0)
    assert snapshot.execute("select file, read_rows from origins").fetchall() == [("files/p[12].csv", 10)]


def test_a_damaged_parquet_is_refused_in_one_sentence(tmp_path: Path) -> None:
    place = SmallPlace(tmp_path / "place")
    (place.folder / "files" / "p.parquet").write_bytes(b"PAR1" + bytes(100) + b"PAR1")
    result, _ = place.add("pings", "p.parquet").build()
    assert "files/p.parquet" in str(result.refusals["pings"])
