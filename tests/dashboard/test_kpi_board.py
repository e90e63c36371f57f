from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.exports.feature_files import feature_file
from dashboard.kpi_board import tile_html
from dashboard.kpi_trend import change_words, sparkline
from dashboard.place import PLACE_VARIABLE
from dashboard.row_table import feature_frame
from planning.atlas import open_atlas
from planning.kpis import REGISTER, kpi, kpi_rows, kpi_trend, kpis
from tests.dashboard.test_data_health_page import written
from tests.etl.small_place import SmallPlace
from tests.planning.health_build import build_empty, build_health
from wording import use_language

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STATIONS = ["编号", "站名", "类型", "状态", "停车位", "经度", "纬度"]
HARM = "<img src=http://evil.example/b.png onerror=alert(1)>${alert(1)}`id`"


def board_page() -> None:
    """The board alone, as the page shows it above its map."""
    from dashboard.kpi_board import show_kpi_board  # noqa: PLC0415
    from dashboard.kpi_why import show_why_asked  # noqa: PLC0415
    from dashboard.place import current_atlas  # noqa: PLC0415
    from dashboard.url_state import begin, finish, told  # noqa: PLC0415
    from planning.kpis import REGISTER, kpis  # noqa: PLC0415
    from wording import use_language  # noqa: PLC0415

    begin("/")
    use_language("en")
    atlas = current_atlas()
    show_kpi_board(atlas, kpis(atlas), is_wall=told("view") == "wall")
    show_why_asked(REGISTER)
    finish()


@pytest.fixture
def opened_board(monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    def opened(place: Path, **params: str) -> AppTest:
        monkeypatch.setenv(PLACE_VARIABLE, str(place))
        app = AppTest.from_function(board_page, default_timeout=30)
        for name, value in params.items():
            app.query_params[name] = value
        return app.run()

    return opened


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three builds, in each of which a station more is open; the newest has one without a count."""
    folder = tmp_path_factory.mktemp("places")
    (folder / "one").mkdir()
    ledger: list[list[object]] = [STATIONS]
    for number in range(3):
        bays = "" if number == 2 else 10 + number
        name = f"站{HARM}" if number == 1 else f"站{number}"
        ledger.append([f"S{number}", name, "服务站", "运营", bays, 107.35 + number / 1000, 35.33])
        SmallPlace(folder / str(number)).add("stations", "a.csv", ledger).build(snapshots_in=folder / "one")
    return folder / "one"


def test_every_figure_has_a_tile_and_none_is_known_that_is_not(
    place: Path, opened_board: Callable[..., AppTest]
) -> None:
    app = opened_board(place)
    assert not app.exception
    use_language("en")
    page = written(app)
    for one in kpis(open_atlas(place)):
        assert f">{one.label}</p>" in page, one.name
        assert f">{one.value_text}" in page, one.name
    assert page.count('class="value unknown">unknown<') == len(REGISTER) - 3
    assert "≥ 21 <small>bays</small>" in page


def test_figure_of_the_tile_of_the_notebook_and_of_the_export_are_one(
    place: Path, opened_page: Callable[..., AppTest]
) -> None:
    atlas = open_atlas(place)
    app = opened_page(place, lang="en", why="stations_open")
    assert not app.exception
    use_language("en")
    open_stations = kpi(atlas, "stations_open")
    assert open_stations.value == 3
    assert '<p class="value">3 <small>stations</small></p>' in written(app)
    assert "Rows 1 to 3 of 3" in written(app)
    assert len(app.dataframe[0].value) == 3
    behind = kpi_rows(atlas, "stations_open")
    book = feature_file(behind, "xlsx", place_name="小地方", is_made_up=False, build_id=atlas.build_id)
    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]
    assert sheet.max_row - 1 == open_stations.value


def test_the_reason_opens_by_its_button_and_stands_in_the_address(
    place: Path, opened_board: Callable[..., AppTest]
) -> None:
    app = opened_board(place)
    assert "true value is this or more" not in written(app)
    app.button(key="why_bays_open").click().run()
    assert not app.exception
    assert app.query_params["why"] in ("bays_open", ["bays_open"])
    for sentence in ("Bays for trucks at open stations", "true value is this or more", "service station", "≥ 21"):
        assert sentence in written(app)


def test_the_standard_is_told_with_its_source_and_date(place: Path, opened_board: Callable[..., AppTest]) -> None:
    app = opened_board(place, why="facilities_complete_pct")
    assert not app.exception
    assert "交办运函〔2025〕1059号, 2025-05-30" in written(app)
    assert "meal heating" in written(app)


def test_texts_of_files_reach_the_page_as_text_only(place: Path, opened_board: Callable[..., AppTest]) -> None:
    app = opened_board(place, why="stations_open")
    for harm in ("<img src=http", "${", "`"):
        assert harm not in written(app)
    assert f"站{HARM}" in set(app.dataframe[0].value["name"])


def test_every_reason_opens_where_nothing_is_known(tmp_path: Path, opened_board: Callable[..., AppTest]) -> None:
    SmallPlace(tmp_path / "empty").build()
    for name in REGISTER:
        app = opened_board(tmp_path / "empty", why=name)
        assert not app.exception, name
        assert "Nothing is known of it in this build." in written(app), name


def test_the_wall_has_all_figures_and_no_buttons(place: Path, opened_board: Callable[..., AppTest]) -> None:
    app = opened_board(place, view="wall", why="stations_open")
    assert not app.exception
    assert not app.button
    assert written(app).count('class="yitu-kpi en"') == len(REGISTER)
    assert 'class="yitu-wall"' in written(app)


def test_an_address_that_asks_for_no_figure_opens_none(place: Path, opened_board: Callable[..., AppTest]) -> None:
    app = opened_board(place, why="<script>")
    assert not app.exception
    assert not app.dataframe


@pytest.mark.parametrize("build", [build_health, build_empty])
def test_a_snapshot_of_an_older_version_shows_unknown(
    build: Callable[[Path], Path], tmp_path: Path, opened_board: Callable[..., AppTest]
) -> None:
    build(tmp_path)
    app = opened_board(tmp_path)
    assert not app.exception
    assert written(app).count('class="value unknown">') >= len(REGISTER) - 1


def test_the_trend_is_drawn_and_said_where_builds_differ(place: Path) -> None:
    use_language("en")
    atlas = open_atlas(place)
    stations, bays, unknown = (kpi(atlas, name) for name in ("stations_open", "bays_open", "requests_open"))
    trend = kpi_trend(atlas, "stations_open")
    assert [point.value for point in trend] == [1, 2, 3]
    assert change_words(stations, trend).startswith("+2 since ")
    assert change_words(bays, kpi_trend(atlas, "bays_open")).startswith("known: +11 since ")
    assert change_words(unknown, kpi_trend(atlas, "requests_open")) == ""
    assert change_words(stations, trend[-1:]) == ""
    assert change_words(stations, [trend[1], trend[1]]) == "unchanged"
    assert change_words(stations, trend[::-1]).startswith("−2 since ")
    assert sparkline(stations, trend, colour="#000").startswith('<img class="line" src="data:image/svg+xml;base64,')
    assert sparkline(stations, [trend[1], trend[1]], colour="#000") == ""
    assert sparkline(unknown, kpi_trend(atlas, "requests_open"), colour="#000") == ""
    assert "data:image/svg+xml" in tile_html(atlas, stations, colour="#000")


def test_rows_come_a_page_at_a_time_in_words(place: Path) -> None:
    use_language("zh")
    frame = feature_frame(kpi_rows(open_atlas(place), "stations_open"), 0)
    assert list(frame["类型"]) == ["服务站"] * 3
    assert list(frame["停车位 (个)"]) == ["10", "11", "未知"]
    assert feature_frame(kpi_rows(open_atlas(place), "stations_open"), 50).empty
