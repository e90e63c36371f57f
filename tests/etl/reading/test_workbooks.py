from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

ROOT = Path(__file__).resolve().parents[3]
HEADINGS = ["名称", "经度", "备注"]

MEASURED = """
import sys
from pathlib import Path
from etl.reading.spreadsheets import read_spreadsheet
from tests.etl.reading.table_reading import heading_score, rows_of
from tests.memory_held import most_held_bytes
from wording import Refusal
try:
    (table,) = read_spreadsheet(Path(sys.argv[1]), "a.xlsx", heading_score, None)
    print(len(rows_of(table)))
except Refusal as refusal:
    print(refusal.message.values["cell"])
print(most_held_bytes() // 1024**2)
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("cell", "is_valued", "answer"),
    [
        ((1_048_576, 3), False, "1"),
        ((1_048_576, 16_384), False, "1"),
        ((1_048_576, 3), True, "2"),
        ((1_048_576, 16_384), True, "XFD1048576"),
        ((5_000, 16_384), True, "XFD5000"),
    ],
)
def test_a_phantom_last_cell_stays_cheap(
    tmp_path: Path, cell: tuple[int, int], *, is_valued: bool, answer: str
) -> None:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(HEADINGS)
    page.append(["甲", 1, "x"])
    if is_valued:
        page.cell(*cell).value = "x"
    else:
        page.cell(*cell).font = Font(bold=True)
    book.save(tmp_path / "a.xlsx")
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(tmp_path / "a.xlsx")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    said, memory_mb = done.stdout.split()
    assert said == answer
    assert time.monotonic() - began < 10
    assert int(memory_mb) < 1024
