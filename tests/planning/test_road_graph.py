from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from planning.atlas import open_atlas
from planning.road_graph import edge_minutes, minutes_between, minutes_matrix, road_graph
from planning.standards import read_standards, standard
from tests.etl.small_place import SmallPlace

if TYPE_CHECKING:
    from pathlib import Path

    from planning.road_graph import Profile, RoadGraph

HEADINGS = ["wkt", "编号", "等级", "限速", "单行", "危货通行", "货车通行"]
CORNERS = {"a": "107.31 35.30", "b": "107.33 35.30", "c": "107.35 35.30", "d": "107.33 35.32"}


def graph_of(folder: Path, *roads: tuple[str, str, str, str, str, str]) -> RoadGraph:
    """Roads by their corners, class, limit, one-way, dangerous goods and trucks."""
    rows = [HEADINGS]
    for number, (corners, *values) in enumerate(roads):
        course = ", ".join(CORNERS[corner] for corner in corners)
        rows.append([f"LINESTRING ({course})", f"r{number}", *values])
    place = SmallPlace(folder)
    (folder / "files" / "roads.tsv").write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
    place.add("routes", "roads.tsv")
    place.build()
    return road_graph(open_atlas(folder))


def node(graph: RoadGraph, corner: str) -> int:
    lon, lat = map(float, CORNERS[corner].split())
    return int(np.argmin(np.hypot(graph.lon - lon, graph.lat - lat)))


def minutes(graph: RoadGraph, profile: Profile, *pairs: str) -> list[float]:
    found = minutes_between(graph, profile, [[node(graph, one) for one in pair] for pair in pairs])
    return [float(one) for one in found]


@pytest.fixture
def graph(tmp_path: Path) -> RoadGraph:
    return graph_of(
        tmp_path / "place",
        ("ab", "高速公路", "", "否", "是", "是"),
        ("bc", "二级公路", "30", "是", "是", "是"),
        ("bd", "三级公路", "120", "否", "否", "是"),
        ("dc", "等外公路", "", "否", "是", "否"),
    )


def test_a_truck_takes_the_minutes_of_class_or_limit_whichever_is_slower(graph: RoadGraph) -> None:
    km = {kind: graph.length_km[graph.road_class == place][0] for place, kind in enumerate(graph.classes)}
    to_b = 60 * km["expressway"] / standard("truck_expressway_km_per_h").value
    to_c = 60 * km["second"] / 30
    to_d = 60 * km["third"] / standard("truck_third_km_per_h").value
    assert minutes(graph, "truck", "ab", "ac", "ad", "aa") == pytest.approx([to_b, to_b + to_c, to_b + to_d, 0])
    slower = 60 * km["expressway"] / standard("hazmat_expressway_km_per_h").value
    assert minutes(graph, "hazmat_truck", "ab") == pytest.approx([slower])


def test_bans_and_one_way_roads_hold(graph: RoadGraph) -> None:
    assert minutes(graph, "truck", "cb", "ca") == [np.inf, np.inf]
    assert minutes(graph, "truck", "dc") == pytest.approx([sum(minutes(graph, "truck", "db", "bc"))])
    assert minutes(graph, "hazmat_truck", "ad") == [np.inf]
    assert not np.isfinite(edge_minutes(graph, "truck")[graph.road_class == graph.classes.index("unclassified")]).any()


def test_a_place_may_have_speeds_of_its_own(graph: RoadGraph) -> None:
    text = "".join(
        f'[number.truck_{kind}_km_per_h]\nvalue = 15\nunit = "km_per_h"\nsource = "本县"\ndated_on = 2026-01-01\n'
        for kind in ("expressway", "first", "second", "third", "fourth", "ramp", "street", "minor_road")
    )
    own = edge_minutes(graph, "truck", read_standards(text))
    allowed = np.isfinite(own)
    assert own[allowed] == pytest.approx(60 * graph.length_km[allowed] / 15)


def test_of_two_roads_between_the_same_corners_the_quicker_counts(tmp_path: Path) -> None:
    slow, quick = ("ab", "等外公路", "", "否", "是", "是"), ("ab", "高速公路", "", "否", "是", "是")
    graph = graph_of(tmp_path / "place", slow, quick)
    assert len(graph.length_km) == 4
    assert minutes_matrix(graph, edge_minutes(graph, "truck")).nnz == 2
    assert minutes(graph, "truck", "ab") == pytest.approx([60 * graph.length_km[0] / 90])


def test_the_graph_of_the_sample_is_read_once_and_in_order(sample_place: Path) -> None:
    graph = road_graph(open_atlas(sample_place))
    assert road_graph(open_atlas(sample_place)) is graph
    assert graph.first_edge[-1] == len(graph.to_node)
    for one in range(graph.nodes):
        assert set(graph.from_node[graph.first_edge[one] : graph.first_edge[one + 1]]) <= {one}
    main = np.flatnonzero(graph.component == 0)
    dice = np.random.default_rng(1)
    found: Any = minutes_between(graph, "truck", dice.choice(main, (200, 2)))
    assert np.isfinite(found).all()
