"""Shares counted again in plain Python: on small lattices by dice, and on the sample from the snapshot's own rows."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planning.atlas import open_atlas
from planning.cell_table import cell_table
from planning.coverage import coverage, shares_as_rows
from planning.need import Need
from tests.planning.drawn_coverage import coverage_of, drawn_cells, drawn_pieces

if TYPE_CHECKING:
    from pathlib import Path

WITHIN = 30.0
BY_DICE = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(st.data())
@BY_DICE
def test_shares_are_sums_over_what_is_near_enough(sample_place: Path, data: st.DataObject) -> None:
    drawn = data.draw(drawn_cells(grids=0))
    pieces = data.draw(drawn_pieces(len(drawn)))
    found = coverage_of(open_atlas(sample_place), drawn, pieces, WITHIN).shares
    for name in ("drivers", "people", "area_km2"):
        known = [(getattr(cell, name), cell) for cell in drawn if not math.isnan(getattr(cell, name))]
        share = found[name]
        assert share.covered == pytest.approx(sum(amount for amount, cell in known if cell.cost <= WITHIN))
        assert share.possible == pytest.approx(sum(amount for amount, cell in known if cell.least_cost <= WITHIN))
        assert share.total == pytest.approx(sum(amount for amount, _ in known))
        assert share.pct == (pytest.approx(100 * share.covered / share.total) if share.total else None)
    assert found["people"].is_total_lower_bound == any(math.isnan(cell.people) for cell in drawn)
    assert found["drivers"].is_total_lower_bound == any(
        math.isnan(cell.drivers) or cell.is_partly_unknown for cell in drawn
    )
    assert not found["area_km2"].is_total_lower_bound
    trucks = found["truck_km_per_day"]
    assert trucks.covered == pytest.approx(sum(one.truck_km_per_day for one in pieces if one.cost <= WITHIN))
    assert trucks.possible == pytest.approx(sum(one.truck_km_per_day for one in pieces if one.least_cost <= WITHIN))
    assert trucks.total == pytest.approx(sum(one.truck_km_per_day for one in pieces))


@given(st.data(), st.sampled_from([50.0, 95.0, 100.0]))
@BY_DICE
def test_so_many_of_a_hundred_drivers_have_no_farther(sample_place: Path, data: st.DataObject, pct: float) -> None:
    drawn = data.draw(drawn_cells(grids=0))
    longest = coverage_of(open_atlas(sample_place), drawn, [], WITHIN).longest(pct)
    known = [(one.cost, one.drivers) for one in drawn if math.isfinite(one.cost) and not math.isnan(one.drivers)]
    total = sum(drivers for _, drivers in known)
    if not total:
        assert longest is None
        return
    within = {cost: sum(drivers for other, drivers in known if other <= cost) for cost, _ in known}
    assert longest == min(cost for cost, drivers in within.items() if drivers >= total * pct / 100 - 1e-9)


@pytest.mark.parametrize(
    "need", [Need(), Need(("shower",)), Need(("umbrella",)), Need(hour=2), Need(with_planned=True)]
)
def test_the_sample_counted_again_from_its_rows(sample_place: Path, need: Need) -> None:
    atlas = open_atlas(sample_place)
    found = coverage(atlas, need)
    rows = atlas.cursor().execute("select drivers, people, area_km2 from cells order by cell_id").fetchall()
    sums = {name: [0.0, 0.0, 0.0] for name in ("drivers", "people", "area_km2")}
    for row, cost, least in zip(rows, found.reach.cost.tolist(), found.reach.least_cost.tolist(), strict=True):
        for name, amount in zip(sums, row, strict=True):
            for place, is_in in enumerate((cost <= found.within, least <= found.within, True)):
                sums[name][place] += (amount or 0.0) * is_in
    for name, (covered, possible, total) in sums.items():
        share = found.shares[name]
        assert (share.covered, share.possible, share.total) == (
            pytest.approx(covered), pytest.approx(possible), pytest.approx(total),
        )  # fmt: skip
    assert [row["name"] for row in shares_as_rows(found)] == list(found.shares)


def test_truck_km_are_those_of_the_counted_roads_within_the_place(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    cells = cell_table(atlas)
    squares = atlas.cursor().execute("select st_aswkb(st_union_agg(geom)) from cells").fetchone()
    assert squares is not None
    place = shapely.from_wkb(squares[0])
    routes = (
        atlas.cursor()
        .execute(
            "select trucks_per_day, st_aswkb(geom) from routes "
            "where trucks_per_day is not null and coalesce(is_truck_allowed, true)"
        )
        .fetchall()
    )
    project = cells.lattice.projection.to_metres
    expected = sum(
        trucks * shapely.length(project(shapely.intersection(shapely.from_wkb(bytes(course)), place))) / 1000
        for trucks, course in routes
    )
    assert coverage(atlas).traffic.truck_km_per_day.sum() == pytest.approx(expected, rel=0.02)


def test_more_minutes_cover_no_fewer_and_planned_stations_take_nobody_away(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    covered = [coverage(atlas, within=within).shares["drivers"].covered for within in (5, 10, 20, 30, 60)]
    assert covered == sorted(covered)
    assert covered[0] < covered[-1]
    before, after = (coverage(atlas, Need(with_planned=planned)) for planned in (False, True))
    assert (after.reach.cost <= before.reach.cost).all()
    assert after.shares["area_km2"].covered > before.shares["area_km2"].covered
