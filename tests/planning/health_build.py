"""Small builds whose bookkeeping is written by hand: an office's usual faults, or texts that mean harm."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from etl.snapshot import SnapshotFolder
from etl.sql_files import read_sql
from wording import Message

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

STATIONS = "create table stations (name varchar, bays integer, opened_on date)"
STATION_COMMENTS = (
    "comment on table stations is '驿站 | | One row per station'",
    "comment on column stations.name is '名称 | | Name'",
    "comment on column stations.bays is '停车位 | 个 | Bays for trucks'",
    "comment on column stations.opened_on is '启用日期 | | Day of opening'",
)
BUILD = """
insert into build by name
select
    $name as place_name, 'Jingchuan (sample)' as place_name_en, $is_made_up as is_made_up,
    ['620821'] as county_codes, '0.1.0' as product_version, 'none' as inputs,
    timestamp '2026-03-20 09:30:00' as started_at, 12.4 as took_s, 500 as cell_size_m, 'local' as projection,
    st_geomfromtext('POLYGON((0 0, 1 0, 1 1, 0 0))') as boundary
"""
HEADINGS = {"name": "驿站名称", "bays": "停车位（个）", "opened_on": "启用日期", "facilities": ["淋浴", "洗衣"]}
COLUMNS = {
    "findings": "(rule, noun, subject_id, subject_name, other_id, other_name, area_km2, lon, lat)",
}
HOSTILE = (
    '=HYPERLINK("http://evil.example/x","点我")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1:A9)",
    "http://evil.example/a.png",
    "<img src=http://evil.example/b.png onerror=alert(1)>",
    "![x](http://evil.example/c.png) [点我](http://evil.example/d)",
    "<script>fetch('http://evil.example/e')</script>",
    "${alert(1)} `id` {{7*7}} {name} %s \\u003c",
    "\u202eexe.slx\u202c <b>粗</b> :material/home: $x^2$ www.evil.example",
)


def message(text: str, **values: object) -> str:
    return Message(text, values).to_json()


def build_health(place: Path, *, is_made_up: bool = True, hostile: bool = False, extra_rejects: int = 0) -> Path:
    """A place with three sources: stations with faults, pings without, grids refused as a whole."""
    with SnapshotFolder(place / "snapshots").building() as draft:
        database = draft.database
        for statement in (*read_sql("etl", "bookkeeping").split(";\n"), STATIONS, *STATION_COMMENTS):
            if statement.strip():
                database.execute(statement)
        name = HOSTILE[6] if hostile else "泾川县（示例）"
        database.execute(BUILD, {"name": name, "is_made_up": is_made_up})
        tables = _tables(hostile=hostile, extra_rejects=extra_rejects)
        for table, rows in tables.items():
            for row in rows:
                marks = ", ".join("?" for _ in row)
                database.execute(f"insert into {table} {COLUMNS.get(table, '')} values ({marks})", row)
        return draft.publish({table: len(rows) for table, rows in tables.items()})


def build_empty(place: Path) -> Path:
    """A place that is real, with no source at all."""
    with SnapshotFolder(place / "snapshots").building() as draft:
        draft.database.execute(read_sql("etl", "bookkeeping"))
        draft.database.execute(BUILD, {"name": "空县", "is_made_up": False})
        return draft.publish({"sources": 0})


def _tables(*, hostile: bool, extra_rejects: int) -> dict[str, Sequence[Sequence[Any]]]:
    bad = HOSTILE if hostile else ()
    rejects = [*_office_rejects(), *(_hostile_reject(row, text) for row, text in enumerate(bad, start=100))]
    rejects += [_plain_reject(row) for row in range(1000, 1000 + extra_rejects)]
    on_ledger = sum(1 for reject in rejects if reject[0] == 1)
    return {
        "sources": _sources(bad),
        "origins": _origins(bad, on_ledger),
        "rejects": rejects,
        "repairs": _repairs(bad),
        "findings": _findings(bad),
    }


def _sources(bad: Sequence[str]) -> list[tuple[Any, ...]]:
    found_by = message(
        "The coordinates are {datum}: {score} % of {samples} points lie in the district they name, "
        "against {rival_score} % if they were {rival}.",
        datum="GCJ-02", score=97.8, samples=120, rival_score=87.5, rival="WGS-84",
    )  # fmt: skip
    refusal = message("{file} is damaged or cut off. Send it again.", file=bad[5] if bad else "files/责任网格.zip")
    publisher = bad[6] if bad else "泾川县交通运输局（虚构）"
    return [
        (1, bad[5] if bad else "stations", "stations", publisher, "CC0-1.0", "2026-03-20", "gcj02", found_by, None),
        (2, bad[6] if bad else "轨迹", "pings", "货运平台（虚构）", None, None, "wgs84", None, None),
        (3, "责任网格", "grids", None, None, None, None, None, refusal),
    ]


def _origins(bad: Sequence[str], on_ledger: int) -> list[tuple[Any, ...]]:
    headings = {**HEADINGS, **({"name": bad[5]} if bad else {})}
    note = message("{count} title rows above the headings were left out.", count=2)
    ledger = (
        1, 1, bad[5] if bad else "files/驿站台账.xlsx", "驿站", 48_211, "ab" * 32,
        json.dumps(headings, ensure_ascii=False), ["备注", *bad], 60 + on_ledger, 59, on_ledger, 1, 4,
        [note, message("{note}", note=bad[7])] if bad else [note],
    )  # fmt: skip
    second: tuple[Any, ...] = (
        2,
        1,
        "files/驿站补充.csv",
        None,
        900,
        "cd" * 32,
        json.dumps(HEADINGS),
        [],
        11,
        10,
        1,
        0,
        0,
        [],
    )
    pings: tuple[Any, ...] = (
        3,
        2,
        "files/轨迹/周1.parquet",
        None,
        5e6,
        "ef" * 32,
        "{}",
        [],
        287_371,
        287_371,
        0,
        0,
        0,
        [],
    )
    return [ledger, second, pings]


def _reject(origin_id: int, row: int, reasons: list[dict[str, str]], **original: object) -> tuple[Any, ...]:
    return (origin_id, row, reasons, json.dumps(original, ensure_ascii=False))


def _office_rejects() -> list[tuple[Any, ...]]:
    bays, opened = {"rule": "bays_within_reason", "column": "bays"}, {"rule": "unreadable", "column": "opened_on"}
    unread_bays = {"rule": "unreadable", "column": "bays"}
    return [
        _reject(1, 21, [bays], name="城东驿站", bays="-12", opened_on="2024-05-01"),
        _reject(1, 23, [opened, unread_bays], name="城西驿站", bays="十来个", opened_on="2026-02-30"),
        _reject(2, 5, [{"rule": "position_zero", "column": "lon"}], name=None, bays="0012", lon=None),
    ]


def _plain_reject(row: int) -> tuple[Any, ...]:
    return _reject(1, row, [{"rule": "missing", "column": "name"}], name=None, bays="3")


def _hostile_reject(row: int, text: str) -> tuple[Any, ...]:
    return _reject(1, row, [{"rule": "unreadable", "column": "bays"}], name=text, bays=text, **{text: text})


def _repairs(bad: Sequence[str]) -> list[tuple[Any, ...]]:
    return [
        (1, 24, "full_width_folded", "bays", bad[5] if bad else "２４", None, 1),
        (1, 25, "full_width_folded", "bays", "１２", None, 1),
        (1, None, "datum_converted", "lon", "gcj02", "wgs84", 59),
    ]


def _findings(bad: Sequence[str]) -> list[tuple[Any, ...]]:
    name = bad[5] if bad else "王村"
    return [
        ("grids_overlap", "grids", "620821100", name, "620821101", "高平", 1.254, 107.36, 35.33),
        ("grids_overlap", "grids", "620821102", "党原", "620821103", "丰台", 0.5, 107.4, 35.3),
        ("hole_between_grids", "grids", "620821100", "城关镇", None, None, 0.004, 107.5, 35.2),
        ("grid_without_parent", "grids", "JCG902", "无名网格", "620821999", None, None, None, None),
    ]
