"""Real tracks matched with roads drawn from other real tracks, beside what shapely finds among all roads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from etl.derived.tracks.rules import TrackRules
from tests.etl.derived.tracks.berlin import berlin
from tests.etl.derived.tracks.matching import courses_m, ground, matched

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.etl.derived.tracks.matching import Matched

pytestmark = pytest.mark.slow
NEAR_M = 60.0  # half as far again as a ping may be from its road
RULES = TrackRules()
# Positions are kept to three centimetres.
ABOUT_M = 0.1


@dataclass(frozen=True)
class Case:
    found: Matched
    courses: Any

    @cached_property
    def nearest_m(self) -> Any:
        """How far each ping is from any road, whichever way that leads."""
        spots = shapely.points(self.found.spots_m)
        return shapely.STRtree(self.courses).query_nearest(spots, return_distance=True, all_matches=False)[1]

    def off_m(self, ping: Any) -> Any:
        """How far a placed ping is from the whole of its section."""
        return shapely.distance(shapely.points(self.found.spots_m[ping]), self.courses[self.found.edge[ping]])


@pytest.fixture(scope="module")
def case(public_data: Path) -> Case:
    town = berlin(public_data)
    database = ground(town.roads, town.here, town.around)
    return Case(matched(database, town.here, town.tracks), courses_m(database, town.here)[0])


def test_a_ping_takes_the_section_that_shapely_finds_among_all(case: Case) -> None:
    pings = np.flatnonzero(case.nearest_m <= NEAR_M)
    assert len(pings) > 500
    costs = brute_force_costs(case, pings)
    least = costs.min(axis=1)
    is_placed = case.found.edge[pings] >= 0
    assert 0.5 < is_placed.mean() < 1
    assert (np.isfinite(costs).sum(axis=1) > 1).sum() > 50  # there is something to choose
    assert (np.isfinite(least) == is_placed).all()
    taken = costs[np.flatnonzero(is_placed), case.found.edge[pings][is_placed]]
    assert taken == pytest.approx(least[is_placed], abs=ABOUT_M)


def brute_force_costs(case: Case, pings: Any) -> Any:
    """For each ping and section the least of its straight pieces' costs, infinite where none can be meant."""
    corners, edge = shapely.get_coordinates(case.courses, return_index=True)
    follows = np.flatnonzero(np.diff(edge) == 0)
    ends = np.stack((corners[follows], corners[follows + 1]), axis=1)
    ahead = np.diff(ends, axis=1)[:, 0]
    is_long = np.hypot(*ahead.T) > ABOUT_M
    ends, ahead, owner = ends[is_long], ahead[is_long], edge[follows][is_long]
    pieces = shapely.linestrings(ends)
    costs = np.full((len(pings), len(case.courses)), np.inf)
    for row, ping in enumerate(pings):
        way = case.found.spots_m[ping] - case.found.before_m[ping]
        agreement = (ahead @ way) / np.hypot(*ahead.T) / np.hypot(*way)
        off_m = shapely.distance(shapely.Point(case.found.spots_m[ping]), pieces)
        fits = (off_m <= RULES.reach_m) & (agreement >= RULES.least_agreement)
        np.minimum.at(costs[row], owner[fits], (off_m + RULES.turn_costs_m * (1 - agreement))[fits])
    return costs


def test_placed_pings_lie_by_their_road_and_most_of_those_by_a_road_are_placed(
    case: Case, record_property: Callable[[str, object], None]
) -> None:
    nearest_m = case.nearest_m
    is_placed = case.found.edge >= 0
    off_m = case.off_m(np.flatnonzero(is_placed))
    by_a_road = nearest_m <= RULES.reach_m
    told = {
        "driving pings": len(nearest_m),
        "by a road": by_a_road.mean(),
        "placed of those": is_placed[by_a_road].mean(),
        "off their road, median": np.median(off_m),
        "off their road, 95 of 100": np.quantile(off_m, 0.95),
        "on the nearest road": (off_m - nearest_m[is_placed] <= ABOUT_M).mean(),
    }
    for what, number in told.items():
        record_property(what, float(number))
        print(f"{what}: {number:.4g}")  # noqa: T201  (shown by -rP)
    assert not (is_placed & (nearest_m > RULES.reach_m + ABOUT_M)).any()
    assert off_m.max() <= RULES.reach_m + ABOUT_M
    assert (off_m >= nearest_m[is_placed] - ABOUT_M).all()
    assert told["placed of those"] > 0.95
    assert told["off their road, median"] < 8
    assert told["on the nearest road"] > 0.95
