"""Divided roads: what lies on an expressway, and which direction it serves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from etl.derived.road_network import join_roads
from etl.derived.road_network.attachments import ROADSIDE_KM
from tests.etl.derived.small_county import HERE, add_place, add_shop, add_station
from tests.etl.derived.small_roads import add_road, empty_roads

if TYPE_CHECKING:
    import duckdb


CARRIAGEWAYS: dict[str, dict[str, Any]] = {
    "there": {"class": "expressway", "is_oneway": True, "direction": "up"},
    "back": {"class": "expressway", "is_oneway": True, "direction": "down"},
}


def roads_by_an_expressway() -> duckdb.DuckDBPyConnection:
    """Two carriageways 40 m apart, and a village road 600 m to the north."""
    database = empty_roads()
    add_road(database, "there", [(-9000.0, 0.0), (9000.0, 0.0)], **CARRIAGEWAYS["there"])
    add_road(database, "back", [(9000.0, 40.0), (-9000.0, 40.0)], **CARRIAGEWAYS["back"])
    add_road(database, "village road", [(-9000.0, 600.0), (9000.0, 600.0)])
    return database


def reached_by(database: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    join_roads(database, HERE)
    rows = database.execute(
        "select thing_id, list(route_id order by route_id) from road_attachments left join road_edges using (edge_id) group by all"
    )
    return dict(rows.fetchall())


def test_an_expressway_is_entered_by_what_lies_on_it_alone() -> None:
    database = roads_by_an_expressway()
    add_place(database, "village", 0, 100, None)
    add_shop(database, "shop", 0, -50)
    add_station(database, "service area", 0, -60)
    add_station(database, "town station", 0, -ROADSIDE_KM * 1000 - 10)
    assert reached_by(database) == {
        "village": ["village road"], "service area": ["there"], "town station": ["village road"],
        "shop": ["village road"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("serves", "roads"), [("up", ["there"]), ("down", ["back"]), ("both", ["back", "there"]), (None, ["there"])]
)
def test_a_station_serves_the_carriageways_of_its_directions(serves: str | None, roads: list[str]) -> None:
    database = roads_by_an_expressway()
    add_station(database, "service area", 0, -60)
    database.execute("update stations set serves_direction = $serves", {"serves": serves})
    assert reached_by(database) == {"service area": roads}
