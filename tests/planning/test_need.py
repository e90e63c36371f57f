from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from planning.atlas import open_atlas
from planning.need import Fit, Need, Station, fit, stations

if TYPE_CHECKING:
    from pathlib import Path

STATION = Station(
    station_id="S1",
    name="站",
    tier="red_station",
    status="open",
    facilities=frozenset({"parking", "hot_water"}),
    facilities_unknown=frozenset({"shower"}),
    opening_hours="06:00-22:00",
    serves_direction="up",
    bays=10,
    lon=107.3,
    lat=35.3,
)


@pytest.mark.parametrize(
    ("need", "answer"),
    [
        (Need(), "yes"),
        (Need(("parking",)), "yes"),
        (Need(("parking", "shower")), "maybe"),
        (Need(("laundry",)), "no"),
        (Need(("shower", "laundry")), "no"),
        (Need(tiers=("driver_home",)), "no"),
        (Need(tiers=("driver_home", "red_station")), "yes"),
        (Need(hour=8), "yes"),
        (Need(hour=2), "no"),
        (Need(direction="up"), "yes"),
        (Need(direction="down"), "no"),
        (Need(("shower",), hour=2), "no"),
    ],
)
def test_a_station_fits_where_it_has_all_that_is_asked(need: Need, answer: Fit) -> None:
    assert fit(STATION, need) == answer


@pytest.mark.parametrize(
    ("unknown", "need"),
    [
        ({"tier": None}, Need(tiers=("red_station",))),
        ({"status": None}, Need()),
        ({"facilities": None}, Need(("parking",))),
        ({"opening_hours": None}, Need(hour=8)),
        ({"serves_direction": None}, Need(direction="up")),
    ],
)
def test_what_the_ledger_does_not_say_a_station_may_have(unknown: dict[str, None], need: Need) -> None:
    assert fit(STATION, need) == "yes"
    assert fit(replace(STATION, **unknown), need) == "maybe"


def test_planned_stations_count_where_they_are_asked_for() -> None:
    for status in ("planned", "building"):
        assert fit(replace(STATION, status=status), Need()) == "no"
        assert fit(replace(STATION, status=status), Need(with_planned=True)) == "yes"
    assert fit(replace(STATION, status="closed"), Need(with_planned=True)) == "no"
    assert fit(replace(STATION, serves_direction="both"), Need(direction="down")) == "yes"


def test_the_stations_of_the_sample_are_read_with_their_unknowns(sample_place: Path) -> None:
    found = {station.station_id: station for station in stations(open_atlas(sample_place))}
    assert found["JC-Z009"].facilities_unknown == {"first_aid", "umbrella"}
    assert found["JC-Z011"].bays is None
    assert fit(found["JC-Z009"], Need(("umbrella",))) == "maybe"
