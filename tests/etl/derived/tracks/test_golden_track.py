"""One track of thirty pings of which everything is known by hand."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from etl.derived.tracks import follow_tracks
from tests.etl.derived.small_county import HERE, add_station
from tests.etl.derived.tracks.small_tracks import AREA, CELL_SIZE_M, KM, county_of, minutes_of, ping, x_km

if TYPE_CHECKING:
    import duckdb

ROAD = {"near": [(-20 * KM, 0.0), (150 * KM, 0.0)], "far": [(150 * KM, 0.0), (400 * KM, 0.0)]}
TRACK = [
    # at the station until minute 30
    *(ping(minute, 0) for minute in (0, 15, 30)),
    # a kilometre a minute, with a pause of ten minutes that is no rest
    *(ping(minute, (minute - 30) * KM, speed_km_per_h=60) for minute in (50, 70, 90)),
    ping(100, 60.03 * KM, speed_km_per_h=0),
    *(ping(minute, (minute - 40) * KM, speed_km_per_h=60) for minute in range(120, 281, 20)),
    ping(280, 240 * KM),  # sent twice
    ping(285, 240 * KM, speed_km_per_h=60),  # the receiver hangs
    ping(290, 240 * KM, 200 * KM, speed_km_per_h=60),  # nobody gets there and back
    # 25 minutes beside the road, 300 m of moving up, 22 minutes more: one stop
    *(ping(minute, 260 * KM) for minute in (300, 310, 325)),
    *(ping(minute, 260.3 * KM) for minute in (330, 335, 352)),
    ping(372, 280 * KM),
    # two hours for ten kilometres: it may have rested
    *(ping(minute, (290 + minute - 492) * KM) for minute in (492, 512, 532, 552)),
]


@cache
def golden() -> duckdb.DuckDBPyConnection:
    database = county_of(TRACK, ROAD)
    add_station(database, "甲站", 150, 60)
    follow_tracks(database, HERE, AREA, CELL_SIZE_M)
    return database


def rows(sql: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = golden().execute(sql).to_arrow_table().to_pylist()
    return found


def test_the_track_has_thirty_pings() -> None:
    assert len(TRACK) == 30


def test_what_cannot_be_is_left_out_and_counted_by_its_reason() -> None:
    assert golden().execute("from ping_faults").fetchall() == [("frozen", 1), ("jumped", 1), ("repeated", 1)]


def test_the_stops_their_length_and_their_places() -> None:
    first, second = rows("from stops")
    assert (minutes_of(first["begins_at"]), minutes_of(first["ends_at"]), first["stop_min"]) == (0, 30, 30)
    assert (first["place_kind"], first["thing_id"]) == ("station", "甲站")
    assert (minutes_of(second["begins_at"]), minutes_of(second["ends_at"])) == (300, 352)
    assert (second["place_kind"], second["thing_id"]) == ("roadside", None)
    assert x_km(second["lon"], second["lat"]) == pytest.approx(260.14, abs=0.02)  # 25 and 22 minutes, weighed
    assert first["cell_id"] is not None
    assert second["cell_id"] is None  # outside the county


def test_the_spells_and_what_is_known_of_their_ends() -> None:
    spells = rows("from spells")
    assert [(minutes_of(one["begins_at"]), minutes_of(one["ends_at"])) for one in spells] == [
        (30, 300),
        (352, 372),
        (492, 552),
    ]
    assert [(one["is_begin_known"], one["is_end_known"]) for one in spells] == [
        (True, True),
        (True, False),
        (False, False),
    ]
    assert (spells[0]["spell_min"], spells[0]["paused_min"]) == (270, 10)
    assert spells[0]["driven_km"] == pytest.approx(259.97, abs=0.05)


def test_the_breakpoint_lies_where_four_hours_are_full() -> None:
    first, *others = rows("from spells")
    # Four hours after minute 30, that is at minute 270, half way between 220 and 240 km.
    assert x_km(first["break_lon"], first["break_lat"]) == pytest.approx(230, abs=0.05)
    assert [one["break_lon"] for one in others] == [None, None]


def test_a_single_truck_shows_in_no_heat_and_no_flow() -> None:
    for table in ("cell_heat", "section_flows"):
        assert golden().execute(f"select count(*) from {table}").fetchone() == (0,)
    assert rows("select trucks, trucks_in_place from track_days") == [{"trucks": None, "trucks_in_place": None}]


def test_driving_pings_lie_on_the_road() -> None:
    (tracking,) = rows("from tracking")
    assert (tracking["pings"], tracking["vehicles"]) == (30, 1)
    assert tracking["driving_pings"] == tracking["placed_pings"] == 3 + 9 + 1 + 1 + 1 + 3
    assert tracking["joined_hops"] == tracking["hops"] == 1  # from one section to the other
