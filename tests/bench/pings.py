"""Ten million positions of trucks from one CSV into a snapshot, beside the bare reading of the same file.

Cold means that the file was dropped from the system's memory before; warm, that it had just been read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from tests.bench.figure import Figure, Settings
from tests.bench.measuring import Clock, Trial, forget_file, median_tried, tried

ROWS = 10_000_000
MANIFEST = """[place]
name = "泾川县（测速）"
county = "620821"
margin_km = 300
[[source]]
noun = "pings"
files = "files/pings.csv"
datum = "wgs84"
"""
# A month of 3,000 trucks around the county, each row some milliseconds after the one before.
MADE = """
copy (
    select
        format('甘L{:05d}', (hash(i) % 3000)::integer) as 车牌号,
        strftime(timestamp '2026-03-01' + to_milliseconds(i * 2592000000 // $rows), '%Y-%m-%d %H:%M:%S') as 定位时间,
        round(107.4 + 0.8 * (((hash(i, 1) % 1000003) / 1000003) - 0.5), 6) as 经度,
        round(35.3 + 0.6 * (((hash(i, 2) % 1000003) / 1000003) - 0.5), 6) as 纬度,
        case when hash(i, 3) % 1000 < $bad_per_mille then '超速' else (hash(i, 3) % 900 / 10)::varchar end as 速度,
        hash(i, 4) % 360 as 方向
    from range($rows) as numbers (i)
) to '{path}' (header)
"""
TYPES = "{'车牌号': 'varchar', '定位时间': 'timestamp', '经度': 'double', '纬度': 'double', '速度': 'float', '方向': 'float'}"


def figures(settings: Settings) -> Iterator[Figure]:
    rows = settings.rows(ROWS)
    place, file = settings.folder, settings.folder / "files" / "pings.csv"
    tried(_write_place, place, rows, 0)
    size_mb = file.stat().st_size / 1e6
    is_cold = forget_file(file)
    cold_count = tried(_count, file)
    counted = median_tried(_count, file)
    typed = median_tried(_read_typed, file, settings.folder / "typed.duckdb")
    count_note = (
        f"bare count cold {cold_count.seconds:.2f} s, warm {counted.seconds:.2f} s" if is_cold else "always warm"
    )
    yield Figure.of("pings, typed read", rows, typed, peer="count(*)", peer_s=counted.seconds)
    forget_file(file)
    cold, warm = _built(place), _built(place)
    note = f"{size_mb:,.0f} MB of CSV, snapshot {warm.value['snapshot_mb']:,.0f} MB, kept {warm.value['kept']:,}; {count_note}"
    yield Figure.of("pings, build cold", rows, cold, peer="count(*) cold", peer_s=cold_count.seconds)
    yield Figure.of("pings, build warm", rows, warm, peer="count(*)", peer_s=counted.seconds, note=note)
    yield Figure.of("pings, build warm", rows, warm, peer="typed read", peer_s=typed.seconds)
    tried(_write_place, place, rows, 1)
    dirty = _built(place)
    note = f"set aside {dirty.value['rejected']:,}: the file is read a second time for them"
    yield Figure.of("pings, 0.1 % bad", rows, dirty, peer="typed read", peer_s=typed.seconds, note=note)


def _built(place: Path) -> Trial:
    return tried(_build, place)


def _write_place(_clock: Clock, place: Path, rows: int, bad_per_mille: int) -> None:
    (place / "files").mkdir(exist_ok=True)
    (place / "sources.toml").write_text(MANIFEST, "utf-8")
    with duckdb.connect() as database:
        made = MADE.replace("{path}", str(place / "files" / "pings.csv").replace("'", "''"))
        database.execute(made, {"rows": rows, "bad_per_mille": bad_per_mille})


def _count(clock: Clock, file: Path) -> int:
    with duckdb.connect() as database, clock.running():
        ((rows,),) = database.execute("select count(*) from read_csv($file)", {"file": str(file)}).fetchall()
    return int(rows)


def _read_typed(clock: Clock, file: Path, into: Path) -> None:
    into.unlink(missing_ok=True)
    with clock.running(), duckdb.connect(str(into)) as database:
        read = f"read_csv($file, header = true, auto_detect = false, columns = {TYPES})"
        database.execute(f"create table pings as select * from {read}", {"file": str(file)})
        database.execute("checkpoint")
    into.unlink()


def _build(clock: Clock, place: Path) -> dict[str, Any]:
    from etl.build import build_place  # noqa: PLC0415  (the peers need none of it)

    with clock.running():
        result = build_place(place)
    with duckdb.connect(str(result.snapshot), read_only=True) as database:
        tally = "select sum(kept_rows)::bigint, sum(rejected_rows)::bigint from origins"
        ((kept, rejected),) = database.execute(tally).fetchall()
    size_mb = result.snapshot.stat().st_size / 1e6
    for left in (place / "snapshots").glob("atlas-*"):
        left.unlink()
    return {"kept": kept, "rejected": rejected, "snapshot_mb": size_mb}
