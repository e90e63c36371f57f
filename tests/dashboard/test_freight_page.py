from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette

from dashboard.freight_heat.strip_chart import strip_chart
from dashboard.place import PLACE_VARIABLE
from dashboard.routes import ROUTES
from dashboard.tiles.tile_address import tile_holding
from planning.atlas import open_atlas
from planning.corridors.report import corridor_report
from planning.corridors.strip import strip_of
from planning.kpis import kpi
from tests.dashboard.serving_app import Served, serving_app
from tests.dashboard.test_data_health_page import written
from tests.dashboard.tiles.mvt_reading import LINE, read_mvt
from tests.etl.small_place import SmallPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

PAGE = "freight_heat"


@pytest.fixture
def served(sample_place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv(PLACE_VARIABLE, str(sample_place))
    with serving_app(Starlette(routes=ROUTES)) as served:
        yield served


def tile_of_sample(zoom: int) -> str:
    x, y = tile_holding(107.37, 35.335, zoom)
    return f"{zoom}/{int(x)}/{int(y)}"


def test_the_page_shows_the_figures_of_the_register(sample_place: Path, opened_page: Callable[..., AppTest]) -> None:
    app = opened_page(sample_place, page=PAGE)
    assert not app.exception
    assert [title.value for title in app.title] == ["货运热力"]
    over = kpi(open_atlas(sample_place), "over_4h_spells_pct")
    assert {metric.label: metric.value for metric in app.metric}[over.label] == f"{over.value_text} %"
    assert "yitu-strip" in written(app)


def test_a_corridor_of_the_address_is_shown(sample_place: Path, opened_page: Callable[..., AppTest]) -> None:
    app = opened_page(sample_place, page=PAGE, corridor="G312 down", day="weekend")
    assert not app.exception
    assert "G312 下行沿线" in [one.value for one in app.subheader]
    assert (app.query_params["corridor"], app.query_params["day"]) == ("G312 down", "weekend")


def test_a_place_without_tracks_and_roads_says_so(tmp_path: Path, opened_page: Callable[..., AppTest]) -> None:
    place = SmallPlace(tmp_path / "place")
    place.add("resources", "a.csv", [["编号", "名称", "类型", "经度", "纬度"], ["R1", "油站", "加油站", 107.35, 35.33]])
    place.build()
    app = opened_page(place.folder, page=PAGE)
    assert not app.exception
    assert "还没有轨迹" in written(app)


def test_a_tile_of_flows_holds_what_the_snapshot_says_in_tenths(served: Served, sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    answer = served.ask(f"/map/{atlas.build_id}/flows/{tile_of_sample(9)}.mvt?day=weekday&cargo=all")
    assert answer.status == 200
    features = read_mvt(answer.body)["flows"].features
    assert {feature.kind for feature in features} == {LINE}
    flows = {
        (edge, hour): trucks
        for edge, hour, trucks in atlas.cursor()
        .execute("select edge_id, hour, trucks_per_day from section_flows where day_kind = 'weekday' and cargo = 'all'")
        .fetchall()
    }
    opposite = dict(
        atlas.cursor()
        .execute(
            "select one.edge_id, other.edge_id from road_edges as one join road_edges as other on one.route_id = "
            "other.route_id and one.from_fraction = other.to_fraction and one.to_fraction = other.from_fraction"
        )
        .fetchall()
    )
    for feature in features:
        piece = int(feature.properties["id"])
        told = [feature.properties[way] for way in ("along", "against") if way in feature.properties]
        edges = [edge for edge in (piece, opposite.get(piece)) if any(one == edge for one, _ in flows)]
        wanted = [
            ",".join(_tenths(flows.get((edge, hour))) for hour in (None, *range(24)))
            for edge in edges
            if edge is not None
        ]
        assert sorted(told) == sorted(wanted)


def _tenths(trucks: float | None) -> str:
    return "" if trucks is None else str(round(trucks * 10))


def test_the_blur_has_a_point_for_each_cell_with_heat(served: Served, sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    points = json.loads(served.ask(f"/map/{atlas.build_id}/freight/heat.json?cargo=hazmat").body)["points"]
    found = atlas.cursor().execute(
        "select count(distinct cell_id), sum(trucks_per_day) from cell_heat where day_kind = 'all' and cargo = 'hazmat' "
        "and hour is null"
    )
    cells, trucks = found.fetchall()[0]
    assert len(points) >= cells
    assert sum(slots[0] or 0 for *_, slots in points) == pytest.approx(trucks, abs=0.05 * len(points))
    assert {len(slots) for *_, slots in points} == {25}


@pytest.mark.parametrize("what", ["breakpoints", "roadside_stops"])
def test_marks_stand_for_five_trucks_at_least(served: Served, sample_place: Path, what: str) -> None:
    build = open_atlas(sample_place).build_id
    marks = json.loads(served.ask(f"/map/{build}/freight/{what}.json").body)["marks"]
    assert marks
    for mark in marks:
        assert int(re.findall(r"\d+", mark["lines"][1][1])[0]) >= 5


@pytest.mark.parametrize(
    "address", ["flows/1/0/0.mvt?day=never", "flows/1/9/0.mvt", "freight/heat.json?cargo=x", "freight/else.json"]
)
def test_what_cannot_be_asked_is_not_found(served: Served, sample_place: Path, address: str) -> None:
    assert served.ask(f"/map/{open_atlas(sample_place).build_id}/{address}").status == 404


def test_the_strip_draws_every_station_and_takes_names_as_text(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    found = corridor_report(atlas, "G312", "up")
    drawn = strip_chart(strip_of(atlas, found))
    encoded = re.findall(r"base64,([A-Za-z0-9+/=]+)", drawn)
    svg = base64.b64decode(encoded[0]).decode()
    for station in found.stations:
        assert f"<title>{station.name}</title>" in svg
    assert svg.count("<script") == 0
