"""What lies within so many minutes of a spot, beside the isochrones of an independent router.

Both drive to the spot on the roads of one file. Valhalla says which land that is; we say which roads, so the roads
are compared by their length, and the land as what lies within `BESIDE_M` of them. Our minutes are longer by a share
(see test_against_valhalla.py), which is measured on pairs of junctions first and taken out; the overlap without that
is told too. The land overlaps less than the roads: Valhalla draws it in squares, around tracks too that no truck of
ours drives. The bounds lie a little below what was measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from scipy.sparse.csgraph import connected_components

from etl.projection import LocalProjection
from planning.access import Access
from planning.network import Network, Travel, travelled
from planning.road_graph import minutes_between
from tests.planning.test_against_valhalla import graph_of, programs, spots
from tests.planning.valhalla import Valhalla

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from planning.road_graph import RoadGraph

__all__ = ["programs"]  # a fixture

SPOTS = 12
MINUTES = (5, 10, 15, 20)
STEP_KM = 0.05
BESIDE_M = 150.0
# The median of the overlaps (what both reach, of what either does), and the least of them, at a lonely spot.
ROADS, LAND = (0.80, 0.30), (0.60, 0.30)
ROADS_UNSCALED = 0.70


@dataclass(frozen=True)
class Pieces:
    """All roads of a network in short pieces, by their middles."""

    edge: Any
    share: Any
    km: Any
    lon: Any
    lat: Any

    @classmethod
    def of(cls, network: Network) -> Pieces:
        graph, edges = network.graph, np.flatnonzero(np.isfinite(network.cost))
        counts = np.maximum(np.ceil(graph.length_km[edges] / STEP_KM), 1).astype(np.int64)
        edge = np.repeat(edges, counts)
        km = graph.length_km[edge] / np.repeat(counts, counts)
        step = np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts)
        share = (step + 0.5) / np.repeat(counts, counts)
        begins, ends = graph.from_node[edge], graph.to_node[edge]
        lon, lat = (axis[begins] * (1 - share) + axis[ends] * share for axis in (graph.lon, graph.lat))
        return cls(edge, share, km, lon, lat)

    def as_access(self) -> Access:
        count = len(self.edge)
        return Access(count, np.arange(count), self.edge, self.share, np.zeros(count))


@pytest.mark.slow
def test_what_lies_within_minutes_is_what_valhalla_says(
    programs: Path, public_data: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    file = public_data / "osm" / "liechtenstein-latest.osm.pbf"
    graph = graph_of(file, tmp_path / "place")
    judge = Valhalla(programs, file, tmp_path / "judge")
    found = np.array(list(overlaps(graph, judge)))
    roads, unscaled, land = found.T
    for what, one in (("roads", roads), ("roads, minutes as they are", unscaled), ("land", land)):
        told = f"median {np.median(one):.2f}, least {one.min():.2f}"
        record_property(f"overlap of {what}", told)
        print(f"overlap of {what}: {told}")  # noqa: T201  (shown by -rP)
    assert len(found) == SPOTS * len(MINUTES)
    for one, (median, least) in ((roads, ROADS), (land, LAND)):
        assert np.median(one) >= median
        assert one.min() >= least
    assert np.median(unscaled) >= ROADS_UNSCALED


def overlaps(graph: RoadGraph, judge: Valhalla) -> Iterator[tuple[float, float, float]]:
    """For each spot and number of minutes: of roads, of roads with our minutes as they are, and of land."""
    network = travelled(graph, Travel())
    piece = connected_components(network.backwards, connection="strong")[1]
    nodes = np.random.default_rng(3).choice(np.flatnonzero(piece == np.bincount(piece).argmax()), SPOTS, replace=False)
    longer = share_by_which_ours_are_longer(graph, judge, nodes)
    pieces, here = Pieces.of(network), LocalProjection(float(graph.lon.mean()), float(graph.lat.mean()))
    points = shapely.points(*here.forward(pieces.lon, pieces.lat))
    for node in nodes:
        edge = np.flatnonzero((graph.to_node == node) & np.isfinite(network.cost))[:1]
        arrives = Access(1, np.zeros(1, dtype=np.int64), edge, np.ones(1), np.zeros(1))
        ours = network.nearest(arrives, pieces.as_access()).cost
        for minutes, shape in zip(MINUTES, judge.reaching(spots(graph, [node])[0], MINUTES), strict=True):
            theirs = shapely.contains_xy(shape, pieces.lon, pieces.lat)
            within = ours <= minutes * longer
            area = shapely.union_all(shapely.buffer(points[within], BESIDE_M, quad_segs=2))
            land = here.to_metres(shape)
            yield (
                of_length(pieces, within, theirs),
                of_length(pieces, ours <= minutes, theirs),
                shapely.area(shapely.intersection(area, land)) / shapely.area(shapely.union(area, land)),
            )


def of_length(pieces: Pieces, ours: Any, theirs: Any) -> float:
    return float(pieces.km[ours & theirs].sum() / pieces.km[ours | theirs].sum())


def share_by_which_ours_are_longer(graph: RoadGraph, judge: Valhalla, nodes: Any) -> float:
    pairs = [(one, other) for one in nodes for other in nodes]
    ours = minutes_between(graph, "truck", pairs)
    theirs = judge.by_truck(spots(graph, nodes), spots(graph, nodes))[..., 0].ravel()
    fits = np.isfinite(ours) & np.isfinite(theirs) & (theirs > 1)
    return float(np.median(ours[fits] / theirs[fits]))
