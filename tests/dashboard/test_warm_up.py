from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard.place import PLACE_VARIABLE
from dashboard.warm_up import ask_beforehand

ROOT = Path(__file__).parent.parent.parent
BROUGHT_IN = """
import asyncio, json, sys
from dashboard.warm_up import warmed_up

async def start():
    async with warmed_up(None):
        print(json.dumps(sorted(sys.modules)))

asyncio.run(start())
"""


def test_what_takes_long_is_there_and_the_component_is_not() -> None:
    """Streamlit would never show a component that was brought in before a page ran."""
    told = subprocess.run([sys.executable, "-c", BROUGHT_IN], cwd=ROOT, check=True, capture_output=True, text=True)
    modules = set(json.loads(told.stdout))
    assert "folium.plugins" in modules
    assert "streamlit_folium" not in modules
    assert "dashboard.offline_assets" not in modules


def test_a_place_that_cannot_be_asked_does_not_stop_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE_VARIABLE, str(tmp_path))
    ask_beforehand()


def test_an_answer_that_was_asked_beforehand_is_not_worked_out_again(
    sample_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import planning.grid_measures as asked  # noqa: PLC0415

    place = tmp_path / "place"
    shutil.copytree(sample_place / "snapshots", place / "snapshots")
    monkeypatch.setenv(PLACE_VARIABLE, str(place))
    ask_beforehand()
    monkeypatch.delattr(asked, "features")
    from planning.atlas import open_atlas  # noqa: PLC0415

    assert asked.grid_values(open_atlas(place), "drivers_per_km2", 4)
