"""Gaps found again by walking from square to square, on small lattices by dice and on the sample."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.derived.grid_tree import Grid, GridTree
from planning.atlas import open_atlas
from planning.coverage import coverage
from planning.gaps import RANKS, gap_outline, gaps
from planning.need import Need, stations
from tests.planning.drawn_coverage import coverage_of, drawn_cells, drawn_pieces

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from planning.gaps import Rank

WITHIN = 30.0


def walked(squares: Iterable[tuple[int, int]]) -> set[frozenset[tuple[int, int]]]:
    """Squares that meet at a side or a corner, together."""
    left, found = set(squares), set()
    while left:
        ahead, group = [left.pop()], set()
        while ahead:
            i, j = ahead.pop()
            group.add((i, j))
            near = {(i + di, j + dj) for di in (-1, 0, 1) for dj in (-1, 0, 1)} & left
            left -= near
            ahead += near
        found.add(frozenset(group))
    return found


@given(st.data(), st.sampled_from(RANKS))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_gaps_are_what_lies_together_and_the_worst_comes_first(
    sample_place: Path, data: st.DataObject, rank_by: Rank
) -> None:
    atlas = open_atlas(sample_place)
    leaves = tuple(row["grid_id"] for row in atlas.query("grid_posts").to_pylist() if row["level"] == 4)[:3]
    drawn = data.draw(drawn_cells(grids=len(leaves)))
    pieces = data.draw(drawn_pieces(len(drawn)))
    found = coverage_of(atlas, drawn, pieces, WITHIN, stations(atlas)[:1], leaves)
    answer = gaps(atlas, found, rank_by)
    groups = [[drawn[place] for place in gap.cells] for gap in answer]
    assert {frozenset((cell.i, cell.j) for cell in group) for group in groups} == walked(
        (cell.i, cell.j) for cell in drawn if cell.cost > WITHIN
    )
    worths = []
    for gap, group in zip(answer, groups, strict=True):
        for name in ("drivers", "people"):
            known = [getattr(cell, name) for cell in group if not math.isnan(getattr(cell, name))]
            assert getattr(gap, name) == (pytest.approx(sum(known)) if known else None)
        assert gap.area_km2 == pytest.approx(sum(cell.area_km2 for cell in group))
        assert gap.is_drivers_lower_bound == any(math.isnan(one.drivers) or one.is_partly_unknown for one in group)
        trucks = sum(one.truck_km_per_day for one in pieces if one.cell in set(gap.cells) and one.cost > WITHIN)
        assert gap.truck_km_per_day == pytest.approx(trucks)
        farthest = max(cell.cost for cell in group)
        assert gap.longest_cost == (farthest if math.isfinite(farthest) else None)
        assert gap.middle in gap.cells
        assert (gap.station is None) == math.isinf(drawn[gap.middle].cost)
        held = {
            grid: sum((0 if math.isnan(one.drivers) else one.drivers) for one in group if one.grid == grid)
            for grid in {cell.grid for cell in group} - {-1}
        }
        assert (gap.owner.smallest is None) == (not held)
        if gap.owner.smallest is not None:
            assert held[leaves.index(gap.owner.smallest.grid_id)] == max(held.values())
        worths.append(getattr(gap, rank_by) or 0.0)
    assert worths == sorted(worths, reverse=True)
    assert [gap.rank for gap in answer] == list(range(1, len(answer) + 1))


def test_the_gaps_of_the_sample_hold_all_that_is_uncovered_and_nothing_else(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    found = coverage(atlas, Need(("shower",)))
    answer = gaps(atlas, found)
    assert len(answer) > 1
    squares = list(zip(found.cells.i.tolist(), found.cells.j.tolist(), strict=True))
    uncovered = [squares[cell] for cell in np.flatnonzero(found.reach.cost > found.within)]
    assert {frozenset(squares[cell] for cell in gap.cells) for gap in answer} == walked(uncovered)
    for name in ("drivers", "people", "area_km2"):
        total = sum(getattr(gap, name) or 0.0 for gap in answer)
        assert total == pytest.approx(found.shares[name].uncovered)
    trucks = sum(gap.truck_km_per_day for gap in answer)
    assert trucks == pytest.approx(found.uncovered_truck_km[found.reach.cost > found.within].sum())


def test_a_gap_names_the_grids_that_hold_it_from_the_county_down(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    found = coverage(atlas, Need(("shower",)))
    rows = atlas.query("grid_posts").to_pylist()
    tree = GridTree({row["grid_id"]: Grid(row["grid_id"], row["name"], row["level"], row["parent_id"]) for row in rows})
    for gap in gaps(atlas, found):
        smallest = gap.owner.smallest
        if smallest is None:
            assert (found.cells.grid[gap.cells] == -1).all()
            continue
        assert [post.grid_id for post in gap.owner.posts] == list(tree.line_up(smallest.grid_id))[::-1]


def test_an_outline_covers_its_cells(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    found = coverage(atlas, Need(("shower",)))
    worst = gaps(atlas, found)[0]
    outline = gap_outline(found, worst)
    square_km2 = (found.cells.lattice.cell_size_m / 1000) ** 2
    assert found.cells.lattice.projection.area_km2(outline) == pytest.approx(len(worst.cells) * square_km2, rel=1e-3)


def test_where_nothing_is_too_far_there_is_no_gap(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    assert gaps(atlas, coverage(atlas, within=math.inf)) == []
