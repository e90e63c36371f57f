from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import shapely

from etl.derived.road_network import join_roads
from etl.derived.road_network.attachments import OFF_ROAD_LIMIT_KM
from etl.derived.road_network.near_meetings import SNAP_M, TOUCH_M
from etl.snapshot_check import open_snapshot
from planning.atlas import open_atlas
from planning.finding_words import finding_sentence, finding_title
from tests.etl.derived.small_county import HERE, add_place, add_station
from tests.etl.derived.small_roads import add_road, add_shape, empty_roads, joined, pieces, totals

if TYPE_CHECKING:
    from pathlib import Path

WEST_EAST = [(-1000.0, 0.0), (1000.0, 0.0)]
SOUTH_NORTH = [(0.0, -1000.0), (0.0, 1000.0)]
# Ends shared all round: with it a file counts as one that was drawn as a network.
RING = {
    "ring1": [(9000.0, 0.0), (9000.0, 900.0)],
    "ring2": [(9000.0, 900.0), (8000.0, 900.0)],
    "ring3": [(8000.0, 900.0), (8000.0, 0.0)],
    "ring4": [(8000.0, 0.0), (9000.0, 0.0)],
    "ring5": [(8000.0, 0.0), (9000.0, 900.0)],
    "ring6": [(8000.0, 900.0), (9000.0, 0.0), (9000.0, 900.0)],
}


def test_roads_that_cross_without_a_vertex_are_joined_where_the_file_is_no_network() -> None:
    database = joined({"a": WEST_EAST, "b": SOUTH_NORTH})
    assert pieces(database) == [("a", 1000), ("a", 1000), ("b", 1000), ("b", 1000)]
    assert totals(database) == {
        "road_km": pytest.approx(4), "reachable_km_pct": 100, "nodes": 5, "edges": 8, "dead_ends": 4, "islands": 0,
        "snapped_ends": 0, "joined_crossings": 1,
    }  # fmt: skip
    lon, lat = database.execute("select lon, lat from road_nodes where not is_dead_end").fetchall()[0]
    assert HERE.forward(lon, lat) == (pytest.approx(0, abs=0.01), pytest.approx(0, abs=0.01))


@pytest.mark.parametrize(
    "values", [{"is_bridge": True}, {"is_tunnel": True}, {"layer": 1}, {"class": "expressway"}, {"class": "ramp"}]
)
def test_what_lies_above_or_below_or_is_fenced_off_does_not_join_what_it_crosses(values: dict[str, Any]) -> None:
    database = joined({"a": WEST_EAST, "b": SOUTH_NORTH}, b=values)
    assert pieces(database) == [("a", 2000), ("b", 2000)]
    assert totals(database)["islands"] == 1


def test_a_network_is_believed_where_its_lines_cross_without_a_vertex() -> None:
    assert totals(joined({**RING, "a": WEST_EAST, "b": SOUTH_NORTH}))["joined_crossings"] == 0


def test_a_vertex_shared_by_two_lines_is_a_junction() -> None:
    roads = {"a": [(-1000.0, 0.0), (0.0, 0.0), (1000.0, 0.0)], "b": [(0.0, -1000.0), (0.0, 0.0), (0.0, 1000.0)]}
    database = joined(roads)
    assert pieces(database) == [("a", 1000), ("a", 1000), ("b", 1000), ("b", 1000)]
    assert totals(database)["nodes"] == 5
    parted = joined(roads, b={"is_bridge": True})
    assert pieces(parted) == [("a", 2000), ("b", 2000)]


def test_a_bridge_joins_the_roads_at_its_ends() -> None:
    roads = {
        "a": [(-1000.0, 0.0), (0.0, 0.0)],
        "bridge": [(0.0, 0.0), (300.0, 0.0)],
        "below": [(100.0, -500.0), (100.0, 500.0)],
    }
    database = joined(roads, bridge={"is_bridge": True})
    assert totals(database)["islands"] == 1
    found = database.execute(
        "select distinct route_id from road_edges join road_nodes on from_node = node_id where component = 0 order by 1"
    ).fetchall()
    assert found in ([("a",), ("bridge",)], [("below",)])
    assert pieces(database) == [("a", 1000), ("below", 1000), ("bridge", 300)]


def test_a_road_that_ends_on_the_middle_of_another_joins_it_with_or_without_a_vertex() -> None:
    side = [(0.0, 0.0), (0.0, 700.0)]
    for main in (WEST_EAST, [(-1000.0, 0.0), (0.0, 0.0), (1000.0, 0.0)]):
        database = joined({"main": main, "side": side})
        assert pieces(database) == [("main", 1000), ("main", 1000), ("side", 700)]
        assert totals(database)["reachable_km_pct"] == 100


@pytest.mark.parametrize(("gap_m", "joins"), [(3.0, True), (SNAP_M - 0.1, True), (SNAP_M + 0.1, False)])
def test_an_end_that_nearly_meets_another_road_is_joined_within_the_tolerance(gap_m: float, joins: bool) -> None:  # noqa: FBT001
    onto_middle = joined({"main": WEST_EAST, "side": [(0.0, gap_m), (0.0, 700.0)]})
    assert totals(onto_middle)["islands"] == (0 if joins else 1)
    assert totals(onto_middle)["snapped_ends"] == (1 if joins else 0)
    assert totals(onto_middle)["road_km"] == pytest.approx(2.7 - gap_m / 1000, rel=1e-6)
    end_to_end = joined({"a": WEST_EAST, "b": [(1000.0 + gap_m, 0.0), (2000.0, 0.0)]})
    assert totals(end_to_end)["islands"] == (0 if joins else 1)
    assert totals(end_to_end)["snapped_ends"] == (2 if joins else 0)


def test_in_a_network_an_end_joins_the_middle_of_a_line_only_where_it_touches_it() -> None:
    for gap_m, islands in ((TOUCH_M - 0.1, 1), (TOUCH_M + 0.1, 2)):
        assert totals(joined({**RING, "main": WEST_EAST, "side": [(0.0, gap_m), (0.0, 700.0)]}))["islands"] == islands


def test_a_one_way_road_is_driven_as_it_is_drawn() -> None:
    database = joined({"a": WEST_EAST, "b": [(1000.0, 0.0), (2000.0, 0.0)]}, a={"is_oneway": True})
    found = database.execute("select route_id, is_forward, from_fraction, to_fraction from road_edges order by all")
    assert found.fetchall() == [("a", True, 0, 1), ("b", False, 1, 0), ("b", True, 0, 1)]


def test_loops_roundabouts_duplicates_and_turnings_back() -> None:
    circle = [(100.0, 0.0), (0.0, 100.0), (-100.0, 0.0), (0.0, -100.0), (100.0, 0.0)]
    roundabout = joined(
        {"circle": circle, "a": [(-900.0, 0.0), (-100.0, 0.0)], "b": [(0.0, 100.0), (0.0, 900.0)]},
        circle={"is_oneway": True},
    )
    assert [name for name, _ in pieces(roundabout)] == ["a", "b", "circle", "circle", "circle"]
    assert totals(roundabout)["reachable_km_pct"] == 100
    alone = joined({"circle": circle})
    assert (totals(alone)["nodes"], totals(alone)["edges"], totals(alone)["dead_ends"]) == (1, 2, 0)
    bent = [(0.0, 0.0), (500.0, 0.0), (500.0, 500.0)]
    twice = joined({"a": bent, "b": bent, "c": bent[::-1]})
    assert (totals(twice)["nodes"], totals(twice)["edges"]) == (2, 6)
    assert totals(twice)["road_km"] == pytest.approx(3)
    back = joined({"a": [(0.0, 0.0), (300.0, 0.0), (500.0, 0.0), (300.0, 0.0), (0.0, 0.0)]})
    assert totals(back)["road_km"] == pytest.approx(1)


def test_a_road_that_crosses_itself_is_joined_only_at_a_vertex() -> None:
    eight = [(0.0, 0.0), (200.0, 200.0), (200.0, 0.0), (0.0, 200.0)]
    assert len(pieces(joined({"a": eight}))) == 1
    with_vertex = [(0.0, 0.0), (100.0, 100.0), (200.0, 200.0), (200.0, 0.0), (100.0, 100.0), (0.0, 200.0)]
    database = joined({"a": with_vertex})
    assert len(pieces(database)) == 3
    assert totals(database)["nodes"] == 3


def test_the_parts_of_one_route_follow_each_other_in_its_fractions() -> None:
    database = joined({"a": [[(0.0, 0.0), (300.0, 0.0)], [(5000.0, 0.0), (5100.0, 0.0)]]})
    found = database.execute("select from_fraction, to_fraction from road_edges where is_forward order by 1").fetchall()
    assert found == [(0, pytest.approx(0.75, abs=1e-4)), (pytest.approx(0.75, abs=1e-4), 1)]


def test_three_levels_through_one_vertex_are_three_roads() -> None:
    roads = {
        name: [(-x, -y), (0.0, 0.0), (x, y)]
        for name, x, y in (("a", 900.0, 0.0), ("b", 0.0, 900.0), ("c", 700.0, 700.0))
    }
    database = joined(roads, b={"layer": 1}, c={"layer": -1})
    assert totals(database)["islands"] == 2
    assert pieces(database) == [("a", 1800), ("b", 1800), ("c", 1980)]


def test_vertices_that_stay_in_place_change_nothing() -> None:
    database = joined({"a": [(0.0, 0.0), (0.0, 0.0), (500.0, 0.0), (500.0, 0.0)]})
    assert pieces(database) == [("a", 500)]
    point = empty_roads()
    add_shape(point, "point", shapely.LineString([(107.4, 35.3), (107.4, 35.3)]))
    add_road(point, "b", WEST_EAST)
    join_roads(point, HERE)
    assert pieces(point) == [("b", 2000)]


def test_a_place_without_roads_has_an_empty_network() -> None:
    database = empty_roads()
    add_station(database, "s", 0, 0)
    join_roads(database, HERE)
    assert totals(database)["road_km"] == 0
    assert totals(database)["reachable_km_pct"] is None
    assert database.execute("select edge_id, is_reachable from road_attachments").fetchall() == [(None, False)]


def test_an_island_is_found_and_told_by_its_longest_road() -> None:
    database = joined(
        {"main": [(-9000.0, 0.0), (9000.0, 0.0)], "far": [(0.0, 500.0), (3000.0, 500.0)],
         "branch": [(3000.0, 500.0), (3000.0, 900.0)], "scrap": [(0.0, -500.0), (900.0, -500.0)]},
        far={"name": "远路", "ref": "X1"},
    )  # fmt: skip
    found = database.execute("select rule, noun, subject_id, subject_name, row_count, lat from findings").fetchall()
    assert [row[:5] for row in found] == [("road_island", "routes", "far", "X1 远路", 2)]
    assert HERE.forward(107.4, found[0][5])[1] == pytest.approx(500, abs=1)
    assert "远路" in finding_sentence("road_island", subject="远路", other=None, area_km2=None, count=2)
    assert finding_title("road_island") != "road island"


def test_things_are_attached_to_the_nearest_road_that_trucks_may_use() -> None:
    database = empty_roads()
    add_road(database, "main", [(-9000.0, 0.0), (9000.0, 0.0)])
    add_road(database, "oneway", [(9000.0, 0.0), (9000.0, 8000.0)], is_oneway=True)
    add_road(database, "banned", [(0.0, 0.0), (0.0, 1500.0)], is_truck_allowed=False)
    add_road(database, "scrap", [(-6000.0, 990.0), (-5900.0, 990.0)])
    add_station(database, "by the ban", 10, 1000)
    add_station(database, "by the scrap", -6000, 1000)
    add_place(database, "at the one-way", 9100, 2000, None)
    add_place(database, "too far", -3000, OFF_ROAD_LIMIT_KM * 1000 + 10, None)
    join_roads(database, HERE)
    rows = database.execute(
        "select thing_id, forward.route_id, opposite.edge_id is not null, round(off_road_km * 1000), is_reachable, "
        "forward.from_fraction + fraction * (forward.to_fraction - forward.from_fraction) "
        "from road_attachments left join road_edges as forward using (edge_id) "
        "left join road_edges as opposite on opposite_edge_id = opposite.edge_id "
        "and opposite.from_node = forward.to_node and not opposite.is_forward order by thing_id"
    ).fetchall()
    assert rows == [
        ("at the one-way", "oneway", False, 100, True, pytest.approx(0.25, abs=1e-3)),
        ("by the ban", "main", True, 1000, True, pytest.approx(9010 / 18000, abs=1e-3)),
        ("by the scrap", "main", True, 1000, True, pytest.approx(1 / 6, abs=1e-3)),
        ("too far", None, False, None, False, None),
    ]


def test_the_sample_is_one_network_from_end_to_end(sample_place: Path) -> None:
    snapshot = open_snapshot(open_atlas(sample_place).path)
    told = snapshot.execute("select reachable_km_pct, islands, edges from road_network").fetchall()
    assert told[0][:2] == (100, 0)
    corridor = snapshot.execute(
        "select distinct component from road_edges join road_nodes on from_node = node_id where ref = 'G70'"
    ).fetchall()
    assert corridor == [(0,)]
    unreachable = snapshot.execute("select noun, count(*) from road_attachments where not is_reachable group by all")
    assert "stations" not in dict(unreachable.fetchall())
    counts = snapshot.execute("select (select count(*) from cells), (select count(*) from cell_attachments)").fetchall()
    assert counts[0][0] == counts[0][1]


def test_every_column_says_what_it_is() -> None:
    tables = ("road_nodes", "road_edges", "road_attachments", "cell_attachments", "road_network")
    comments = empty_network_comments(tables)
    assert len(comments) == 5 + 15 + 7 + 5 + 8
    assert all(comment and comment.count("|") == 2 for comment in comments)


def empty_network_comments(tables: tuple[str, ...]) -> list[str | None]:
    database = joined({})
    found = database.execute(
        "select comment from duckdb_columns() where table_name in $tables", {"tables": list(tables)}
    )
    return [comment for (comment,) in found.fetchall()]
