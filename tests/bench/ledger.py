"""A ledger of 200,000 rows read as text with its row numbers, beside what pandas needs for the same file."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure, Settings
from tests.bench.measuring import Clock, median_tried, tried

ROWS = 200_000
HEADINGS = ("编号", "名称", "类型", "状态", "停车位", "启用日期", "投资", "乡镇", "经度", "纬度")
PEERS = {
    "ledger.csv": ("read_csv", {}),
    "ledger.gb18030.csv": ("read_csv", {"encoding": "gb18030"}),
    "ledger.xlsx": ("read_excel", {"engine": "calamine"}),
}


def figures(settings: Settings) -> Iterator[Figure]:
    rows = settings.rows(ROWS)
    tried(_write, settings.folder, rows)
    for file, (reader, options) in PEERS.items():
        path = settings.folder / file
        peer = median_tried(_read_by_pandas, path, reader, options)
        trial = median_tried(_read, path)
        note = f"{path.stat().st_size / 1e6:.0f} MB; pandas {peer.peak_mb or 0:.0f} MB"
        if trial.value != rows or peer.value != rows:
            note += f"; rows read {trial.value:,}, by pandas {peer.value:,}"
        told = f"pandas.{reader}"
        yield Figure.of(file.replace("ledger.", "ledger, "), rows, trial, peer=told, peer_s=peer.seconds, note=note)


def _rows(count: int) -> Iterator[tuple[str | int | float, ...]]:
    for number in range(count):
        day = f"20{15 + number % 10}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        lon, lat = round(107.2 + number % 997 * 0.0004, 6), round(35.2 + number % 991 * 0.0002, 6)
        yield (
            f"JC{number:06}",
            f"第{number}驿站",
            "红色驿站",
            "运营",
            number % 200,
            day,
            number % 90,
            "城关镇",
            lon,
            lat,
        )


def _write(_clock: Clock, folder: Path, count: int) -> None:
    import xlsxwriter  # noqa: PLC0415

    text = "".join(",".join(map(str, row)) + "\n" for row in (HEADINGS, *_rows(count)))
    (folder / "ledger.csv").write_text(text, "utf-8")
    (folder / "ledger.gb18030.csv").write_text(text, "gb18030")
    with xlsxwriter.Workbook(folder / "ledger.xlsx", {"constant_memory": True}) as book:
        sheet = book.add_worksheet("台账")
        for number, row in enumerate((HEADINGS, *_rows(count))):
            sheet.write_row(number, 0, row)


def _read(clock: Clock, path: Path) -> int:
    from etl.headings import score_headings  # noqa: PLC0415
    from etl.reading.open_file import open_tables  # noqa: PLC0415
    from etl.sources import NOUNS  # noqa: PLC0415

    score = partial(score_headings, NOUNS["stations"], {})
    with clock.running(), open_tables(path, path.name, score) as (tables, _notes):
        return sum(batch.num_rows for table in tables for batch in table.batches)


def _read_by_pandas(clock: Clock, path: Path, reader: str, options: dict[str, Any]) -> int:
    import pandas as pd  # noqa: PLC0415

    if reader == "read_excel":
        import python_calamine  # noqa: F401, PLC0415  (loaded before the clock runs)
    with clock.running():
        frame = getattr(pd, reader)(path, **options)
    return len(frame)
