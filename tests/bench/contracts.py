"""The judging of a million stations by their contract alone: they are read, cleaned and placed before the clock runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.figure import Figure, Settings
from tests.bench.measuring import Clock, tried

if TYPE_CHECKING:
    import duckdb

    from etl.contract import Contract

ROWS = 1_000_000
BAD_PCTS = (0, 1, 10)
GOAL_S = 2.0  # for a million rows and ten rules
# Of the bad rows one in four each: bays unreadable, cost beyond reason, no name, opened far in the future.
MADE = """
insert into stations_raw by name
select
    1 as origin_id,
    i + 2 as row_number,
    format('JC{:07d}', i) as station_id,
    case when i % 100 >= $bad_pct or i % 4 <> 2 then '第' || i || '驿站' end as name,
    ['红色驿站', '司机之家', '服务点'][i % 3 + 1] as tier,
    ['运营', '在建', '规划'][i % 3 + 1] as status,
    ['停车、餐饮', '停车、淋浴、维修', '停车、热水'][i % 3 + 1] as facilities,
    case when i % 100 < $bad_pct and i % 4 = 0 then '很多' else (i % 200)::varchar end as bays,
    '00:00-24:00' as opening_hours,
    case when i % 100 < $bad_pct and i % 4 = 3 then '2093-01-01' else '2021-' || (i % 12 + 1) || '-' || (i % 28 + 1) end as opened_on,
    case when i % 100 < $bad_pct and i % 4 = 1 then '99999亿元' else (i % 90 + 10) || '万元' end as cost_yuan,
    '泾川县交通运输局' as operator,
    ['上行', '下行', '双向'][i % 3 + 1] as serves_direction,
    '城关镇' as township,
    'G312线K' || i % 1800 || '+500' as address,
    (107.2 + (i % 1000) * 0.0004)::varchar as lon_written,
    (35.2 + (i // 1000 % 1000) * 0.0002)::varchar as lat_written
from range($rows) as numbers (i)
"""


def figures(settings: Settings) -> Iterator[Figure]:
    rows = settings.rows(ROWS)
    for bad_pct in BAD_PCTS:
        folder = settings.folder / str(bad_pct)
        folder.mkdir()
        trial = tried(_judge, folder, rows, bad_pct)
        rules = trial.value["rules"]
        goal_s = GOAL_S * rows / 1_000_000 * rules / 10
        yield Figure.of(
            f"contracts, {bad_pct} % bad",
            rows,
            trial,
            peer="typed view alone",
            peer_s=trial.value["typed_s"],
            goal=f"{goal_s:.2f} s ({rules} rules)",
            is_met=trial.seconds <= goal_s,
            note=f"kept {trial.value['kept']:,}, set aside {trial.value['rejected']:,}",
        )
    located = tried(_locate, settings.folder, rows)
    yield Figure.of("contracts, before it", rows, located, note="cleaning and placing the same rows, not judged")


def _judge(clock: Clock, folder: Path, rows: int, bad_pct: int) -> dict[str, Any]:
    from etl.contract import create_typed_view, faults_of  # noqa: PLC0415
    from etl.judging import judge  # noqa: PLC0415

    with _Place(folder, rows, bad_pct) as (database, contract):
        _place_rows(database, contract)
        create_typed_view(database, contract.noun)
        typing = Clock()
        with typing.running():
            database.execute("create temp table typed_only as select * exclude (written) from stations_typed")
        database.execute("drop table typed_only")
        with clock.running():
            judge(database, contract)
        count = "select (select count(*) from stations), (select count(*) from rejects)"
        ((kept, rejected),) = database.execute(count).fetchall()
        return {"kept": kept, "rejected": rejected, "rules": len(faults_of(contract)), "typed_s": typing.seconds}


def _locate(clock: Clock, folder: Path, rows: int) -> None:
    with _Place(folder, rows, 0) as (database, contract), clock.running():
        _place_rows(database, contract)


class _Place:
    """A draft with a table of stations as an office writes them; nothing of it stays."""

    def __init__(self, folder: Path, rows: int, bad_pct: int) -> None:
        from etl.snapshot import SnapshotFolder  # noqa: PLC0415

        self._folder, self._rows, self._bad_pct = folder, rows, bad_pct
        self._building = SnapshotFolder(folder).building()

    def __enter__(self) -> tuple[duckdb.DuckDBPyConnection, Contract]:
        from etl.build import prepare  # noqa: PLC0415
        from etl.contract import create_table  # noqa: PLC0415
        from etl.raw_rows import create_raw  # noqa: PLC0415
        from etl.sources import NOUNS  # noqa: PLC0415
        from etl.sql_files import read_sql  # noqa: PLC0415

        database = self._building.__enter__().database
        prepare(database, self._folder, _area())
        database.execute(read_sql("etl", "bookkeeping"))
        contract = create_table(database, NOUNS["stations"])
        create_raw(database, contract.noun)
        database.execute(MADE, {"rows": self._rows, "bad_pct": self._bad_pct})
        return database, contract

    def __exit__(self, *fault: object) -> None:
        self._building.__exit__(None, None, None)


def _place_rows(database: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    from etl.datum import Datum  # noqa: PLC0415
    from etl.located_rows import locate_rows  # noqa: PLC0415
    from etl.position import placing  # noqa: PLC0415

    locate_rows(database, contract, [1], None, Datum.WGS84, placing(None, Datum.WGS84), _area())


def _area() -> Any:
    from etl.shapes import Area  # noqa: PLC0415

    return Area(106.0, 34.0, 109.0, 37.0)
