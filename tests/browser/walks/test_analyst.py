"""The analyst's walk: a tile of the page, said again by a notebook and by the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from planning.kpis.kpi import value_text
from tests.browser.overview import Overview
from tests.browser.serving import ROOT, serving
from tests.notebooks.running import FOLDER, running

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.browser.serving import Watched

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_page_notebook_and_command_say_one_figure(sample_place: Path, watched_page: Callable[[], Watched]) -> None:
    with serving(sample_place) as address:
        watched = watched_page()
        Overview(watched.page).open(f"{address}/coverage", height=1600)
        values = watched.page.locator(".st-key-tiles_coverage [data-testid='stMetricValue']").all_inner_texts()
        watched.assert_quiet()

    with running(FOLDER / "coverage.ipynb", sample_place) as run:
        drivers_pct = run.ask("float(shares.loc['drivers', 'covered_pct'])")
        people_pct = run.ask("float(shares.loc['people', 'covered_pct'])")
        gap_count = run.ask("len(gap_table)")

    answer = json.loads(
        subprocess.run(
            [sys.executable, str(ROOT / "yitu.py"), "coverage", str(sample_place), "--json"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=True,
        ).stdout
    )
    by_command = {share["name"]: share["covered_pct"] for share in answer["shares"]}
    assert by_command["drivers"] == drivers_pct
    assert by_command["people"] == people_pct
    assert len(answer["gaps"]) == gap_count

    shown = [value_text(pct, "%", decimals=1, is_lower_bound=False) + " %" for pct in (drivers_pct, people_pct)]
    assert values[:2] == shown
    assert values[-1] == f"{gap_count:,}"
