from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.kind_colours import KIND_COLUMN
from dashboard.layers import LAYERS, POINT_LOOKS
from dashboard.layers.layer import MapChoice
from dashboard.layers.points import MOST_IN_A_FILE
from dashboard.overview.map_part import map_source
from dashboard.place import PLACE_VARIABLE
from dashboard.tiles.cell_pictures import drawn_cells
from planning.atlas import open_atlas
from planning.cell_measures import CELL_MEASURES
from planning.code_words import UNKNOWN, code_word
from planning.features import FILTERS, features
from planning.grid_measures import GRID_MEASURES, grid_values
from tests.dashboard.asked_layers import OF_A_QUESTION, choice_for
from tests.etl.small_place import SmallPlace
from wording import Language, use_language

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.layers.layer import MapSource, Spec
    from dashboard.palette import Theme


@pytest.fixture
def sample(sample_place: Path) -> MapSource:
    return map_source(open_atlas(sample_place))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> MapSource:
    """A place with an outline and nothing in it."""
    place = SmallPlace(tmp_path_factory.mktemp("bare") / "place")
    place.build()
    return map_source(open_atlas(place.folder))


def built(source: MapSource, layer: str, choice: MapChoice | None = None) -> Spec:
    spec = LAYERS[layer].build(source, choice or MapChoice())
    assert spec is not None
    return spec


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_is_built_on_the_sample(sample: MapSource, layer: str, language: Language, theme: Theme) -> None:
    use_language(language)
    spec = built(sample, layer, choice_for(sample.atlas, layer, theme=theme))
    assert json.loads(json.dumps(spec, allow_nan=False))["name"] == layer
    assert spec["title"]
    assert spec["legend"]
    assert all(entry["label"] and entry["colour"] for entry in spec["legend"])
    assert len({(entry["label"], entry["colour"]) for entry in spec["legend"]}) == len(spec["legend"])
    for name in ("url", "values_url", "picture_url"):
        assert spec.get(name, "map/").startswith("map/")
        assert f"/{sample.atlas.build_id}/" in spec.get(name, f"/{sample.atlas.build_id}/")


@pytest.mark.parametrize("layer", [layer for layer in LAYERS if layer != "cells"])
def test_a_place_that_lacks_a_noun_has_no_such_layer(bare: MapSource, layer: str) -> None:
    assert LAYERS[layer].build(bare, MapChoice()) is None


@pytest.mark.parametrize("layer", sorted(OF_A_QUESTION))
def test_where_nobody_asks_a_layer_of_a_question_is_not_there(sample: MapSource, layer: str) -> None:
    assert LAYERS[layer].build(sample, MapChoice()) is None


def test_cells_of_which_nothing_is_known_are_drawn_as_unknown(bare: MapSource) -> None:
    spec = built(bare, "cells")
    assert [entry["look"] for entry in spec["legend"]] == ["hatch"]


def test_grids_that_all_have_none_are_explained_so(tmp_path: Path) -> None:
    place = SmallPlace(tmp_path / "place")
    outline = (place.folder / "files" / "outline.geojson").read_text()
    grid = outline.replace('"properties": {}', '"properties": {"编码": "G1", "名称": "一", "层级": "4"}')
    (place.folder / "files" / "grid.geojson").write_text(grid, "utf-8")
    place.add("grids", "grid.geojson").build()
    source = map_source(open_atlas(place.folder))
    none, unknown = (
        built(source, "grids", MapChoice(grid_measure=measure))["legend"] for measure in ("repair_shops", "drivers")
    )
    assert [entry["label"] for entry in none] == ["0"]
    assert [entry["label"] for entry in unknown] == ["未知"]


def test_a_level_that_no_grid_has_is_no_layer(sample: MapSource) -> None:
    assert LAYERS["grids"].build(sample, MapChoice(grid_level=9)) is None


@pytest.mark.parametrize("noun", POINT_LOOKS)
@pytest.mark.parametrize("count", [MOST_IN_A_FILE, MOST_IN_A_FILE + 1])
def test_many_points_come_as_tiles(sample: MapSource, noun: str, count: int) -> None:
    kinds = list(sample.counts[noun])
    counts = {noun: {kinds[0]: count - len(kinds) + 1, **dict.fromkeys(kinds[1:], 1)}}
    chosen = {FILTERS[noun][0]: [kinds[0]]}
    spec = built(replace(sample, counts=counts), noun, MapChoice(filters={noun: chosen}))
    is_tiled = count > MOST_IN_A_FILE
    assert spec["kind"] == ("tiledPoints" if is_tiled else "points")
    assert spec["url"].split("?")[0].endswith(".mvt") == is_tiled
    assert (f"{noun}.geojson?" in spec["url"]) != is_tiled
    if is_tiled:
        assert spec["filter"] == chosen
        assert spec["by"] == KIND_COLUMN[noun]


KINDS = {**{noun: KIND_COLUMN[noun] for noun in POINT_LOOKS}, "routes": "class"}


@pytest.mark.parametrize("noun", KINDS)
def test_the_legend_has_the_kinds_that_are_there_and_not_filtered_away(sample: MapSource, noun: str) -> None:
    table = features(sample.atlas, noun)
    column = table.column(KINDS[noun])
    present = {column.shown(value) for value in table.table[KINDS[noun]].to_pylist()}
    spec = built(sample, noun)
    assert {entry["label"] for entry in spec["legend"] if entry["look"] != "hollow"} == present
    for entry in spec["legend"]:
        if entry["look"] == "hollow":
            continue
        assert entry["colour"] in {kind["colour"] for kind in spec["kinds"].values() if kind["label"] == entry["label"]}
    chosen = min(sample.counts[noun])
    filtered = built(sample, noun, MapChoice(filters={noun: {KINDS[noun]: [chosen, "no_such"]}}))
    kinds = [entry["label"] for entry in filtered["legend"] if entry["look"] != "hollow"]
    assert kinds == [column.shown(None if chosen == UNKNOWN else chosen)]
    assert UNKNOWN in spec["kinds"]


@pytest.mark.parametrize("measure", GRID_MEASURES)
@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_the_legend_of_grids_has_the_classes_that_are_there(sample: MapSource, measure: str, level: int) -> None:
    values = [one.value for one in grid_values(sample.atlas, measure, level).values()]
    spec = built(sample, "grids", MapChoice(grid_measure=measure, grid_level=level))
    assert any(entry["label"] == "未知" for entry in spec["legend"]) == (None in values)
    assert any(entry["label"] == "0" for entry in spec["legend"]) == (0 in values)
    classes = [entry for entry in spec["legend"] if entry["label"] not in {"0", "未知"}]
    assert [entry["colour"] for entry in classes] == list(reversed(spec["colours"]))
    assert classes
    assert spec["values_url"].split("?")[0].endswith(f"grids/values/{level}/{measure}.json")


@pytest.mark.parametrize("measure", CELL_MEASURES)
def test_the_cells_are_coloured_by_the_chosen_measure(sample: MapSource, measure: str) -> None:
    spec = built(sample, "cells", MapChoice(cell_measure=measure, theme="dark", datum="gcj02"))
    assert f"/cells/{measure}/{{z}}/{{x}}/{{y}}.png?" in spec["picture_url"]
    assert "theme=dark" in spec["picture_url"]
    assert all("datum=gcj02" in spec[name] for name in ("url", "picture_url"))
    assert "datum" not in built(sample, "cells")["picture_url"]
    coloured = {entry["colour"] for entry in spec["legend"] if entry["label"] not in {"0", "未知"}}
    assert coloured == set(drawn_cells(sample.atlas, measure).classes("dark").colours)


def filter_page() -> None:
    """The filters alone; what they give is kept to be looked at."""
    import streamlit as st  # noqa: PLC0415

    from dashboard.map_filters import choose_filters  # noqa: PLC0415
    from dashboard.overview.map_part import map_source  # noqa: PLC0415
    from dashboard.place import current_atlas  # noqa: PLC0415
    from dashboard.url_state import begin, finish  # noqa: PLC0415

    begin("/")
    st.session_state["choice"] = choose_filters(map_source(current_atlas()), theme="light", datum="wgs84")
    finish()


def chosen(place: Path, monkeypatch: pytest.MonkeyPatch, **params: str) -> tuple[AppTest, MapChoice]:
    monkeypatch.setenv(PLACE_VARIABLE, str(place))
    app = AppTest.from_function(filter_page, default_timeout=30)
    for name, value in params.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    choice: Any = app.session_state["choice"]
    return app, choice


def test_every_filter_of_the_sidebar_is_one_that_its_layer_knows(
    sample_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, choice = chosen(sample_place, monkeypatch)
    assert set(choice.filters) <= set(LAYERS)
    for noun, filters in choice.filters.items():
        assert set(filters) <= set(FILTERS[noun])
        assert choice.of(noun) == {}
    assert (choice.grid_measure, choice.cell_measure) == ("drivers_per_km2", "drivers")
    assert choice.grid_level == 4
    assert len(app.query_params) == 0


def test_filters_are_read_from_the_address(
    sample: MapSource, sample_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, choice = chosen(
        sample_place, monkeypatch,
        stations="red_station,no_such,driver_home", status="open", needs="parking", resources="fuel_station",
        requests="road", open="true", level="2", measure="requests_open", cells="people",
    )  # fmt: skip
    assert choice.of("stations") == {"tier": ["red_station", "driver_home"], "status": ["open"], "needs": ["parking"]}
    assert choice.of("resources") == {"kind": ["fuel_station"]}
    assert choice.of("requests") == {"category": ["road"], "is_open": ["true"]}
    assert (choice.grid_level, choice.grid_measure, choice.cell_measure) == (2, "requests_open", "people")
    assert app.query_params["stations"] == "red_station,driver_home"
    for layer in set(LAYERS) - OF_A_QUESTION:
        assert LAYERS[layer].build(sample, choice) is not None


def test_kinds_to_choose_are_those_of_the_snapshot(
    sample: MapSource, sample_place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, _ = chosen(sample_place, monkeypatch)
    by_label = {one.label: one.options for one in app.multiselect}
    for noun, label, list_name in (
        ("stations", "驿站类型", "tier"), ("resources", "沿线资源类型", "resource_kind"), ("requests", "诉求类别", "request_category")
    ):  # fmt: skip
        assert sorted(by_label[label]) == sorted(code_word(list_name, code) for code in sample.counts[noun])


def test_a_place_of_nothing_can_be_filtered_all_the_same(bare: MapSource, monkeypatch: pytest.MonkeyPatch) -> None:
    _, choice = chosen(bare.atlas.place_folder, monkeypatch, level="2", stations="red_station", measure="no_such")
    assert choice.of("stations") == {}
    assert choice.grid_measure == "drivers_per_km2"
