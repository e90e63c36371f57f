"""What the tags of a road mean for trucks."""

from __future__ import annotations

import pytest

from etl.osm.road_access import is_hazmat_allowed, is_truck_allowed
from etl.osm.road_speed import speed_km_per_h
from etl.osm.road_tags import has_size_limit, road_row


@pytest.mark.parametrize(
    ("tags", "speed"),
    [
        ({}, None),
        ({"maxspeed": "60"}, 60.0),
        ({"maxspeed": "60 km/h"}, 60.0),
        ({"maxspeed": "30 mph"}, 48.3),
        ({"maxspeed": "none"}, None),
        ({"maxspeed": "signals"}, None),
        ({"maxspeed": "walk"}, 5.0),
        ({"maxspeed": "DE:walk"}, 5.0),
        ({"maxspeed": "CN:rural"}, 70.0),
        ({"maxspeed": "CN:motorway"}, 100.0),
        ({"maxspeed": "PT:urban"}, None),
        ({"maxspeed": "120|100|80"}, 80.0),
        ({"maxspeed": "80;60"}, 60.0),
        ({"maxspeed": "0"}, None),
        ({"maxspeed": "999"}, None),
        ({"maxspeed": "60 @ (22:00-06:00)"}, None),
        ({"maxspeed": "120", "maxspeed:hgv": "80"}, 80.0),
        ({"maxspeed": "120", "maxspeed:hgv": "none"}, 120.0),
        ({"maxspeed:forward": "70", "maxspeed:backward": "50"}, 50.0),
        ({"maxspeed:type": "CN:urban"}, 50.0),
        ({"source:maxspeed": "sign"}, None),
    ],
)
def test_speeds(tags: dict[str, str], speed: float | None) -> None:
    assert speed_km_per_h(tags) == speed


@pytest.mark.parametrize(
    ("tags", "is_allowed"),
    [
        ({}, None),
        ({"hgv": "no"}, False),
        ({"hgv": "designated"}, True),
        ({"hgv": "destination"}, True),
        ({"hgv": "agricultural"}, False),
        ({"motor_vehicle": "no"}, False),
        ({"motor_vehicle": "forestry"}, False),
        ({"motor_vehicle": "no", "hgv": "yes"}, True),
        ({"access": "private"}, False),
        ({"access": "private", "motor_vehicle": "yes"}, True),
        ({"access": "yes", "hgv": "no"}, False),
        ({"access": "no", "hgv": "gibberish"}, False),
        ({"access": "yes", "hgv": "gibberish"}, None),
        ({"goods": "no"}, False),
        ({"goods": "yes"}, None),
        ({"hgv:conditional": "no @ (22:00-06:00)"}, None),
        ({"hgv": "yes", "hgv:conditional": "no @ (22:00-06:00)"}, None),
        ({"hgv": "no", "hgv:conditional": "yes @ (22:00-06:00)"}, False),
        ({"access": "no", "hgv:conditional": "yes @ (22:00-06:00)"}, False),
    ],
)
def test_trucks(tags: dict[str, str], is_allowed: bool | None) -> None:  # noqa: FBT001
    assert is_truck_allowed(tags) is is_allowed


@pytest.mark.parametrize(
    ("written", "is_allowed"), [("no", False), ("yes", True), ("designated", True), ("tunnel C", None), (None, None)]
)
def test_dangerous_goods(written: str | None, is_allowed: bool | None) -> None:  # noqa: FBT001
    assert is_hazmat_allowed({"hazmat": written} if written else {}) is is_allowed


@pytest.mark.parametrize(
    ("tags", "is_oneway"),
    [
        ({"highway": "trunk"}, "false"),
        ({"highway": "trunk", "oneway": "yes"}, "true"),
        ({"highway": "trunk", "oneway": "-1"}, "-1"),
        ({"highway": "trunk", "oneway": "reversible"}, None),
        ({"highway": "motorway"}, "true"),
        ({"highway": "motorway", "oneway": "no"}, "false"),
        ({"highway": "motorway_link"}, "false"),
        ({"highway": "tertiary", "junction": "roundabout"}, "true"),
    ],
)
def test_oneway(tags: dict[str, str], is_oneway: str | None) -> None:
    row = road_row(tags)
    assert row is not None
    assert row["is_oneway"] == is_oneway


@pytest.mark.parametrize(
    ("tags", "told"),
    [
        ({}, ("false", "false", "0")),
        ({"bridge": "yes"}, ("true", "false", "1")),
        ({"bridge": "viaduct", "layer": "2"}, ("true", "false", "2")),
        ({"bridge": "no"}, ("false", "false", "0")),
        ({"tunnel": "yes"}, ("false", "true", "-1")),
        ({"tunnel": "building_passage", "layer": "-3"}, ("false", "true", "-3")),
        ({"layer": "1;2"}, ("false", "false", "0")),
        ({"layer": "99"}, ("false", "false", "10")),
    ],
)
def test_bridges_tunnels_and_layers(tags: dict[str, str], told: tuple[str, str, str]) -> None:
    row = road_row({"highway": "primary", **tags})
    assert row is not None
    assert (row["is_bridge"], row["is_tunnel"], row["layer"]) == told


@pytest.mark.parametrize(
    ("tags", "is_road"),
    [
        *(({"highway": kind}, True) for kind in ("motorway", "trunk_link", "residential", "living_street", "road")),
        *(({"highway": kind}, False) for kind in ("footway", "cycleway", "track", "path", "service", "construction")),
        ({"highway": "service", "hgv": "designated"}, True),
        ({"highway": "service", "hgv": "no"}, False),
        ({"highway": "service", "industrial": "logistics"}, True),
        ({"highway": "residential", "area": "yes"}, False),
        ({"waterway": "river"}, False),
    ],
)
def test_which_ways_are_roads_of_trucks(tags: dict[str, str], is_road: bool) -> None:  # noqa: FBT001
    assert (road_row(tags) is not None) is is_road


def test_limits_of_size_are_noticed() -> None:
    assert has_size_limit({"maxheight": "3.5"})
    assert has_size_limit({"maxweight": "10"})
    assert not has_size_limit({"maxheight": "default"})
    assert not has_size_limit({"maxspeed": "30"})
