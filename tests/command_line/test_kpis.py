from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from planning.atlas import open_atlas
from planning.kpis import REGISTER, kpis
from tests.etl.small_place import SmallPlace
from tests.test_yitu import GOOD, STATIONS, yitu

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    SmallPlace(tmp_path / "place").add("stations", "a.csv", [[*STATIONS, "状态"], [*GOOD, "运营"]]).build()
    return tmp_path / "place"


def test_programs_are_told_the_figures_as_they_are(place: Path) -> None:
    done = yitu("kpis", place, "--json", language="en")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    atlas = open_atlas(place)
    assert told["build"] == atlas.build_id
    assert [one["name"] for one in told["kpis"]] == list(REGISTER)
    assert [one["value"] for one in told["kpis"]] == [one.value for one in kpis(atlas)]
    by_name = {one["name"]: one for one in told["kpis"]}
    assert by_name["bays_open"] == {
        "name": "bays_open", "label": "Truck bays", "value": 12, "unit": "bays", "is_lower_bound": False,
        "group": "stations",
    }  # fmt: skip
    assert by_name["requests_open"]["value"] is None


@pytest.mark.parametrize(("language", "unknown"), [("en", "unknown"), ("zh", "未知")])
def test_people_are_told_in_words(place: Path, language: str, unknown: str) -> None:
    done = yitu("kpis", place, language=language)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 1 + len(REGISTER)
    assert " 12 " in lines[1 + list(REGISTER).index("bays_open")]
    assert unknown in done.stdout
    assert not done.stderr


def test_a_place_without_a_snapshot_says_the_next_command(tmp_path: Path) -> None:
    done = yitu("kpis", tmp_path)
    assert done.returncode == 1
    assert "yitu build" in done.stderr
    assert yitu("kpis", tmp_path / "nowhere").returncode == 2
