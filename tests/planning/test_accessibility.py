"""The two-step floating catchment, beside PySAL's `access` and beside sums in plain Python."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from access import fca
from access.weights import step_fn
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from planning.access import access_of, access_of_cells
from planning.accessibility import (
    Accessibility,
    Decay,
    accessibility,
    accessibility_as_rows,
    accessibility_by_grid,
    floating_catchment,
    weighted,
)
from planning.atlas import open_atlas
from planning.need import Need, fit, stations
from planning.network import network_of
from planning.reach_sets import reach_sets
from planning.standards import standard
from tests.planning.drawn_place import drawn_place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WITHIN = 30.0
DECAYS: tuple[Decay, ...] = ("none", "steps", "gaussian")
STEPS = {10.0: 1.0, 20.0: 0.68, 30.0: 0.22}


def weight(decay: Decay) -> Callable[[float], float]:
    if decay == "none":
        return lambda _: 1.0
    if decay == "steps":
        stepped: Callable[[float], float] = step_fn(STEPS)
        return stepped
    ends = math.exp(-0.5)
    return lambda cost: max(0.0, (math.exp(-((cost / WITHIN) ** 2) / 2) - ends) / (1 - ends))


def by_pysal(costs: Any, supply: Any, demand: Any, decay: Decay) -> pd.Series[float]:
    """By cell; those that reach no station are not among them."""
    station, cell = np.nonzero(costs)
    told = pd.DataFrame({"origin": cell, "dest": station, "cost": costs[station, cell]})
    found: pd.Series[float] = fca.two_stage_fca(
        pd.DataFrame({"demand": demand}),
        pd.DataFrame({"supply": supply}),
        told,
        max_cost=WITHIN,
        demand_index=True,
        weight_fn=weight(decay),
    )
    return found


@given(st.integers(0, 2**32 - 1), st.sampled_from(DECAYS))
@settings(max_examples=40, deadline=None)
def test_a_catchment_is_what_pysal_says(seed: int, decay: Decay) -> None:
    dice = np.random.default_rng(seed)
    costs = dice.uniform(0.1, WITHIN - 0.1, (5, 40)) * (dice.random((5, 40)) < 0.4)
    supply, demand = dice.integers(0, 60, 5).astype(np.float64), dice.integers(1, 9, 40).astype(np.float64)
    weights = weighted(csr_array(costs), WITHIN, decay)
    found = floating_catchment(weights, supply, demand)
    expected = by_pysal(costs, supply, demand, decay)
    reached = np.flatnonzero(costs.any(axis=0))
    assert expected.index.tolist() == reached.tolist()
    assert found[reached] == pytest.approx(expected.to_numpy())
    assert (np.delete(found, reached) == 0).all()
    # Whatever is offered and wanted is handed out, and no more.
    assert (found * demand).sum() == pytest.approx(supply[costs.any(axis=1)].sum())


@pytest.mark.parametrize("decay", DECAYS)
def test_the_sample_is_what_pysal_says(sample_place: Path, decay: Decay) -> None:
    atlas = open_atlas(sample_place)
    found = accessibility(atlas, decay=decay)
    known = access_of(atlas, "stations")
    chosen = [known.thing_ids.index(one.station_id) for one in found.stations]
    costs = reach_sets(network_of(atlas), known.access.of(np.array(chosen)), access_of_cells(atlas), WITHIN).toarray()
    assert found.within == WITHIN
    supply = np.array([one.bays or 0 for one in found.stations], dtype=np.float64)
    demand = np.nan_to_num(found.cells.drivers) * standard("trucks_per_driver").value
    expected = by_pysal(costs, supply, demand, decay)
    # Of bays that nobody is known to want PySAL says that there are infinitely many to each.
    ours = np.nan_to_num(found.bays_per_100_trucks[expected.index.to_numpy()], nan=np.inf)
    assert 100 * expected.to_numpy() == pytest.approx(ours)
    assert np.isfinite(ours).mean() > 0.9
    assert len(expected) > 3000


def test_the_standards_give_the_weights_of_the_paper() -> None:
    assert [standard(f"catchment_{step}_share").value for step in ("near", "middle", "far")] == list(STEPS.values())


def test_a_station_without_a_count_makes_a_lower_bound_where_it_is_reached(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    uncounted = {one.station_id for one in stations(atlas) if one.bays is None and fit(one, Need()) == "yes"}
    assert uncounted == {"JC-Z011"}
    known = access_of(atlas, "stations")
    alone = known.access.of(np.array([known.thing_ids.index("JC-Z011")]))
    near = network_of(atlas).nearest(alone, access_of_cells(atlas)).cost <= WITHIN
    found = accessibility(atlas)
    assert near.any()
    assert not near.all()
    assert (found.is_lower_bound == near).all()


def test_a_station_that_may_fit_counts_nothing_and_makes_a_lower_bound(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    found = accessibility(atlas, Need(("umbrella",)))
    unsure = {one.station_id for one in found.stations if fit(one, Need(("umbrella",))) == "maybe"}
    assert unsure
    sure = sum(one.bays or 0 for one in found.stations if one.station_id not in unsure)
    assert np.nansum(found.trucks * found.bays_per_100_trucks) / 100 <= sure + 1e-6
    assert found.is_lower_bound.any()


def test_where_nobody_is_known_to_want_a_bay_the_number_is_unknown(tmp_path: Path) -> None:
    atlas = drawn_place(tmp_path / "place", "road second 0/0 22/0; station 3/0", [])
    found = accessibility(atlas)
    assert np.isnan(found.cells.drivers).all()
    assert found.whole is None
    # The drawing's station has no count of bays: nothing is known of what it offers either.
    assert found.is_lower_bound.any()
    counted = floating_catchment(csr_array(np.array([[1.0, 1.0, 0.0]])), np.array([8.0]), np.zeros(3))
    assert np.isnan(counted).tolist() == [True, True, False]
    assert counted[2] == 0


def test_a_grid_is_the_mean_over_its_trucks_and_those_of_the_grids_below(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    found = accessibility(atlas, decay="gaussian")
    rows = accessibility_as_rows(accessibility_by_grid(atlas, found))
    above = {row["grid_id"]: row["parent_id"] for row in atlas.query("grid_posts").to_pylist()}
    assert {row["grid_id"] for row in rows} == set(above)

    def lies_in(cell: int, grid_id: str) -> bool:
        here = found.cells.grid_ids[found.cells.grid[cell]] if found.cells.grid[cell] >= 0 else None
        while here is not None and here != grid_id:
            here = above[here]
        return here is not None

    lived_in = np.flatnonzero(found.trucks > 0).tolist()
    for row in rows[:: max(1, len(rows) // 12)]:
        held = [cell for cell in lived_in if lies_in(cell, row["grid_id"])]
        trucks = sum(found.trucks[cell] for cell in held)
        assert row["trucks"] == pytest.approx(trucks)
        assert row["is_lower_bound"] == any(found.is_lower_bound[cell] for cell in held)
        assert row["may_be_less"] == any(found.may_be_less[cell] for cell in held)
        amount = sum(found.trucks[cell] * found.bays_per_100_trucks[cell] for cell in held)
        assert row["bays_per_100_trucks"] == (pytest.approx(amount / trucks) if trucks else None)


def test_two_drivers_to_a_truck_leave_twice_the_bays(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    one = accessibility(atlas)
    (sample_place / "standards.toml").write_text(
        '[number.trucks_per_driver]\nvalue = 0.5\nunit = "trucks_per_driver"\nsource = "本县"\ndated_on = 2026-01-01\n',
        "utf-8",
    )
    try:
        two = accessibility(atlas)
    finally:
        (sample_place / "standards.toml").unlink()
    assert two.bays_per_100_trucks == pytest.approx(2 * one.bays_per_100_trucks, nan_ok=True)
    assert whole(two) == pytest.approx(2 * whole(one))


def whole(found: Accessibility) -> float:
    assert found.whole is not None
    return found.whole
