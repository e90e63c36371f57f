from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings

from planning.access import Access, access_of, access_of_cells, on_edges
from planning.atlas import open_atlas
from planning.network import NOTHING, Network, Travel, network_of
from planning.reach_sets import reach_sets
from tests.planning.drawn_graph import cases, costs_by_networkx, drawn_network, lanes

if TYPE_CHECKING:
    from pathlib import Path

LITTLE = 1e-9


@given(cases())
@settings(max_examples=150, deadline=None)
def test_the_nearest_is_what_a_search_for_each_pair_by_itself_finds(case: tuple[Network, Access, Access]) -> None:
    network, to, from_ = case
    expected = costs_by_networkx(network, to, from_)
    found = network.nearest(to, from_)
    assert found.cost == pytest.approx(expected.min(axis=0), abs=LITTLE)
    for thing, which in enumerate(found.which):
        if which == NOTHING:
            assert np.isinf(found.cost[thing])
        else:
            assert expected[which, thing] == pytest.approx(found.cost[thing], abs=LITTLE)


@given(cases())
@settings(max_examples=150, deadline=None)
def test_what_lies_within_reach_is_found_with_its_cost(case: tuple[Network, Access, Access]) -> None:
    network, to, from_ = case
    expected = costs_by_networkx(network, to, from_)
    within = 4.0
    found = reach_sets(network, to, from_, within)
    near = expected <= within + LITTLE
    assert found.shape == expected.shape
    assert (found.toarray() > 0).tolist() == near.tolist()
    assert found.toarray()[near] == pytest.approx(expected[near], abs=1e-8)
    assert found.has_canonical_format


def test_a_one_way_road_is_driven_one_way() -> None:
    there_and_back = drawn_network(2, [(0, 1, 10.0), (1, 0, 10.0)])
    one_way = drawn_network(2, [(0, 1, 10.0)])
    early, late = lanes(1, [(0, 0, 0.2, 0.0)]), lanes(1, [(0, 0, 0.7, 0.0)])
    assert one_way.nearest(late, early).cost == pytest.approx([5.0])
    assert np.isinf(one_way.nearest(early, late).cost).all()
    both = lanes(1, [(0, 0, 0.2, 0.0), (0, 1, 0.8, 0.0)]), lanes(1, [(0, 0, 0.7, 0.0), (0, 1, 0.3, 0.0)])
    assert there_and_back.nearest(*both).cost == pytest.approx([5.0])
    assert there_and_back.nearest(*reversed(both)).cost == pytest.approx([5.0])


def test_a_truck_on_its_way_turns_round_at_the_next_node_alone() -> None:
    network = drawn_network(2, [(0, 1, 10.0), (1, 0, 10.0)])
    behind = lanes(1, [(0, 0, 0.2, 0.0), (0, 1, 0.8, 0.0)])
    found = network.nearest(behind, on_edges(np.array([0, 1])))
    assert found.cost == pytest.approx([5.0 + 8.0, 3.0])


def test_the_way_beside_the_road_counts_at_both_ends() -> None:
    network = drawn_network(2, [(0, 1, 10.0)], off_road_per_km=4.0)
    found = network.nearest(lanes(1, [(0, 0, 1.0, 0.5)]), lanes(1, [(0, 0, 0.0, 0.25)]))
    assert found.cost == pytest.approx([10.0 + 4.0 * 0.75])


def test_where_nothing_is_to_be_reached_nothing_is_near() -> None:
    network = drawn_network(2, [(0, 1, 10.0)])
    somewhere, nowhere = lanes(1, [(0, 0, 0.5, 0.0)]), lanes(3, [])
    assert network.nearest(nowhere, somewhere).which.tolist() == [NOTHING]
    assert np.isinf(network.nearest(somewhere, nowhere).cost).all()
    assert reach_sets(network, nowhere, somewhere, 5.0).nnz == 0


def test_on_the_sample_sets_and_nearest_say_the_same(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    stations, cells = access_of(atlas, "stations").access, access_of_cells(atlas)
    for travel in (Travel(), Travel("hazmat_truck", 2), Travel(measure="km")):
        network = network_of(atlas, travel)
        nearest = network.nearest(stations, cells).cost
        sets = reach_sets(network, stations, cells, 25.0).toarray()
        least = np.where(sets > 0, sets, np.inf).min(axis=0)
        near = nearest <= 25.0
        assert near.any()
        assert (np.isfinite(least) == near).all()
        assert least[near] == pytest.approx(nearest[near], abs=1e-8)


def test_at_night_dangerous_goods_leave_the_expressway(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    graph = network_of(atlas).graph
    expressway = graph.road_class == graph.classes.index("expressway")
    by_day, by_night = (network_of(atlas, Travel("hazmat_truck", hour)).cost[expressway] for hour in (10, 2))
    assert np.isfinite(by_day).any()
    assert np.isinf(by_night).all()
    assert np.isfinite(network_of(atlas, Travel("truck", 2)).cost[expressway]).any()
