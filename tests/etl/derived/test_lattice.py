from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.derived.lattice import lattice_shares

# A busy machine is no fault of the mathematics.
unhurried = settings(deadline=None, max_examples=60)
near = st.floats(-4, 4).map(lambda value: round(value, 3))
corners = st.lists(st.tuples(near, near), min_size=3, max_size=8)


@unhurried
@given(corners, corners, st.integers(1, 3))
def test_each_square_holds_what_cutting_it_out_gives(
    outer: list[tuple[float, float]], taken_away: list[tuple[float, float]], cell_size: int
) -> None:
    area = shapely.MultiPoint(outer).convex_hull.buffer(0.1).difference(shapely.MultiPoint(taken_away).convex_hull)
    shares = lattice_shares(area, cell_size)
    found = {(int(i), int(j)): float(part) for i, j, part in zip(shares.i, shares.j, shares.area, strict=True)}
    for i in range(-6, 6):
        for j in range(-6, 6):
            square = shapely.box(i * cell_size, j * cell_size, (i + 1) * cell_size, (j + 1) * cell_size)
            cut = area.intersection(square).area / cell_size**2
            assert found.pop((i, j), 0.0) == pytest.approx(cut, abs=1e-8)
    assert not found


def test_a_ring_around_an_empty_middle_in_a_row_of_other_areas() -> None:
    ring = shapely.box(0, 0, 5, 5).difference(shapely.box(1, 1, 4, 4))
    shares = lattice_shares([shapely.Polygon(), ring, shapely.box(1.5, 1.5, 2.5, 2)], 1)
    assert np.bincount(shares.owner, minlength=3).tolist() == [0, 16, 2]
    assert shares.area.tolist() == pytest.approx([1.0] * 16 + [0.25, 0.25])
    order = list(zip(shares.owner, shares.j, shares.i, strict=True))
    assert order == sorted(order)


def test_a_long_way_from_the_centre_nothing_is_lost() -> None:
    far = shapely.Point(2_000_000.3, -1_500_000.7).buffer(40_000, quad_segs=500)
    assert lattice_shares(far, 500).area.sum() * 500**2 == pytest.approx(far.area, rel=1e-9)
