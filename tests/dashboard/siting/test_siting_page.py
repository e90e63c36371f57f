"""The pages 驿站选址 and 方案对比 as Streamlit runs them, and what the map asks for."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from dashboard.place import PLACE_VARIABLE
from dashboard.routes import ROUTES
from dashboard.siting.kept_plans import keep_plan
from dashboard.siting.site_file import site_file
from dashboard.tiles.tile_address import tile_holding
from planning.atlas import open_atlas
from planning.scenarios import save, scenarios
from planning.siting.answer import answered
from planning.siting.question import usual_question
from planning.siting.solver.effort import Effort
from tests.dashboard.serving_app import serving_app

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def place(sample_place: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("siting_page") / "place"
    shutil.copytree(sample_place, copy)
    return copy


def metric(page: AppTest, label: str) -> str:
    return str(next(one.value for one in page.metric if one.label == label))


def test_the_page_shows_the_plan_that_planning_gives(place: Path, opened_page: Callable[..., AppTest]) -> None:
    atlas = open_atlas(place)
    answer = answered(atlas, usual_question(atlas, new=2), Effort(60))
    page = opened_page(place, "siting", new="2")
    page.run(timeout=120)
    assert not page.exception
    assert metric(page, "司机覆盖率") == f"{round(answer.covered_pct or 0, 1):g} %"
    frame = page.dataframe[0].value
    assert frame["名称"].tolist() == [site.candidate.name for site in answer.sites]
    assert any("已证明" in one.value for one in page.caption)


def test_a_plan_for_bays_shows_who_finds_one(place: Path, opened_page: Callable[..., AppTest]) -> None:
    atlas = open_atlas(place)
    answer = answered(atlas, usual_question(atlas, goal="bays", new=2), Effort(60))
    page = opened_page(place, "siting", new="2", goal="bays")
    page.run(timeout=120)
    assert not page.exception
    assert metric(page, "有车位的司机") == f"{round(answer.covered_pct or 0, 1):g} %"
    assert page.dataframe[0].value["新增有车位司机"].tolist() == [f"{site.gain:,.0f}" for site in answer.sites]


def test_a_site_that_serves_roads_alone_has_a_sign_and_no_outline(place: Path) -> None:
    answer = answered(
        open_atlas(place), usual_question(open_atlas(place), goal="corridors", rule="driver_homes"), Effort(60)
    )
    told = json.loads(site_file(answer))["features"]
    assert [one["properties"]["sign"] for one in told] == [str(site.rank) for site in answer.sites]
    shapes = [one["geometry"] for one in told]
    assert None in shapes
    assert all(one is None or one["coordinates"] for one in shapes)


def test_a_plan_is_kept_and_compared(place: Path, opened_page: Callable[..., AppTest]) -> None:
    page = opened_page(place, "siting", new="1")
    page.run(timeout=120)
    page.text_input(key="siting_name").set_value("一站")
    next(one for one in page.button if one.label == "保存").click().run(timeout=120)
    assert not page.exception
    assert "一站" in {one.name for one in scenarios(place)}
    atlas = open_atlas(place)
    save(answered(atlas, usual_question(atlas, new=3), Effort(60)), "三站")
    compared = opened_page(place, "scenarios")
    compared.run(timeout=120)
    assert not compared.exception
    figures = compared.dataframe[0].value
    assert {"一站", "三站"} <= set(figures.columns)
    assert figures.set_index("指标").loc["站点", ["一站", "三站"]].tolist() == ["1", "3"]


def test_the_map_is_told_the_sites_and_the_candidates(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE_VARIABLE, str(place))
    atlas = open_atlas(place)
    answer = answered(atlas, usual_question(atlas, new=2), Effort(60))
    root = f"/map/{atlas.build_id}/siting/{keep_plan(answer)}"
    cells = answer.setting.before.cells
    x, y = (int(one) for one in tile_holding(cells.lon.mean(), cells.lat.mean(), 9))
    with serving_app(Starlette(routes=ROUTES)) as served:
        sites = json.loads(served.ask(f"{root}/sites.geojson").text)["features"]
        assert [one["properties"]["title"] for one in sites] == [site.candidate.name for site in answer.sites]
        others = json.loads(served.ask(f"{root}/candidates.geojson").text)["features"]
        assert len(others) == len(answer.setting.candidates.rows) - len(answer.sites)
        assert served.ask(f"{root}/9/{x}/{y}.png").body.startswith(b"\x89PNG")
        for path in (f"{root}/secrets.geojson", f"{root}/sites.geojson?lang=fr", f"{root}x/sites.geojson",
                     f"{root}/99/0/0.png"):  # fmt: skip
            assert served.ask(path).status == 404
