from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from dashboard.coverage.gaps_taken_away import gap_answer
from dashboard.coverage_choice import CoverageChoice
from planning.accessibility import accessibility, accessibility_by_grid
from planning.atlas import open_atlas
from planning.coverage import coverage
from planning.gaps import gaps
from planning.kpis.kpi import value_text
from planning.need import Need
from tests.dashboard.test_data_health_page import written
from tests.etl.small_place import SmallPlace
from wording import use_language

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest


def tiles(app: AppTest) -> dict[str, str]:
    return {tile.label: tile.value for tile in app.metric}


def asking(app: AppTest, **params: str) -> AppTest:
    """As when the address bar says this on the page that is open."""
    for name, value in params.items():
        app.query_params[name] = value
    return app.run()


def pct(place: Path, need: Need | None = None, within: float | None = None) -> str:
    share = coverage(open_atlas(place), need, within).shares["drivers"]
    return f"{value_text(share.pct, '%', decimals=1, is_lower_bound=share.is_lower_bound)} %"


def test_the_tiles_say_what_planning_counts(sample_place: Path, opened_page: Callable[..., AppTest]) -> None:
    app = opened_page(sample_place, "coverage")
    assert not app.exception
    assert [title.value for title in app.title] == ["覆盖盲区"]
    assert tiles(app)["司机覆盖率"] == pct(sample_place)
    assert tiles(app)["覆盖盲区"] == str(len(gaps(open_atlas(sample_place), coverage(open_atlas(sample_place)))))
    assert len(app.query_params) == 0


def test_a_link_asks_the_same_question_again(sample_place: Path, opened_page: Callable[..., AppTest]) -> None:
    asked = {"within": "20", "needs": "shower", "planned": "1", "hour": "2", "vehicle": "hazmat_truck"}
    app = asking(opened_page(sample_place, "coverage"), **asked)
    assert not app.exception
    need = Need(("shower",), hour=2, vehicle="hazmat_truck", with_planned=True)
    assert tiles(app)["司机覆盖率"] == pct(sample_place, need, 20)
    assert tiles(app)["司机覆盖率"] != pct(sample_place)
    assert {name: app.query_params[name] for name in app.query_params} == asked


def test_the_slide_changes_tiles_and_address(sample_place: Path, opened_page: Callable[..., AppTest]) -> None:
    app = opened_page(sample_place, "coverage")
    app.slider[0].set_value(15).run()
    assert not app.exception
    assert tiles(app)["司机覆盖率"] == pct(sample_place, within=15)
    assert app.query_params["within"] == "15"


def test_a_chosen_gap_says_why_and_who(sample_place: Path, opened_page: Callable[..., AppTest]) -> None:
    atlas = open_atlas(sample_place)
    worst = gaps(atlas, coverage(atlas))[0]
    app = asking(opened_page(sample_place, "coverage"), gap="1")
    assert not app.exception
    told = written(app)
    assert worst.name in told
    assert "为什么没有覆盖" in told
    assert [post.level for post in worst.owner.posts] == [1, 2, 3, 4]
    assert all(post.post and post.post in told for post in worst.owner.posts)


def test_what_no_address_can_mean_is_taken_for_the_usual(
    sample_place: Path, opened_page: Callable[..., AppTest]
) -> None:
    asked = {"within": "1", "needs": "gold,shower", "hour": "77", "gap": "999", "at": "1,2,3", "vehicle": "tank"}
    app = asking(opened_page(sample_place, "coverage"), **asked)
    assert not app.exception
    assert tiles(app)["司机覆盖率"] == pct(sample_place, Need(("shower",)), 5)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_place_without_roads_or_stations_says_that_nothing_is_known(
    tmp_path: Path, opened_page: Callable[..., AppTest], language: str
) -> None:
    place = SmallPlace(tmp_path / "place")
    rows: list[list[object]] = [["编号", "名称", "类型", "经度", "纬度"], ["R1", "加油站", "加油站", 107.35, 35.33]]
    place.add("resources", "resources.csv", rows).build()
    app = opened_page(place.folder, "coverage", lang=language)
    assert not app.exception
    label, unknown = ("司机覆盖率", "未知") if language == "zh" else ("Drivers covered", "unknown")
    assert tiles(app)[label] == unknown


def test_all_gaps_are_taken_away_with_the_question_they_answer(sample_place: Path) -> None:
    use_language("zh")
    atlas = open_atlas(sample_place)
    choice = CoverageChoice(30.0, Need(("shower",)))
    told = json.loads(gap_answer(atlas, choice, "geojson"))
    assert len(told["features"]) == len(gaps(atlas, choice.of(atlas)))
    assert gap_answer(atlas, choice, "xlsx")[:2] == b"PK"
    assert "淋浴".encode() in gap_answer(atlas, choice, "kml")


SOUND: tuple[dict[str, str], ...] = (
    {"within": "30"},
    {"within": "30", "needs": "shower,parking", "hour": "0", "count": "km", "direction": "up"},
)
UNSOUND: tuple[dict[str, str], ...] = (
    {},
    {"within": "nan"},
    {"within": "inf"},
    {"within": "30", "needs": "gold"},
    {"within": "30", "hour": "24"},
    {"within": "30", "vehicle": "tank"},
    {"within": "30", "rank": "beauty"},
    {"within": "30", "direction": "sideways"},
)


@pytest.mark.parametrize("told", SOUND)
def test_an_address_is_read_and_written_alike(told: dict[str, str], sample_place: Path) -> None:
    choice = CoverageChoice.read(told)
    assert choice is not None
    assert CoverageChoice.read(choice.parameters(open_atlas(sample_place))) == choice


@pytest.mark.parametrize("told", UNSOUND)
def test_an_address_that_cannot_be_meant_is_not_read(told: dict[str, str]) -> None:
    assert CoverageChoice.read(told) is None


def test_bays_are_counted_where_somebody_asks(sample_place: Path, opened_page: Callable[..., AppTest]) -> None:
    atlas = open_atlas(sample_place)
    app = opened_page(sample_place, "coverage")
    assert "每百辆货车的车位" not in written(app)
    app = asking(app, bays="1")
    assert not app.exception
    told = written(app)
    assert "每百辆货车的车位" in told
    townships = [
        one for one in accessibility_by_grid(atlas, accessibility(atlas)) if one.level == 3 and one.trucks >= 5
    ]
    assert townships
    assert all(one.name in told for one in townships)
