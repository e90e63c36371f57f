from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from etl.derived.tracks.rules import TrackRules
from planning.standards import standard
from tests.etl.derived.tracks.small_tracks import KM, driven, followed, ping

if TYPE_CHECKING:
    import duckdb

K = TrackRules().k_anonymity
SATURDAY_MIN = 5 * 1440.0
# Three sections of one road, and one that leaves it at right angles.
ROADS: dict[str, Any] = {
    "a": [(-20 * KM, 0.0), (4 * KM, 0.0)],
    "b": [(4 * KM, 0.0), (6 * KM, 0.0)],
    "c": [(6 * KM, 0.0), (30 * KM, 0.0)],
    "side": [(4 * KM, 0.0), (4 * KM, 20 * KM)],
}
EVERY_FEW_MIN = (0, 3, 7, 10, 13)  # no ping on section b


def trucks(number: int, name: str = "甲", **values: Any) -> list[dict[str, Any]]:
    return [one for nth in range(number) for one in driven(f"{name}{nth}", EVERY_FEW_MIN, **values)]


def flows(database: duckdb.DuckDBPyConnection, where: str = "hour is null") -> list[tuple[Any, ...]]:
    return database.execute(
        "select route_id, is_forward, day_kind, cargo, trucks_per_day, vehicles from section_flows "
        f"join road_edges using (edge_id) where {where} order by all"
    ).fetchall()


def test_the_law_and_the_house_say_the_same_in_both_places() -> None:
    rules = TrackRules()
    assert rules.rest_stop_min == standard("rest_stop_min").value
    assert rules.driving_spell_h == standard("driving_spell_h").value
    assert rules.k_anonymity == standard("k_anonymity").value
    assert rules.truck_expressway_km_per_h == standard("truck_expressway_km_per_h").value


def test_a_section_without_a_ping_is_taken_where_the_way_leads_over_it() -> None:
    assert flows(followed(trucks(K), ROADS), "hour is null and day_kind = 'all'") == [
        (road, True, "all", "all", K, K) for road in ("a", "b", "c")
    ]


def test_fewer_than_k_trucks_show_nothing() -> None:
    database = followed(trucks(K - 1), ROADS)
    assert flows(database) == []
    assert database.execute("from cell_heat").fetchall() == []


def test_the_direction_is_told_by_the_heading_of_the_tracker_and_else_by_where_it_came_from() -> None:
    back = [
        {**one, "vehicle": f"乙{nth}", "heading_deg": heading}
        for nth in range(K)
        for one in (ping(minute, (13 - minute) * KM) for minute in EVERY_FEW_MIN)
        for heading in [270.0 if nth % 2 else None]
    ]
    shown = flows(followed(back, ROADS), "hour is null and day_kind = 'all'")
    assert {(road, is_forward) for road, is_forward, *_ in shown} == {("a", False), ("b", False), ("c", False)}


def test_a_heading_across_the_road_places_no_ping() -> None:
    database = followed(trucks(K, heading_deg=10.0), ROADS)
    driving, placed = database.execute("select driving_pings, placed_pings from tracking").fetchall()[0]
    assert (driving, placed) == (K * 4, 0)


def later(rows: list[dict[str, Any]], minutes: float) -> list[dict[str, Any]]:
    return [{**one, "pinged_at": one["pinged_at"] + dt.timedelta(minutes=minutes)} for one in rows]


def test_a_truck_counts_once_a_day_and_once_in_each_hour() -> None:
    database = followed([*trucks(K), *later(trucks(K), 300), *later(trucks(K), 345)], ROADS)
    assert flows(database, "hour is null and day_kind = 'all' and route_id = 'b'") == [("b", True, "all", "all", K, K)]
    by_hour = database.execute(
        "select hour, trucks_per_day from section_flows join road_edges using (edge_id) "
        "where route_id = 'b' and hour is not null and day_kind = 'all' order by hour"
    ).fetchall()
    assert by_hour == [(6, K), (11, K)]


def test_days_are_averaged_over_those_of_their_kind() -> None:
    database = followed([*trucks(K), *later(trucks(K), SATURDAY_MIN), *later(trucks(K), SATURDAY_MIN + 1440)], ROADS)
    assert [(kind, per_day) for *_, kind, _, per_day, _ in flows(database, "hour is null and route_id = 'b'")] == [
        ("all", K), ("weekday", K), ("weekend", K)
    ]  # fmt: skip
    half = followed(
        [*trucks(2 * K), *later(trucks(K), SATURDAY_MIN), *later(trucks(K, "乙"), SATURDAY_MIN + 1440)], ROADS
    )
    assert [(kind, per_day) for *_, kind, _, per_day, _ in flows(half, "hour is null and route_id = 'b'")] == [
        ("all", pytest.approx(4 * K / 3)), ("weekday", 2 * K), ("weekend", K)
    ]  # fmt: skip


def test_a_part_too_small_to_show_hides_the_other_part_too() -> None:
    # On Saturday one truck less than can be shown: Monday's number would give it away.
    database = followed([*trucks(2 * K), *later(trucks(K - 1), SATURDAY_MIN)], ROADS)
    assert {kind for _, _, kind, *_ in flows(database)} == {"all"}


@pytest.mark.parametrize(
    ("hazmat", "others", "is_shown"), [(K, K, True), (K - 1, K, False), (K, K - 1, False), (K, 0, True)]
)
def test_dangerous_goods_are_shown_where_both_they_and_the_others_hide_each_truck(
    *, hazmat: int, others: int, is_shown: bool
) -> None:
    pings = [*trucks(hazmat, "危", is_hazmat=True), *trucks(others, "普", is_hazmat=False)]
    database = followed(pings, ROADS)
    shown = {cargo for _, _, _, cargo, *_ in flows(database, "hour is null and day_kind = 'all'")}
    assert shown == ({"all", "hazmat"} if is_shown else {"all"})
    cells = database.execute("select distinct cargo from cell_heat").fetchall()
    assert {cargo for (cargo,) in cells} == shown


def test_cells_count_the_trucks_seen_in_them() -> None:
    database = followed(trucks(K), ROADS)
    found = database.execute(
        "select cells.i, trucks_per_day from cell_heat join cells using (cell_id) "
        "where hour is null and day_kind = 'all' order by i"
    ).fetchall()
    assert found == [(i, K) for i in (0, 3, 7, 10, 13)]


def test_no_pings_no_tables_amiss() -> None:
    database = followed([], ROADS)
    for table in ("stops", "spells", "cell_heat", "section_flows", "track_days", "ping_faults"):
        assert database.execute(f"select count(*) from {table}").fetchone() == (0,)
    assert database.execute("select pings, vehicles from tracking").fetchone() == (0, 0)


def test_a_place_without_roads_still_has_stops_and_heat() -> None:
    database = followed(trucks(K))
    assert flows(database) == []
    assert database.execute("select count(*) from cell_heat").fetchone() != (0,)
