"""Our searches beside those of networkx, on 5,000 junctions of a real city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from planning.network import NOTHING, Network, Travel, travelled
from planning.reach_sets import reach_sets
from tests.planning.drawn_graph import costs_by_networkx
from tests.planning.porto_piece import piece_of, roads_of, things_on

if TYPE_CHECKING:
    from pathlib import Path

    from planning.access import Access

NODES = 5_000
STATIONS, DRIVERS = 60, 240
WITHIN = (2.0, 6.0)
LITTLE = 1e-8

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=[Travel(), Travel("hazmat_truck", 2), Travel(measure="km")], ids=str)
def case(request: pytest.FixtureRequest, piece: Any) -> tuple[Network, Access, Access, Any]:
    network = travelled(piece, request.param)
    dice = np.random.default_rng(11)
    stations, drivers = things_on(piece, STATIONS, dice), things_on(piece, DRIVERS, dice)
    return network, stations, drivers, costs_by_networkx(network, stations, drivers)


@pytest.fixture(scope="module")
def piece(public_data: Path) -> Any:
    found = piece_of(roads_of(public_data / "osm" / "porto_portugal.osm.pbf"), NODES)
    assert found.nodes == NODES
    return found


def test_the_nearest_station_is_the_one_that_networkx_finds(case: Any) -> None:
    network, stations, drivers, expected = case
    found = network.nearest(stations, drivers)
    assert found.cost == pytest.approx(expected.min(axis=0), abs=LITTLE)
    reached = np.flatnonzero(found.which != NOTHING)
    assert len(reached) > 0.9 * DRIVERS
    assert expected[found.which[reached], reached] == pytest.approx(found.cost[reached], abs=LITTLE)


@pytest.mark.parametrize("within", WITHIN)
def test_the_sets_hold_what_networkx_reaches(case: Any, within: float) -> None:
    network, stations, drivers, expected = case
    found = reach_sets(network, stations, drivers, within).toarray()
    on_the_edge = np.abs(expected - within) < LITTLE
    near = expected <= within
    assert near.mean() > 0.01
    assert not near.all()
    assert ((found > 0) == near)[~on_the_edge].all()
    assert found[near & ~on_the_edge] == pytest.approx(expected[near & ~on_the_edge], abs=LITTLE)
