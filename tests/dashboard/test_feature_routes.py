from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
import shapely
from starlette.applications import Starlette

from dashboard import build_answers
from dashboard.layers import LAYERS, POINT_LOOKS
from dashboard.layers.layer import MapChoice
from dashboard.overview.map_part import map_source
from dashboard.place import PLACE_VARIABLE
from dashboard.point_file import point_file
from dashboard.routes import ROUTES
from dashboard.tiles.tile_address import tile_holding
from etl.snapshot import SnapshotFolder
from planning.atlas import Atlas, open_atlas
from planning.features import FILTERS
from planning.grid_measures import GRID_MEASURES, grid_values
from planning.ground import place_boundary
from tests.dashboard.asked_layers import choice_for
from tests.dashboard.serving_app import Served, serving_app
from tests.etl.small_place import SmallPlace
from tests.etl.tiny_build import build as build_tiny

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOR_EVER = "private, max-age=31536000, immutable"
GZIP = (("Accept-Encoding", "gzip, deflate"),)


@pytest.fixture
def atlas(sample_place: Path) -> Atlas:
    return open_atlas(sample_place)


@pytest.fixture
def served(sample_place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv(PLACE_VARIABLE, str(sample_place))
    with serving_app(Starlette(routes=ROUTES)) as served:
        yield served


def paths() -> list[str]:
    points = [f"{noun}.geojson" for noun in POINT_LOOKS]
    return [*points, "outline.geojson", *(f"grids/values/4/{measure}.json" for measure in GRID_MEASURES)]


@pytest.mark.parametrize("path", paths())
def test_answers_of_a_known_build_hold_for_ever_and_are_compressed_for_whoever_takes_it(
    served: Served, atlas: Atlas, path: str
) -> None:
    address = f"/map/{atlas.build_id}/{path}"
    packed, plain = served.ask(address, GZIP), served.ask(address)
    kind = "application/geo+json" if path.endswith("geojson") else "application/json"
    for answer in (packed, plain):
        assert (answer.status, answer.headers["content-type"]) == (200, kind)
        assert (answer.headers["cache-control"], answer.headers["vary"]) == (FOR_EVER, "Accept-Encoding")
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert int(answer.headers["content-length"]) == len(answer.body)
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body
    assert json.loads(plain.body)
    again = served.ask(address, (*GZIP, ("If-None-Match", packed.headers["etag"])))
    assert (again.status, again.body) == (304, b"")


@pytest.mark.parametrize("noun", POINT_LOOKS)
def test_points_are_those_of_the_file(served: Served, atlas: Atlas, noun: str) -> None:
    assert served.ask(f"/map/{atlas.build_id}/{noun}.geojson").body == point_file(atlas, noun, {})


def test_filters_and_language_are_asked_for_in_the_address(served: Served, atlas: Atlas) -> None:
    base = f"/map/{atlas.build_id}/stations.geojson"
    chosen = served.ask(f"{base}?lang=en&tier=service_point,red_station&status=open")
    numbers = {point["properties"]["id"] for point in json.loads(chosen.body)["features"]}
    rows = atlas.cursor().execute(
        "select station_id from stations where tier in ('service_point', 'red_station') and status = 'open'"
    )
    assert numbers == {row[0] for row in rows.fetchall()}
    assert "service point" in chosen.text
    assert "服务点" in served.ask(f"{base}?tier=service_point").text
    assert served.ask(f"{base}?tier=").body == served.ask(base).body


def test_the_outline_is_the_place(served: Served, atlas: Atlas) -> None:
    outline = shapely.from_geojson(served.ask(f"/map/{atlas.build_id}/outline.geojson").text)
    boundary = place_boundary(atlas)
    assert outline.is_valid
    assert outline.symmetric_difference(boundary).area < boundary.area * 0.005


@pytest.mark.parametrize("level", [1, 4])
@pytest.mark.parametrize("measure", GRID_MEASURES)
def test_numbers_of_grids_come_as_numbers_and_as_people_read_them(
    served: Served, atlas: Atlas, measure: str, level: int
) -> None:
    told = json.loads(served.ask(f"/map/{atlas.build_id}/grids/values/{level}/{measure}.json?lang=en").body)
    found = grid_values(atlas, measure, level)
    assert found
    assert told["values"] == {name: one.value for name, one in found.items()}
    assert told["shown"].keys() == found.keys()
    for name, one in found.items():
        shown = told["shown"][name]
        assert (shown in {"unknown", "hidden"}) == (one.value is None)
        assert (shown == "hidden") == one.is_hidden
        if one.value is not None:
            assert shown.startswith("≥ ") == one.is_lower_bound
            number = float(re.sub("[^0-9.]", "", shown.removesuffix(GRID_MEASURES[measure].unit)))
            assert number == pytest.approx(one.value, rel=0.005, abs=1e-9)
            assert shown.endswith(GRID_MEASURES[measure].unit)


HOSTILE = ("' or 1=1 --", "<img src=x onerror=hit()>", "${hit()}", "%", "*", "\0", "../../etc/passwd", "红" * 300)


@pytest.mark.parametrize(("noun", "name"), [(noun, name) for noun in POINT_LOOKS for name in FILTERS[noun]])
def test_values_that_mean_harm_fit_nothing(served: Served, atlas: Atlas, noun: str, name: str) -> None:
    for harm in HOSTILE:
        answer = served.ask(f"/map/{atlas.build_id}/{noun}.geojson?{name}={quote(harm)}")
        assert (answer.status, json.loads(answer.body)["features"]) == (200, [])


MISSING = (
    "{b}/drivers.geojson", "{b}/pings.geojson", "{b}/routes.geojson", "{b}/grids.geojson", "{b}/stations.geojson?x=1",
    "{b}/stations.geojson?tier=red_station&colour=1", "{b}/stations.geojson?lang=fr", "{b}/stations.geojson?lang=",
    "{b}/stations.geojson?lang=zh-CN", "{b}/places.geojson?tier=town", "{b}/stations%27--.geojson",
    "{b}/..%5cstations.geojson", "{b}/grids/values/4/area.json", "{b}/grids/values/9/drivers.json", "{b}/grids/values/4/drivers.json?lang=fr",
    "{b}x/stations.geojson", "no-such-build/stations.geojson", "no-such-build/outline.geojson",
    "no-such-build/grids/values/4/drivers.json", "20990101T000000000000Z-ffff/stations.geojson", "%00/outline.geojson",
    "%F0%9F%92%A3/outline.geojson",
)  # fmt: skip


@pytest.mark.parametrize("path", MISSING)
def test_what_there_is_not_is_said_plainly_and_not_kept(served: Served, atlas: Atlas, path: str) -> None:
    answer = served.ask("/map/" + path.replace("{b}", atlas.build_id))
    assert (answer.status, answer.headers["cache-control"]) == (404, "no-store")
    assert "Traceback" not in answer.text
    assert "img" not in answer.text


def test_what_was_asked_for_with_long_words_is_not_kept_at_their_length(served: Served, atlas: Atlas) -> None:
    build_answers._answers.forget()
    served.ask(f"/map/{atlas.build_id}/stations.geojson?tier={'x' * 30_000}")
    kept = build_answers._answers
    assert len(kept._kept) == 1
    assert max(len(str(key)) for key in kept._kept) < 1000


def test_a_build_of_an_earlier_version_has_no_points(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = build_tiny(SnapshotFolder(tmp_path / "snapshots"), 1)
    monkeypatch.setenv(PLACE_VARIABLE, str(tmp_path))
    with serving_app(Starlette(routes=ROUTES)) as served:
        for path in paths():
            answer = served.ask(f"/map/{made.stem.removeprefix('atlas-')}/{path}")
            assert (answer.status, answer.headers["cache-control"]) == (404, "no-store")


def asked_by(spec: dict[str, Any]) -> list[str]:
    x, y = tile_holding(107.42, 35.35, 11)
    addresses = [spec[name] for name in ("url", "values_url", "picture_url") if name in spec]
    return [one.replace("{z}", "11").replace("{x}", str(int(x))).replace("{y}", str(int(y))) for one in addresses]


@pytest.mark.parametrize("datum", ["wgs84", "gcj02"])
@pytest.mark.parametrize("layer", LAYERS)
def test_every_address_that_a_layer_tells_is_answered(served: Served, atlas: Atlas, layer: str, datum: str) -> None:
    filters = {
        "stations": {"tier": ["red_station"], "needs": ["parking", "hot_water"]},
        "requests": {"is_open": ["true"]},
    }
    choice = choice_for(atlas, layer, filters=filters, datum=datum, theme="dark")
    spec = LAYERS[layer].build(map_source(atlas), choice)
    assert spec is not None
    addresses = asked_by(spec)
    assert addresses
    for address in addresses:
        answer = served.ask(f"/{address}", GZIP)
        assert (answer.status, answer.headers["cache-control"]) == (200, FOR_EVER), address
        assert answer.body
        is_tile = "/11/" in address
        assert ("datum=gcj02" in address) == (is_tile and datum == "gcj02")


def test_a_kind_with_a_comma_in_it_can_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kinds that an office wrote freely hold any sign."""
    kinds = ["停车,休息", "停车", "100%2C", "a&b=c#d?e"]
    place = SmallPlace(tmp_path / "place")
    rows = [[f"Q{i}", f'"{kind}"', "2026-03-01 08:00", 107.35, 35.33] for i, kind in enumerate(kinds)]
    place.add("requests", "requests.csv", [["编号", "类别", "诉求时间", "经度", "纬度"], *rows]).build()
    monkeypatch.setenv(PLACE_VARIABLE, str(place.folder))
    source = map_source(open_atlas(place.folder))
    with serving_app(Starlette(routes=ROUTES)) as served:
        for kind in source.counts["requests"]:
            spec = LAYERS["requests"].build(source, MapChoice(filters={"requests": {"category": [kind]}}))
            assert spec is not None
            told = json.loads(served.ask(f"/{spec['url']}").body)["features"]
            assert [one["properties"]["kind"] for one in told] == [kind]
        assert len(source.counts["requests"]) == len(kinds)
