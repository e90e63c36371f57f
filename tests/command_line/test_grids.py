from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from planning.atlas import open_atlas
from planning.grids import grids_of
from tests.planning.grids.placed_grids import WHOLE, box_m, grid, placed
from tests.test_yitu import yitu

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grids") / "place"
    placed(
        folder,
        grid("T", WHOLE, 层级="乡镇"),
        grid("A", box_m(0, 0, 5200, 9000), 上级编码="T", 司机数=3),
        grid("B", box_m(5000, 0, 9000, 9000), 上级编码="T", 司机数=20, 责任岗位=None),
    )
    return folder


def test_programs_are_told_all(place: Path) -> None:
    done = yitu("grids", place, "--json", language="en")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    assert told == json.loads(json.dumps(grids_of(open_atlas(place)).to_json_dict()))
    by_id = {one["grid_id"]: one for one in told["grids"]}
    assert by_id["A"]["parent"] == "T"
    assert (by_id["A"]["drivers"], by_id["A"]["is_drivers_hidden"]) == (None, True)
    assert told["holes"]
    assert [one["grid_id"] for one in told["overlaps"]] == ["A"]
    assert told["without_post"] == ["B"]


@pytest.mark.parametrize(("language", "nobody"), [("en", "none named"), ("zh", "未明确")])
def test_people_see_the_tree(place: Path, language: str, nobody: str) -> None:
    done = yitu("grids", place, language=language)
    assert done.returncode == 0
    tree = [
        line
        for line in done.stdout.splitlines()
        if (line.strip().startswith("网格") and "网格长" in line) or nobody in line
    ]
    assert [line.split()[0] for line in tree] == ["网格T", "网格A", "网格B"]
    assert [len(line) - len(line.lstrip()) for line in tree] == [0, 2, 2]
    assert "< 5" in tree[1]
    assert "≥ 19" in tree[2]
    assert any("网格A" in line and "网格B" in line for line in done.stdout.splitlines() if line not in tree)


def test_a_place_without_grids_says_so(tmp_path: Path) -> None:
    placed(tmp_path / "bare")
    done = yitu("grids", tmp_path / "bare", language="en")
    assert done.returncode == 0
    assert "no responsibility grids" in done.stdout


def test_a_folder_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    assert yitu("grids", tmp_path / "nowhere", language="en").returncode == 2
