"""What is taken out of small maps."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from tests.etl.osm.osm_text import BOX, OsmText, extracted, extracted_from
from wording import Refusal

INSIDE = (107.35, 35.33)
BY_IT = (107.351, 35.33)
OUTSIDE = (107.60, 35.33)
FARTHER = (107.70, 35.33)


def test_a_road_with_all_that_is_known_of_it(tmp_path: Path) -> None:
    tags = {
        "highway": "trunk", "ref": "G 312", "name": "Shanghai–Khorgas", "name:zh": "沪霍线", "oneway": "yes",
        "maxspeed": "80", "maxspeed:hgv": "60", "bridge": "yes", "hazmat": "no", "hgv": "designated", "maxheight": "4.2",
    }  # fmt: skip
    found = extracted(OsmText().road(7, tags, INSIDE, BY_IT).write(tmp_path / "map.osm"), tmp_path / "out")
    row = {name: value for name, value in found.row("routes").items() if value is not None}
    assert row == {
        "route_id": "way/7", "ref": "G 312", "name": "沪霍线", "class": "trunk", "is_oneway": "true",
        "speed_km_per_h": "60", "is_hazmat_allowed": "false", "is_truck_allowed": "true", "is_bridge": "true",
        "is_tunnel": "false", "layer": "1",
    }  # fmt: skip
    assert found.shapes("routes") == [shapely.LineString([INSIDE, BY_IT])]
    assert found.counts.size_limited == 1


def test_a_way_that_leaves_the_place_is_kept_whole_and_one_outside_is_not(tmp_path: Path) -> None:
    osm = (
        OsmText()
        .road(1, {"highway": "primary"}, INSIDE, OUTSIDE, FARTHER)
        .road(2, {"highway": "primary"}, OUTSIDE, FARTHER)
    )
    found = extracted(osm.write(tmp_path / "map.osm"), tmp_path / "out")
    assert found.row("routes")["route_id"] == "way/1"
    assert found.shapes("routes") == [shapely.LineString([INSIDE, OUTSIDE, FARTHER])]


def test_nodes_that_the_file_lacks_part_a_road(tmp_path: Path) -> None:
    osm = OsmText()
    for number, lon in enumerate((107.31, 107.32, 107.33, 107.34), start=1):
        osm.node(number, lon, 35.30)
    osm.way(5, {"highway": "primary"}, 1, 2, 77, 3, 4).way(6, {"highway": "primary"}, 1, 78).way(
        7, {"highway": "primary"}, 79
    )
    found = extracted(osm.write(tmp_path / "map.osm"), tmp_path / "out")
    parts = [[(107.31, 35.30), (107.32, 35.30)], [(107.33, 35.30), (107.34, 35.30)]]
    assert found.shapes("routes") == [shapely.MultiLineString(parts)]
    assert found.counts.without_positions == 2


def test_the_booths_of_one_toll_plaza_are_one(tmp_path: Path) -> None:
    osm = OsmText()
    for number, lat in enumerate((35.3300, 35.3305, 35.3310, 35.3315)):  # 55 m apart, 167 m in all
        osm.node(number + 1, 107.35, lat, barrier="toll_booth", **({"name": "泾川收费站"} if number == 2 else {}))
    osm.node(9, 107.36, 35.33, barrier="toll_booth")  # 900 m away
    found = extracted_from(osm, tmp_path)
    assert [(row["resource_id"], row["name"], row["kind"]) for row in found.rows("resources")] == [
        ("node/1", "泾川收费站", "toll_plaza"), ("node/9", "toll plaza", "toll_plaza"),
    ]  # fmt: skip
    assert found.shapes("resources")[0].distance(shapely.Point(107.35, 35.33075)) < 1e-7


def test_places_where_a_station_could_be(tmp_path: Path) -> None:
    osm = (
        OsmText()
        .node(1, *INSIDE, amenity="fuel", brand="中国石化", shower="yes", toilets="yes", shop="convenience")
        .node(2, *INSIDE, amenity="parking")  # for cars
        .node(3, *INSIDE, amenity="parking", hgv="designated", capacity="40", name="货车停车场")
        .node(4, *INSIDE, amenity="parking", hgv="no", name="禁止货车")
        .node(5, *INSIDE, highway="rest_area", **{"capacity:hgv": "12"})
        .node(6, *INSIDE, amenity="weighbridge")
        .node(7, *INSIDE, amenity="community_centre", name="城关镇党群服务中心")
        .node(8, *INSIDE, amenity="community_centre", name="文化站")
        .node(9, *OUTSIDE, amenity="fuel")
        .square(20, {"highway": "services", "name": "泾川服务区"}, 107.33, 35.33, 0.002)
        .square(21, {"landuse": "industrial", "industrial": "logistics", "name": "物流园"}, 107.34, 35.33, 0.002)
    )
    found = extracted_from(osm, tmp_path)
    told = {str(row["resource_id"]): row for row in found.rows("resources")}
    assert {number: row["kind"] for number, row in told.items()} == {
        "node/1": "fuel_station", "node/3": "parking_area", "node/5": "parking_area", "node/6": "weigh_station",
        "node/7": "party_centre", "way/20": "service_area", "way/21": "freight_yard",
    }  # fmt: skip
    assert told["node/1"]["name"] == "中国石化"
    assert told["node/1"]["facilities"] == "convenience_store、shower、toilet"
    assert (told["node/3"]["bays"], told["node/5"]["bays"]) == ("40", "12")
    assert told["node/5"]["name"] == "parking area"
    assert told["node/6"]["facilities"] is None
    assert float(told["way/20"]["area_m2"] or 0) == pytest.approx(181.7 * 221.9, rel=0.01)


def test_a_parking_of_several_outlines_becomes_a_point_inside_one(tmp_path: Path) -> None:
    osm = (
        OsmText()
        .square(1, {}, 107.330, 35.33, 0.004)
        .square(2, {}, 107.331, 35.331, 0.002)
        .relation(3, {"type": "multipolygon", "amenity": "parking", "hgv": "yes"}, w1="outer", w2="inner")
    )
    found = extracted_from(osm, tmp_path)
    assert found.row("resources")["resource_id"] == "relation/3"
    (point,) = found.shapes("resources")
    assert shapely.box(107.330, 35.33, 107.334, 35.334).contains(point)
    assert not shapely.box(107.331, 35.331, 107.333, 35.333).intersects(point)


def test_villages_and_their_people(tmp_path: Path) -> None:
    osm = (
        OsmText()
        .node(1, *INSIDE, place="town", name="Chengguan", population="12,345", **{"name:zh": "城关镇"})
        .node(2, *INSIDE, place="village", name="甲村", population="about 300")
        .node(3, *INSIDE, place="hamlet")  # nobody knows what it is called
        .node(4, *INSIDE, place="suburb", name="东关")
        .square(20, {"place": "village", "name": "甲村"}, 107.33, 35.33, 0.002)
        .square(21, {"place": "village", "name": "乙村", "population": "80"}, 107.33, 35.34, 0.002)
    )
    found = extracted_from(osm, tmp_path)
    assert [(row["place_id"], row["name"], row["kind"], row["people"]) for row in found.rows("places")] == [
        ("node/1", "城关镇", "town", "12345"), ("node/2", "甲村", "village", None), ("way/21", "乙村", "village", "80"),
    ]  # fmt: skip


def test_repair_shops_and_rivers(tmp_path: Path) -> None:
    osm = (
        OsmText()
        .node(1, *INSIDE, shop="car_repair", name="老李汽修", **{"addr:street": "312国道", "addr:housenumber": "8号"})
        .node(2, *INSIDE, shop="tyres")
        .node(3, *INSIDE, shop="car")
        .road(30, {"waterway": "river", "name": "泾河", "width": "70 m"}, INSIDE, BY_IT)
        .road(31, {"waterway": "ditch"}, INSIDE, BY_IT)
    )
    found = extracted_from(osm, tmp_path)
    assert [(row["shop_id"], row["name"], row["address"]) for row in found.rows("repair_shops")] == [
        ("node/1", "老李汽修", "312国道 8号"), ("node/2", "Repair shop", None),
    ]  # fmt: skip
    river = found.row("rivers")
    assert (river["river_id"], river["name"], river["kind"], river["width_m"]) == ("way/30", "泾河", "river", "70")


def test_a_file_whose_ways_come_before_their_nodes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "map.osm"
    path.write_text(OsmText().road(1, {"highway": "primary"}, INSIDE, BY_IT).text(is_sorted=False), "utf-8")
    with pytest.raises(Refusal, match="positions of its roads"):
        extracted(path, tmp_path / "out")


def test_a_file_of_another_region_is_refused(tmp_path: Path) -> None:
    path = OsmText().road(1, {"highway": "primary"}, OUTSIDE, FARTHER).write(tmp_path / "map.osm")
    with pytest.raises(Refusal, match="no road in or near the place"):
        extracted(path, tmp_path / "out")


def test_rows_beyond_one_batch_are_all_written(tmp_path: Path) -> None:
    osm = OsmText()
    for number in range(9_000):
        osm.node(number + 1, BOX.west + number * 1e-5, 35.33, amenity="fuel")
    osm._next_node = 20_000
    assert len(extracted_from(osm, tmp_path).rows("resources")) == 9_000
