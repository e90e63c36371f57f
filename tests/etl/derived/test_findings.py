from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from etl.derived.cells import lay_cells
from etl.derived.finding_rules import FINDING_SENTENCES
from etl.derived.findings import find_between_rows
from tests.etl.derived.small_county import (
    HERE,
    add_drivers,
    add_grid,
    add_place,
    add_station,
    empty_build,
    in_degrees,
    square,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

PLACE = square(-1000, -1000, 1000, 1000)
WEST, EAST = (-1000, -1000, 0, 1000), (0, -1000, 1000, 1000)


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with empty_build() as connection:
        yield connection


def found(database: duckdb.DuckDBPyConnection, rule: str) -> list[tuple[Any, ...]]:
    """Subject, other, area and count of what the rule finds."""
    find_between_rows(database, PLACE, HERE)
    return database.execute(
        "select subject_id, other_id, round(area_km2, 4), row_count from findings where rule = $rule order by all",
        {"rule": rule},
    ).fetchall()


def shapes(database: duckdb.DuckDBPyConnection) -> list[Any]:
    rows = database.execute("select st_aswkb(geom), lon, lat from findings where geom is not null").fetchall()
    for wkb, lon, lat in rows:
        assert shapely.from_wkb(bytes(wkb)).intersects(shapely.Point(lon, lat))
    return [HERE.to_metres(shapely.from_wkb(bytes(row[0]))) for row in rows]


def test_a_county_in_order_has_no_findings(database: duckdb.DuckDBPyConnection) -> None:
    add_grid(database, "town", PLACE, level=3, drivers=7, party_drivers=3)
    add_grid(database, "w", square(*WEST), parent_id="town", drivers=4, party_drivers=2)
    add_grid(database, "e", square(*EAST), parent_id="town", drivers=3, party_drivers=1)
    add_place(database, "village", 123, 456, 78)
    add_station(database, "station", 11, 22)
    add_drivers(database, "w", 4, party_members=1)
    lay_cells(database, PLACE, HERE, 500)
    assert find_between_rows(database, PLACE, HERE) == 0


def test_an_empty_build_has_no_findings(database: duckdb.DuckDBPyConnection) -> None:
    lay_cells(database, PLACE, HERE, 500)
    assert find_between_rows(database, PLACE, HERE) == 0


def test_a_grid_whose_parent_does_not_exist(database: duckdb.DuckDBPyConnection) -> None:
    add_grid(database, "a", PLACE, parent_id="nowhere")
    assert found(database, "grid_without_parent") == [("a", "nowhere", None, None)]


@pytest.mark.parametrize(("level", "is_found"), [(2, True), (3, True), (4, False), (None, False)])
def test_a_grid_no_deeper_than_its_parent(
    database: duckdb.DuckDBPyConnection, level: int | None, *, is_found: bool
) -> None:
    add_grid(database, "town", PLACE, level=3)
    add_grid(database, "a", PLACE, level=level, parent_id="town")
    assert found(database, "grid_level_gap") == ([("a", "town", None, None)] if is_found else [])


@pytest.mark.parametrize("post", [None, " "])
def test_a_grid_without_post(database: duckdb.DuckDBPyConnection, post: str | None) -> None:
    add_grid(database, "a", PLACE, post=post)
    assert found(database, "grid_without_post") == [("a", None, None, None)]


def test_grids_that_overlap_by_a_known_area(database: duckdb.DuckDBPyConnection) -> None:
    add_grid(database, "w", square(-1000, -1000, 100, 1000))
    add_grid(database, "e", square(0, -1000, 1000, 1000))
    assert found(database, "grids_overlap") == [("e", "w", 0.2, None)]
    assert shapes(database)[0].bounds == pytest.approx((0, -1000, 100, 1000), abs=0.01)


def test_slivers_do_not_count_as_overlap(database: duckdb.DuckDBPyConnection) -> None:
    add_grid(database, "w", square(-1000, -1000, 0.4, 1000))
    add_grid(database, "e", square(0, -1000, 1000, 1000))
    assert found(database, "grids_overlap") == []


def test_a_grid_drawn_twice_overlaps_itself_once(database: duckdb.DuckDBPyConnection) -> None:
    add_grid(database, "a", PLACE)
    add_grid(database, "b", PLACE)
    assert found(database, "grids_overlap") == [("a", "b", 4.0, None)]


def test_a_grid_and_the_one_above_do_not_overlap(database: duckdb.DuckDBPyConnection) -> None:
    add_grid(database, "town", PLACE, level=None)
    add_grid(database, "a", PLACE, level=None, parent_id="town")
    assert found(database, "grids_overlap") == []


def test_what_lies_outside_the_grid_above(database: duckdb.DuckDBPyConnection) -> None:
    add_grid(database, "town", square(*WEST), level=3)
    add_grid(database, "over", square(-1000, -1000, 200, 0), parent_id="town")
    add_grid(database, "hardly", square(-1000, 0, 0.9, 1000), parent_id="town")
    assert found(database, "grid_outside_parent") == [("over", "town", 0.2, None)]


def test_holes_of_a_known_area(database: duckdb.DuckDBPyConnection) -> None:
    ring = in_degrees(shapely.box(-1000, -1000, 0, 1000).difference(shapely.box(-600, -600, -400, -400)))
    add_grid(database, "town", square(*WEST), level=3)
    add_grid(database, "a", ring, parent_id="town")
    add_grid(database, "b", square(0, -1000, 900, 1000))
    assert found(database, "hole_between_grids") == [("town", None, 0.04, None), (None, None, 0.2, None)]
    middles = sorted((shape.centroid.x, shape.centroid.y) for shape in shapes(database))
    assert middles[0] == pytest.approx((-500, -500), abs=0.1)
    assert middles[1] == pytest.approx((950, 0), abs=0.1)


def test_a_parent_beyond_the_place_has_holes_too(database: duckdb.DuckDBPyConnection) -> None:
    add_grid(database, "town", square(0, -1000, 2000, 1000), level=3)
    add_grid(database, "w", square(*WEST), parent_id="town")
    add_grid(database, "e", square(*EAST), parent_id="town")
    assert found(database, "hole_between_grids") == [("town", None, 2.0, None)]


def test_without_grids_there_are_no_holes(database: duckdb.DuckDBPyConnection) -> None:
    assert found(database, "hole_between_grids") == []


def test_stations_in_no_grid(database: duckdb.DuckDBPyConnection) -> None:
    add_grid(database, "w", square(*WEST))
    add_station(database, "inside", -500, 0)
    add_station(database, "forgotten", 500, 0)
    add_station(database, "abroad", 5000, 0)
    assert found(database, "station_in_no_grid") == [("forgotten", None, None, None)]


def test_homes_that_no_grid_is(database: duckdb.DuckDBPyConnection) -> None:
    add_grid(database, "a", PLACE)
    add_drivers(database, "a", 2)
    add_drivers(database, "x", 3)
    assert found(database, "driver_home_unknown") == [("x", None, None, 3)]


def test_party_drivers_more_than_drivers(database: duckdb.DuckDBPyConnection) -> None:
    add_grid(database, "town", PLACE, level=3, drivers=10, party_drivers=3)
    add_grid(database, "w", square(*WEST), parent_id="town", party_drivers=5)
    add_grid(database, "e", square(*EAST), parent_id="town", party_drivers=0)
    add_drivers(database, "w", 1)
    assert found(database, "party_drivers_exceed") == [("town", None, None, 2), ("w", None, None, 4)]


def test_a_cycle_of_grids_does_not_hang(database: duckdb.DuckDBPyConnection) -> None:
    add_grid(database, "a", square(*WEST), parent_id="b", drivers=3)
    add_grid(database, "b", square(*EAST), parent_id="a", drivers=4)
    lay_cells(database, PLACE, HERE, 500)
    assert found(database, "parent_cycle") == [("a", "b", None, None), ("b", "a", None, None)]


def test_coarse_positions(database: duckdb.DuckDBPyConnection) -> None:
    database.execute(
        "insert into places (origin_id, row_number, place_id, name, lon, lat) "
        "values (1, 1, 'coarse', 'c', 107.37, 35.3), (1, 2, 'fine', 'f', 107.37, 35.301)"
    )
    assert found(database, "coarse_position") == [("coarse", None, None, None)]


def test_the_place_names_itself_where_no_grid_does(database: duckdb.DuckDBPyConnection) -> None:
    database.execute(
        "insert into build "
        "(place_name, is_made_up, product_version, inputs, started_at, cell_size_m, projection, boundary) "
        "values ('山县', true, '1', '', timestamp '2026-01-01', 500, 'p', st_geomfromwkb($boundary))",
        {"boundary": shapely.to_wkb(PLACE)},
    )
    add_grid(database, "w", square(*WEST))
    find_between_rows(database, PLACE, HERE)
    rows = database.execute("select rule, subject_id, subject_name from findings").fetchall()
    assert rows == [("hole_between_grids", None, "山县")]


def test_sentences_know_no_other_values() -> None:
    for sentence in FINDING_SENTENCES.values():
        names = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        assert names <= {"subject", "other", "area_km2", "count"}
