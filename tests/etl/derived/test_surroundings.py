"""The counties in and around a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shapely

from etl.contract import contract_parts
from etl.derived.on_map import draw_on_map
from etl.derived.surroundings import lay_surroundings
from etl.divisions import divisions_of_level, find_division
from etl.projection import LocalProjection
from tests.etl.derived.small_county import empty_build, square

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with empty_build() as connection:
        yield connection


def test_a_county_stands_among_its_neighbours(database: duckdb.DuckDBPyConnection) -> None:
    outline = find_division("620821").outline
    lay_surroundings(database, outline, ("620821",))
    rows = database.execute("select code, name, is_inside, lon, lat, st_aswkb(geom) from surroundings").fetchall()
    names = {row[1] for row in rows}
    assert {"泾川县", "崆峒区", "崇信县", "灵台县", "长武县", "西峰区", "镇原县", "宁县", "彬州市"} <= names
    assert [row[1] for row in rows if row[2]] == ["泾川县"]
    here = LocalProjection.around(outline)
    for code, _, _, lon, lat, wkb in rows:
        shape, whole = shapely.from_wkb(bytes(wkb)), find_division(code).outline
        assert shape.contains(shapely.Point(lon, lat))
        assert here.distance_m(shapely.Point(lon, lat), outline) < 90_000
        assert shape.area <= whole.area * (1 + 1e-9)
        if here.distance_m(shapely.Point(whole.bounds[:2]), outline) < 30_000:
            assert shape.equals(whole)
    for noun in ("routes", "rivers"):
        database.execute(contract_parts(noun)[0])
    draw_on_map(database)
    drawn = database.execute("select code from surroundings_on_map where zoom_to = 22 order by code").fetchall()
    assert drawn == sorted((row[0],) for row in rows)


def test_an_outline_from_a_file_tells_which_counties_it_holds(database: duckdb.DuckDBPyConnection) -> None:
    by_hand = shapely.union_all([find_division(code).outline for code in ("620821", "620822")]).simplify(0.01)
    lay_surroundings(database, by_hand, ())
    inside = database.execute("select name from surroundings where is_inside order by code").fetchall()
    assert inside == [("泾川县",), ("灵台县",)]


def test_a_part_of_a_county_holds_none_but_is_surrounded(database: duckdb.DuckDBPyConnection) -> None:
    lay_surroundings(database, square(-5000, -5000, 5000, 5000), ())
    assert database.execute("select count(*) > 5, bool_or(is_inside) from surroundings").fetchall() == [(True, False)]


@pytest.mark.slow
def test_the_whole_country_holds_all_its_counties(database: duckdb.DuckDBPyConnection) -> None:
    provinces = tuple(division.code for division in divisions_of_level("province"))
    boundary = shapely.union_all([find_division(code).outline for code in provinces])
    lay_surroundings(database, boundary, provinces)
    found = database.execute("select count(*), bool_and(is_inside) from surroundings").fetchall()
    assert found == [(len(divisions_of_level("county")), True)]


@pytest.mark.parametrize("box", [(2.2, 48.8, 2.4, 48.9), (-179.9, -10.0, -179.5, -9.5), (10.0, 84.0, 20.0, 89.9)])
def test_a_place_far_outside_china_has_none(
    database: duckdb.DuckDBPyConnection, box: tuple[float, float, float, float]
) -> None:
    lay_surroundings(database, shapely.box(*box), ())
    assert database.execute("select count(*) from surroundings").fetchall() == [(0,)]
