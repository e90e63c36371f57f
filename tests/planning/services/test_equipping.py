from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csc_array, csr_array

from planning.access import access_of, access_of_cells
from planning.atlas import open_atlas
from planning.cell_table import cell_table
from planning.need import Need
from planning.network import network_of
from planning.services.budget import purchases, purchases_as_rows, spending
from planning.services.catchments import Catchments, catchments, merged_classes
from planning.services.equipping import cheapest_equipping, cheapest_for_item, equipping_as_rows
from planning.services.item_coverage import item_coverage, item_coverage_as_rows
from planning.services.item_lists import FIVE, SIX, item_list
from tests.planning.test_need import STATION

if TYPE_CHECKING:
    from pathlib import Path

PRICE = 500.0


@st.composite
def drawn(draw: st.DrawFn) -> Catchments:
    """Up to seven stations, some with a shower, and classes of drivers that reach some of them."""
    count = draw(st.integers(1, 7))
    offers = draw(st.lists(st.sampled_from(["yes", "no", "maybe"]), min_size=count, max_size=count))
    classes = draw(st.lists(st.sets(st.integers(0, count - 1), min_size=1), min_size=1, max_size=9))
    sets = np.zeros((count, len(classes)))
    for column, rows in enumerate(classes):
        sets[list(rows), column] = 1
    drivers = draw(st.lists(st.integers(1, 30), min_size=len(classes), max_size=len(classes)))
    stations = tuple(
        replace(
            STATION,
            station_id=f"S{number}",
            facilities=frozenset({"shower"} if answer == "yes" else ()),
            facilities_unknown=frozenset({"shower"} if answer == "maybe" else ()),
        )
        for number, answer in enumerate(offers)
    )
    return Catchments(stations, csr_array(sets), np.array(drivers, dtype=np.float64), is_driver_lower_bound=False)


@given(drawn())
@settings(max_examples=120, deadline=None)
def test_no_fewer_stations_reach_all_drivers(found: Catchments) -> None:
    answer = cheapest_for_item(found, "shower", PRICE)
    sets = found.reached.toarray() > 0
    has = [place for place, station in enumerate(found.stations) if station.offers("shower")]
    lacking = ~sets[has].any(axis=0)
    chosen = [found.stations.index(station) for station in answer.stations]
    assert not lacking.any() or sets[chosen][:, lacking].any(axis=0).all()
    others = [place for place in range(len(found.stations)) if place not in has]
    fewest = next(
        size
        for size in range(len(others) + 1)
        if any(sets[list(some)][:, lacking].any(axis=0).all() for some in combinations(others, size))
    )
    assert answer.is_proven
    assert answer.cost_yuan == answer.bound_yuan == PRICE * fewest
    assert answer.drivers_gained == found.drivers[lacking].sum()
    assert set(answer.may_have) <= {station.station_id for station in answer.stations}


@given(drawn(), st.one_of(st.none(), st.floats(0, 4000)))
@settings(max_examples=120, deadline=None)
def test_money_goes_where_it_reaches_most_drivers(found: Catchments, budget_yuan: float | None) -> None:
    prices = {"shower": PRICE, "wifi": 40.0}
    bought = list(purchases(found, prices, budget_yuan))
    sets = found.reached.toarray() > 0
    lacking = {
        item: np.where(sets[[station.offers(item) is True for station in found.stations]].any(axis=0), 0, found.drivers)
        for item in prices
    }
    spent = gained = 0.0
    for one in bought:
        station = found.stations.index(one.station)
        left = np.inf if budget_yuan is None else budget_yuan - spent
        best = max(lacking[item][row].sum() / yuan for item, yuan in prices.items() if yuan <= left for row in sets)
        assert one.gained == lacking[one.item][sets[station]].sum()
        assert one.gained / one.cost_yuan == pytest.approx(best)
        lacking[one.item][sets[station]] = 0
        spent, gained = spent + one.cost_yuan, gained + one.gained
        assert (one.spent_yuan, one.gained_so_far) == (spent, gained)
    if budget_yuan is None:
        assert all(not row.any() for row in lacking.values())
    else:
        assert spent <= budget_yuan


def test_where_time_runs_out_the_answer_still_reaches_all_and_says_what_is_proven() -> None:
    dice = np.random.default_rng(5)
    sets = (dice.random((60, 400)) < 0.08).astype(np.float64)
    sets[dice.integers(0, 60, 400), np.arange(400)] = 1
    stations = tuple(replace(STATION, station_id=f"S{number}", facilities=frozenset()) for number in range(60))
    found = Catchments(stations, csr_array(sets), np.ones(400), is_driver_lower_bound=False)
    hurried = cheapest_for_item(found, "laundry", PRICE, seconds=0.0)
    assert hurried.drivers_gained == 400
    assert (sets[[stations.index(one) for one in hurried.stations]].sum(axis=0) > 0).all()
    assert hurried.cost_yuan is not None
    assert hurried.bound_yuan is not None
    assert hurried.bound_yuan <= hurried.cost_yuan
    assert hurried.is_proven == (hurried.bound_yuan == hurried.cost_yuan)


def test_classes_hold_the_same_drivers_as_their_cells() -> None:
    dice = np.random.default_rng(3)
    sets = (dice.random((6, 500)) < 0.4).astype(np.float64)
    amounts = dice.integers(0, 3, 500).astype(np.float64)
    merged, drivers = merged_classes(csc_array(sets), amounts)
    counted: dict[tuple[bool, ...], float] = {}
    for column, amount in zip(sets.T > 0, amounts, strict=True):
        if amount > 0 and column.any():
            counted[tuple(column.tolist())] = counted.get(tuple(column.tolist()), 0.0) + amount
    columns = [tuple(column.tolist()) for column in merged.toarray().T > 0]
    assert dict(zip(columns, drivers.tolist(), strict=True)) == counted
    assert len(set(columns)) == len(columns)
    assert merged_classes(csc_array(np.zeros((3, 4))), np.ones(4))[1].tolist() == []


def test_catchments_of_the_sample_hold_the_drivers_within_reach(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    found = catchments(atlas, Need())
    known, cells, network = access_of(atlas, "stations"), cell_table(atlas), network_of(atlas)
    drivers = np.nan_to_num(cells.drivers)
    for number, station in enumerate(found.stations):
        alone = known.access.of(np.array([known.thing_ids.index(station.station_id)]))
        within = network.nearest(alone, access_of_cells(atlas)).cost <= 30
        assert found.drivers @ found.reached[[number]].toarray()[0] == pytest.approx(drivers[within].sum())


def test_on_the_sample_all_drivers_near_a_station_get_each_item(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    base = item_coverage(atlas, FIVE)
    by_item = {one.item: one.drivers for one in base}
    answers = cheapest_equipping(atlas, FIVE)
    assert {one.item for one in answers} < set(item_list(atlas, FIVE).items)
    worths = [one.drivers_per_10000_yuan for one in answers]
    assert worths == sorted(worths, key=lambda worth: -(worth or 0))
    for one in answers:
        assert one.is_proven
        assert one.drivers_before == pytest.approx(by_item[one.item].covered)
        assert not one.may_have
    rows = purchases_as_rows(spending(atlas, FIVE))
    assert rows[-1]["gained_so_far"] == pytest.approx(sum(one.drivers_gained for one in answers))
    assert [row["item"] for row in equipping_as_rows(answers)] == [one.item for one in answers]
    assert [row["covered_drivers"] for row in item_coverage_as_rows(base)] == [one.drivers.covered for one in base]


def test_what_nobody_has_asked_is_a_lower_bound_and_named_before_it_is_bought(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    sign = next(one for one in item_coverage(atlas, SIX) if one.item == "unified_sign")
    assert (sign.drivers.covered, sign.drivers.is_lower_bound) == (0, True)
    assert sign.drivers.possible > 0
    answer = next(one for one in cheapest_equipping(atlas, SIX) if one.item == "unified_sign")
    assert set(answer.may_have) == {station.station_id for station in answer.stations}
    assert all(one.is_maybe_there for one in spending(atlas, SIX))
    unpriced: Any = next(one for one in cheapest_equipping(atlas, SIX) if one.item == "person_in_charge")
    assert (unpriced.cost_yuan, unpriced.bound_yuan) == (None, None)
    assert unpriced.stations
