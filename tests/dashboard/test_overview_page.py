from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from dashboard.layers import LAYERS
from etl.engine import spatial_extension
from etl.snapshot import SnapshotFolder
from etl.snapshot_check import digest_beside
from planning.atlas import open_atlas
from planning.features import features
from tests.dashboard.test_data_health_page import written
from tests.etl.small_place import SmallPlace
from tests.etl.tiny_build import build as build_tiny

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

STATION = "JC-Z006"
HARM = "<img src=x onerror=hit()>${hit()}`hit()`"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A place without stations: one resource and nothing else."""
    place = SmallPlace(tmp_path_factory.mktemp("small") / "place")
    rows: list[list[object]] = [["编号", "名称", "类型", "经度", "纬度"], ["R1", "加油站", "加油站", 107.35, 35.33]]
    place.add("resources", "resources.csv", rows).build()
    return place.folder


def test_it_shows_heading_filters_and_figures(sample_place: Path, opened_page: Callable[..., AppTest]) -> None:
    app = opened_page(sample_place)
    assert not app.exception
    assert [title.value for title in app.title] == ["总览"]
    assert [one.label for one in app.sidebar.multiselect] == [
        "驿站类型",
        "驿站状态",
        "须具备的设施",
        "沿线资源类型",
        "诉求类别",
    ]
    assert len(app.sidebar.selectbox) == 4
    assert "示例" in written(app)
    assert "yitu-facts empty" in written(app)
    assert len(app.query_params) == 0


def test_it_speaks_english(sample_place: Path, opened_page: Callable[..., AppTest]) -> None:
    app = opened_page(sample_place, lang="en")
    assert not app.exception
    assert [title.value for title in app.title] == ["Overview"]
    assert app.sidebar.multiselect[0].label == "Station tiers"
    assert "red station" in app.sidebar.multiselect[0].options
    assert "Click on the map" in written(app)
    assert app.query_params["lang"] == "en"


def test_a_chosen_thing_is_told_of(sample_place: Path, opened_page: Callable[..., AppTest]) -> None:
    row = features(open_atlas(sample_place), "stations", thing=STATION).table.to_pylist()[0]
    app = opened_page(sample_place, at="35.309852,107.478199", thing=f"stations/{STATION}")
    assert not app.exception
    text = written(app)
    assert row["name"] in text
    assert f"{row['file']}" in text
    assert "35.30985, 107.47820 · WGS-84" in text
    next(button for button in app.button if button.key == "close_facts").click()
    app.run()
    assert not app.exception
    assert row["name"] not in written(app)
    assert "at" not in app.query_params


@pytest.mark.parametrize(
    ("at", "thing"),
    [
        ("35.31,107.47", "stations/no-such"), ("35.31,107.47", "nothing/1"), ("35.31,107.47", "drivers/1"),
        ("35.31,107.47", "stations/' or 1=1 --"), ("35.31,107.47", f"stations/{HARM}"), ("0,0", ""),
        ("90,180", ""), ("-90,-180", "routes/"), ("1e-9,-1e-9", "/"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_left_out(
    sample_place: Path, opened_page: Callable[..., AppTest], at: str, thing: str
) -> None:
    app = opened_page(sample_place, at=at, thing=thing)
    assert not app.exception
    assert "WGS-84" in written(app)
    assert "<img" not in written(app)


@pytest.mark.parametrize("at", ["north", "91,0", "nan,nan", "1,2,3", "", "inf,0", "35.31;107.47"])
def test_what_is_no_position_is_none(sample_place: Path, opened_page: Callable[..., AppTest], at: str) -> None:
    app = opened_page(sample_place, at=at, thing="stations/x")
    assert not app.exception
    assert "yitu-facts empty" in written(app)


def test_a_place_without_stations_has_a_page_all_the_same(small: Path, opened_page: Callable[..., AppTest]) -> None:
    app = opened_page(small, at="35.33,107.35")
    assert not app.exception
    assert [title.value for title in app.title] == ["总览"]
    assert app.sidebar.multiselect[0].options == []
    assert app.sidebar.multiselect[3].options == ["加油站"]
    text = written(app)
    assert "不在任何网格内，无人负责" in text
    assert "最近的运营驿站</h4><dl><dt>驿站</dt><dd>无</dd>" in text


def test_wrong_tiles_of_an_office_are_said_in_a_sentence(
    small: Path, tmp_path: Path, opened_page: Callable[..., AppTest]
) -> None:
    place = tmp_path / "place"
    shutil.copytree(small, place)
    (place / "map.toml").write_text("[tiles]\nurls = 3\n", "utf-8")
    app = opened_page(place, lang="en")
    assert not app.exception
    assert "needs mending" in written(app)
    (place / "map.toml").unlink()
    app.run()
    assert "needs mending" not in written(app)
    assert app.title[0].value == "Overview"


def without(place: Path, table: str) -> None:
    """The newest snapshot as an earlier version would have made it."""
    found = SnapshotFolder(place / "snapshots").newest_sound()
    assert found is not None
    found.path.chmod(0o644)
    with duckdb.connect(str(found.path)) as database:
        database.execute(f"load '{spatial_extension()}'")
        database.execute(f"drop table {table}")
    found.path.chmod(0o444)
    digest_beside(found.path).unlink()


@pytest.mark.parametrize("table", ["stations", "cells", "grids", "repairs"])
def test_a_place_built_by_an_earlier_version_says_so(
    small: Path, tmp_path: Path, opened_page: Callable[..., AppTest], table: str
) -> None:
    place = tmp_path / "place"
    shutil.copytree(small, place)
    without(place, table)
    app = opened_page(place, lang="en")
    assert not app.exception
    if table == "repairs":
        assert app.title[0].value == "Overview"
    else:
        assert "was built by an earlier version of Yitu" in written(app)
        assert f"<code>yitu build {place}</code>" in written(app)


def test_a_place_of_which_nothing_is_told_says_so_too(tmp_path: Path, opened_page: Callable[..., AppTest]) -> None:
    build_tiny(SnapshotFolder(tmp_path / "snapshots"), 1)
    app = opened_page(tmp_path, lang="en")
    assert not app.exception
    assert "was built by an earlier version of Yitu" in written(app)


def test_the_wall_has_no_filters(sample_place: Path, opened_page: Callable[..., AppTest]) -> None:
    app = opened_page(sample_place, view="wall")
    assert not app.exception
    assert len(app.sidebar.multiselect) == 0
    assert "yitu-wall-head" in written(app)
    assert app.query_params["view"] == "wall"


def test_choosing_a_filter_is_written_into_the_address(sample_place: Path, opened_page: Callable[..., AppTest]) -> None:
    app = opened_page(sample_place, layers=",".join(LAYERS))
    app.sidebar.multiselect[0].select("red_station").run()
    assert not app.exception
    assert app.query_params["stations"] == "red_station"
    assert app.query_params["layers"] == ",".join(LAYERS)
