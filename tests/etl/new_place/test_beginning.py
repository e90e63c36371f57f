"""A place that is begun builds at once, and what cannot be begun leaves nothing behind."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import shapely

from etl.build import build_place
from etl.new_place.beginning import Wanted, begin_place
from etl.snapshot_check import open_snapshot
from tests.etl.osm.osm_text import OsmText
from wording import Refusal

ROAD = {"highway": "trunk", "ref": "G312"}
IN_JINGCHUAN = ((107.35, 35.33), (107.36, 35.33))
JINGCHUAN = "620821"


@pytest.fixture
def osm(tmp_path: Path) -> Path:
    text = OsmText().road(1, ROAD, *IN_JINGCHUAN).node(1, 107.35, 35.33, place="town", name="城关镇")
    return text.write(tmp_path / "gansu.osm")


def manifest(place: Path) -> dict[str, Any]:
    return tomllib.loads((place / "sources.toml").read_text("utf-8"))


def test_a_county_with_a_map_file(tmp_path: Path, osm: Path) -> None:
    place = tmp_path / "place"
    begun = begin_place(place, Wanted(counties=[JINGCHUAN], osm=osm))
    assert begun.counts is not None
    assert begun.counts.rows == {"routes": 1, "places": 1}
    told = manifest(place)
    assert told["place"] == {"name": "泾川县", "county": [JINGCHUAN]}
    routes = told["source"][0]
    assert (routes["noun"], routes["files"], routes["datum"]) == ("routes", "files/osm_routes.parquet", "wgs84")
    assert (routes["publisher"], routes["licence"]) == ("OpenStreetMap contributors", "ODbL-1.0")
    result = build_place(place)
    assert result.refusals == {}
    snapshot = open_snapshot(result.snapshot)
    found = snapshot.execute("select route_id, ref, class, is_oneway, layer from routes").fetchall()
    assert found == [("way/1", "G312", "first", False, 0)]
    assert snapshot.execute("select name, kind from places").fetchall() == [("城关镇", "town")]


def test_several_counties_and_a_province(tmp_path: Path) -> None:
    begin_place(tmp_path / "place", Wanted(counties=[JINGCHUAN, "崇信县", JINGCHUAN], provinces=["宁夏"]))
    assert manifest(tmp_path / "place")["place"]["county"] == ["620821", "620823", "640000"]


def test_a_name_that_a_city_has_too_means_the_province(tmp_path: Path) -> None:
    begin_place(tmp_path / "place", Wanted(provinces=["吉林"]))
    assert manifest(tmp_path / "place")["place"]["county"] == ["220000"]
    with pytest.raises(Refusal, match="is no province"):
        begin_place(tmp_path / "other", Wanted(provinces=[JINGCHUAN]))


def test_a_file_with_the_outline(tmp_path: Path, osm: Path) -> None:
    outline = shapely.box(107.3, 35.28, 107.42, 35.38)
    (tmp_path / "outline.geojson").write_text(
        json.dumps({"type": "Feature", "properties": {}, "geometry": shapely.geometry.mapping(outline)})
    )
    place = tmp_path / "place"
    begin_place(place, Wanted(boundary=tmp_path / "outline.geojson", osm=osm, name='甲"地\n'))
    assert manifest(place)["place"] == {"name": '甲"地 ', "boundary": "files/outline.geojson"}
    assert build_place(place).refusals == {}


def test_only_a_map_file_makes_its_box_the_place(tmp_path: Path, osm: Path) -> None:
    place = tmp_path / "place"
    osm.write_text(osm.read_text("utf-8").replace(
        '<osm version="0.6">', '<osm version="0.6"><bounds minlat="35.3" minlon="107.3" maxlat="35.4" maxlon="107.4"/>'
    ), "utf-8")  # fmt: skip
    begun = begin_place(place, Wanted(osm=osm))
    assert manifest(place)["place"] == {"name": "gansu", "boundary": "files/boundary.geojson"}
    (note,) = begun.notes
    assert "box of gansu.osm" in str(note)
    result = build_place(place)
    bounds = open_snapshot(result.snapshot).execute(
        "select st_xmin(boundary), st_ymin(boundary), st_xmax(boundary), st_ymax(boundary) from build"
    )
    assert bounds.fetchone() == (107.3, 35.3, 107.4, 35.4)


def test_a_map_file_of_a_part_of_the_place_says_so(tmp_path: Path, osm: Path) -> None:
    osm.write_text(osm.read_text("utf-8").replace(
        '<osm version="0.6">', '<osm version="0.6"><bounds minlat="35.3" minlon="107.3" maxlat="35.4" maxlon="107.4"/>'
    ), "utf-8")  # fmt: skip
    begun = begin_place(tmp_path / "place", Wanted(counties=[JINGCHUAN], osm=osm))
    (note,) = begun.notes
    assert "holds only 7 % of the place" in str(note)


def test_the_same_map_file_gives_the_same_files(tmp_path: Path, osm: Path) -> None:
    for name in ("a", "b"):
        begin_place(tmp_path / name, Wanted(counties=[JINGCHUAN], osm=osm))
    first, second = ((tmp_path / name / "files" / "osm_routes.parquet").read_bytes() for name in ("a", "b"))
    assert first == second


def test_a_workbook_that_is_there_already_is_kept(tmp_path: Path) -> None:
    place = tmp_path / "place"
    (place / "files").mkdir(parents=True)
    (place / "files" / "驿站台账.xlsx").write_bytes(b"mine")
    begin_place(place, Wanted(counties=[JINGCHUAN]))
    assert (place / "files" / "驿站台账.xlsx").read_bytes() == b"mine"
    assert (place / "files" / "司机台账.xlsx").stat().st_size > 1_000


@pytest.mark.parametrize(
    ("wanted", "word"),
    [
        (Wanted(counties=["六安省"]), "六安省"),
        (Wanted(counties=[JINGCHUAN], osm=Path("nowhere.osm.pbf")), "nowhere"),
        (Wanted(boundary=Path("nowhere.geojson")), "nowhere"),
        (Wanted(counties=[JINGCHUAN], boundary=Path("nowhere.geojson")), "one outline"),
        (Wanted(counties=["440106"], osm=Path("gansu.osm")), "no road in or near"),
        (Wanted(counties=[JINGCHUAN], osm=Path("broken.osm")), "damaged"),
    ],
)
def test_what_cannot_be_begun_leaves_nothing_behind(
    tmp_path: Path, osm: Path, monkeypatch: pytest.MonkeyPatch, wanted: Wanted, word: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "broken.osm").write_text(osm.read_text("utf-8")[:300], "utf-8")
    with pytest.raises(Refusal, match=word):
        begin_place(tmp_path / "place", wanted)
    assert not (tmp_path / "place").exists()


def test_a_place_that_is_there_is_never_touched(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / "sources.toml").write_text("mine", "utf-8")
    with pytest.raises(Refusal, match="exists already"):
        begin_place(place, Wanted(counties=[JINGCHUAN]))
    assert [file.name for file in place.iterdir()] == ["sources.toml"]
