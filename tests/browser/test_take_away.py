"""Files are made at the click, hold what was filtered, and speak the language of the page."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import openpyxl
import pytest

from dashboard.place import PLACE_VARIABLE
from planning.atlas import open_atlas
from planning.features import features
from tests.browser.serving import ROOT, free_port, wait_until_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.browser.serving import Watched

pytestmark = pytest.mark.browser

CHOSEN = {"tier": ["service_point"]}
SCRIPT = f"""
from dashboard.exports.take_away import show_take_away
from dashboard.place import current_atlas
from wording import use_language

use_language("en")
show_take_away(current_atlas(), {{"stations": {CHOSEN}}})
"""


@pytest.fixture(scope="module")
def address(sample_place: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    script, port = tmp_path_factory.mktemp("taking") / "taking.py", free_port()
    script.write_text(SCRIPT)
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    environment = {**os.environ, PLACE_VARIABLE: str(sample_place), "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_up(f"http://127.0.0.1:{port}", server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def downloaded(watched: Watched, address: str, label: str, folder: Path) -> Path:
    page = watched.page
    page.goto(address)
    page.get_by_role("button", name="Take away").click()
    with page.expect_download() as waiting:
        page.get_by_role("button", name=label).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    watched.assert_quiet()
    return path


def test_rows_come_as_a_workbook(
    address: str, sample_place: Path, watched_page: Callable[[], Watched], tmp_path: Path
) -> None:
    path = downloaded(watched_page(), address, "Download the rows", tmp_path)
    atlas = open_atlas(sample_place)
    rows = features(atlas, "stations", CHOSEN)
    assert path.name == f"stations_泾川县（示例）_Sample data_{atlas.build_id}.xlsx"
    book = openpyxl.load_workbook(path)
    assert book.worksheets[0].max_row == rows.table.num_rows + 1 > 1
    assert book.sheetnames == ["stations", "About this file"]
