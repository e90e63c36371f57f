from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.derived.cells import lay_cells
from tests.etl.derived.brute_force import BruteForce, Expected, Square, Village
from tests.etl.derived.small_county import HERE, add_drivers, add_grid, add_place, empty_build, in_degrees, square
from wording import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

SIDE_M = 500.0
PLACE_M = (-990.0, -990.0, 990.0, 990.0)
PLACE = square(*PLACE_M)


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with empty_build() as connection:
        yield connection


def four_grids(database: duckdb.DuckDBPyConnection, **drivers: int | None) -> None:
    """A township in four squares: a and b in the south, c and d in the north."""
    add_grid(database, "town", PLACE, level=3, drivers=drivers.get("town"))
    corners = {"a": (-990, -990), "b": (0, -990), "c": (-990, 0), "d": (0, 0)}
    for code, (west, south) in corners.items():
        shape = square(west, south, west + 990, south + 990)
        add_grid(database, code, shape, parent_id="town", drivers=drivers.get(code))


def lay(database: duckdb.DuckDBPyConnection) -> int:
    return lay_cells(database, PLACE, HERE, SIDE_M)


def cells(database: duckdb.DuckDBPyConnection, columns: str) -> list[tuple[Any, ...]]:
    return database.execute(f"select {columns} from cells").fetchall()


def by_grid(database: duckdb.DuckDBPyConnection) -> dict[str, tuple[Any, ...]]:
    rows = database.execute(
        "select grid_id, round(sum(drivers), 3), bool_or(is_drivers_partly_unknown) from cells group by all"
    )
    return {row[0]: row[1:] for row in rows.fetchall()}


def findings(database: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    return database.execute("select rule, subject_id, row_count from findings order by all").fetchall()


def test_cells_lie_in_rows_and_their_areas_add_up_to_the_place(database: duckdb.DuckDBPyConnection) -> None:
    ragged = in_degrees(shapely.Point(130, -70).buffer(2300).difference(shapely.box(-400, -300, 700, 900)))
    count = lay_cells(database, ragged, HERE, SIDE_M)
    assert cells(database, "count(*), count(distinct cell_id)") == [(count, count)]
    assert cells(database, "sum(area_km2)")[0][0] == pytest.approx(HERE.area_km2(ragged), rel=1e-6)
    positions = cells(database, "j, i")
    assert positions == sorted(positions)
    assert cells(database, f"bool_and(st_intersects(geom, st_geomfromtext('{ragged.wkt}')))") == [(True,)]


def test_a_cell_is_its_square(database: duckdb.DuckDBPyConnection) -> None:
    lay(database)
    found = "select st_aswkb(geom), lon, lat, area_km2, cell_id from cells where (i, j) = (-1, 1)"
    wkb, lon, lat, area_km2, cell_id = database.execute(found).fetchall()[0]
    bounds_m = shapely.bounds(HERE.to_metres(shapely.from_wkb(bytes(wkb))))
    assert bounds_m.tolist() == pytest.approx([-500, 500, 0, 1000], abs=0.01)
    assert (lon, lat) == pytest.approx([float(one) for one in HERE.inverse(-250, 750)], abs=1e-9)
    assert area_km2 == pytest.approx(0.5 * 0.49, rel=1e-4)
    assert cell_id == (1 + 2**14) * 2**16 - 1 + 2**15


def test_drivers_go_to_where_people_live_else_by_area(database: duckdb.DuckDBPyConnection) -> None:
    four_grids(database, a=10, b=20, c=0, d=7)
    add_place(database, "one", -250, -250, 300)
    add_place(database, "two", -750, -750, 100)
    lay(database)
    found = {(i, j): drivers for i, j, drivers in cells(database, "i, j, drivers")}
    assert found[-1, -1] == pytest.approx(7.5)
    assert found[-2, -2] == pytest.approx(2.5)
    assert found[-1, -2] == 0
    assert found[0, -1] == pytest.approx(20 * 0.5**2 / 0.99**2, rel=1e-4)
    assert by_grid(database) == {"a": (10, False), "b": (20, False), "c": (0, False), "d": (7, False)}


def test_what_is_unknown_stays_unknown(database: duckdb.DuckDBPyConnection) -> None:
    four_grids(database, a=10, b=20, c=5)
    lay(database)
    assert by_grid(database)["d"] == (None, True)


def test_the_ledger_speaks_for_a_grid_without_a_number(database: duckdb.DuckDBPyConnection) -> None:
    four_grids(database, a=10, b=20)
    add_drivers(database, "d", 3)
    add_drivers(database, "a", 4)
    lay(database)
    assert by_grid(database) == {"a": (10, False), "b": (20, False), "c": (None, True), "d": (3, False)}


def test_a_townships_number_speaks_for_grids_without_one(database: duckdb.DuckDBPyConnection) -> None:
    four_grids(database, town=100, a=10, b=20)
    lay(database)
    assert by_grid(database) == {"a": (10, False), "b": (20, False), "c": (35, False), "d": (35, False)}


def test_parts_that_exceed_the_whole_are_found_and_nothing_is_spread(
    database: duckdb.DuckDBPyConnection,
) -> None:
    four_grids(database, town=25, a=10, b=20)
    lay(database)
    assert by_grid(database)["c"] == (None, True)
    assert findings(database) == [("parts_exceed_whole", "town", 5)]


def test_parts_that_are_all_known_and_too_few_are_found(database: duckdb.DuckDBPyConnection) -> None:
    four_grids(database, town=25, a=10, b=2, c=3, d=4)
    lay(database)
    assert findings(database) == [("parts_short_of_whole", "town", 6)]


def test_people_come_from_grids_that_know_them_else_from_places(database: duckdb.DuckDBPyConnection) -> None:
    add_grid(database, "a", square(-990, -990, 0, 0), people=1000)
    add_place(database, "inside", -250, -250, 30)
    add_place(database, "alone", 250, 250, 40)
    add_place(database, "blank", 260, 260, None)
    add_place(database, "away", 5000, 0, 9)
    lay(database)
    known = {(i, j): (people, unknown) for i, j, people, unknown in
             cells(database, "i, j, people, is_people_partly_unknown")}  # fmt: skip
    assert known[-1, -1] == (1000, False)
    assert known[-2, -2] == (0, False)
    assert known[0, 0] == (40, True)
    assert known[1, 1] == (None, False)
    assert findings(database) == [("place_outside", "away", 9)]


def test_a_cell_belongs_to_the_smallest_grid_with_most_of_it(database: duckdb.DuckDBPyConnection) -> None:
    add_grid(database, "town", square(-990, -990, 990, 400), level=3)
    add_grid(database, "big", square(-990, -990, 260, 400), parent_id="town")
    add_grid(database, "small", square(260, -990, 990, -200), parent_id="town")
    lay(database)
    owner = {(i, j): (grid_id, township) for i, j, grid_id, township in
             cells(database, "i, j, grid_id, township_id")}  # fmt: skip
    assert owner[0, -2] == ("big", "town")  # 52 % of it
    assert owner[1, -1] == ("small", "town")  # 60 % of it
    assert owner[1, 0] == ("town", "town")  # no smaller one touches it
    assert owner[0, 1] == (None, None)


def test_a_grid_outside_the_place_is_found_with_its_number(database: duckdb.DuckDBPyConnection) -> None:
    add_grid(database, "away", square(5000, 5000, 6000, 6000), drivers=12)
    lay(database)
    assert cells(database, "count(drivers)") == [(0,)]
    assert findings(database) == [("grid_outside_place", "away", 12)]


def test_a_grid_around_half_the_world_costs_no_more_than_the_place(
    database: duckdb.DuckDBPyConnection,
) -> None:
    add_grid(database, "huge", shapely.box(60, 5, 150, 60), drivers=64)
    lay(database)
    assert cells(database, "sum(drivers), count(drivers)") == [(pytest.approx(64), 16)]


def test_cells_too_small_for_the_place_are_refused(database: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(Refusal):
        lay_cells(database, PLACE, HERE, 0.05)


def test_every_column_is_commented(database: duckdb.DuckDBPyConnection) -> None:
    lay(database)
    comments = database.execute("select comment from duckdb_columns() where table_name = 'cells'").fetchall()
    assert len(comments) == 13
    assert all(len((comment or "").split("|")) == 3 for (comment,) in comments)


# Away from the lines of the lattice, and places away from those of the grids, so that rounding makes no difference.
line_m = st.integers(-26, 26).map(lambda step: step * 37.0 + 3)
spot_m = line_m.map(lambda line: line + 12)
amount = st.none() | st.integers(0, 90)
villages = st.lists(st.builds(Village, spot_m, spot_m, st.none() | st.integers(0, 500)), max_size=5)


@st.composite
def trees(draw: st.DrawFn) -> list[Square]:
    found: list[Square] = []
    for number in range(draw(st.integers(0, 5))):
        (west, east), (south, north) = (
            sorted(draw(st.lists(line_m, min_size=2, max_size=2, unique=True))) for _ in "xy"
        )
        parent = draw(st.sampled_from([None, *(one.grid_id for one in found)]))
        found.append(Square(f"g{number}", parent, draw(amount), draw(amount), (west, south, east, north)))
    return found


@pytest.fixture(scope="module")
def every_example() -> Iterator[duckdb.DuckDBPyConnection]:
    with empty_build() as connection:
        yield connection


@contextmanager
def undone(database: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    database.begin()
    try:
        yield database
    finally:
        database.rollback()


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(trees(), villages)
def test_spreading_agrees_with_brute_force(
    every_example: duckdb.DuckDBPyConnection, grids: list[Square], homes: list[Village]
) -> None:
    with undone(every_example) as database:
        for grid in grids:
            values = {"parent_id": grid.parent_id, "drivers": grid.drivers, "people": grid.people}
            add_grid(database, grid.grid_id, square(*grid.bounds_m), **values)
        for number, home in enumerate(homes):
            add_place(database, str(number), home.x_m, home.y_m, home.people)
        lay(database)
        columns = "area_km2, drivers, is_drivers_partly_unknown, people, is_people_partly_unknown"
        found = {(row[0], row[1]): Expected(*row[2:]) for row in cells(database, f"i, j, {columns}")}
    expected = BruteForce(PLACE_M, grids, homes, SIDE_M).expected()
    assert found.keys() == expected.keys()
    for key, one in expected.items():
        for name, value in vars(one).items():
            wanted = None if value is None else pytest.approx(value, abs=2e-3, rel=1e-4)
            assert getattr(found[key], name) == wanted, (key, name)
