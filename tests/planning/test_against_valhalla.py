"""Our minutes beside those of an independent router, from the same file of OpenStreetMap.

Where both look for the shortest way, half of the pairs agree within 0.2 %, in Porto within 2 %. In Monaco one pair in
ten is shorter with us, and none once Valhalla ignores forbidden turns, which we do not know. In Porto that changes
next to nothing: why our ways are 2 % shorter there is not known, nor why one in five of Monaco's is longer.

The minutes differ by more: ours go by China's classes of road and Valhalla's by defaults of its own, so ours are
longer by a share that differs by place. `SCATTER` bounds what is left without that share. The bounds were set a little
above what was measured: they hold what is, and are no goal that was met.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.sparse.csgraph import connected_components

from etl.build import build_place
from etl.new_place.beginning import Wanted, begin_place
from etl.snapshot_check import open_snapshot
from planning.atlas import open_atlas
from planning.road_graph import edge_minutes, minutes_between, minutes_matrix, road_graph
from planning.standards import read_standards
from tests.planning.osm_highways import write_osm
from tests.planning.valhalla import Valhalla, program_folder

if TYPE_CHECKING:
    from pathlib import Path

    from planning.road_graph import RoadGraph

BATCHES, SIDE = 40, 5  # 1,000 pairs
LEAST_KM = 1.0
LEAST_MIN = 1.0
# The median of the relative differences, and what nine of ten stay below.
SHORTEST = (0.03, 0.15)
MINUTES = (0.30, 0.48)
SCATTER = (0.12, 0.25)
AT_WALKING_PACE = "".join(
    f'[number.truck_{kind}_km_per_h]\nvalue = 1\nunit = "km_per_h"\nsource = "-"\ndated_on = 2026-01-01\n'
    for kind in ("expressway", "first", "second", "third", "fourth", "ramp", "street", "minor_road")
)
FILES = ("liechtenstein-latest", "andorra", "monaco", "porto_portugal")


@dataclass(frozen=True)
class Judged:
    """Pairs of nodes as both see them; not a number where there is no way."""

    ours: Any
    theirs: Any

    @property
    def differences(self) -> tuple[float, float]:
        return self._of(self.ours / self.theirs)

    @property
    def scatter(self) -> tuple[float, float]:
        """The differences without the share by which all are longer or shorter."""
        ratio = self.ours / self.theirs
        return self._of(ratio / np.median(ratio))

    @property
    def longer_pct(self) -> float:
        return float(100 * np.median(self.ours / self.theirs) - 100)

    @staticmethod
    def _of(ratio: Any) -> tuple[float, float]:
        return float(np.median(np.abs(ratio - 1))), float(np.quantile(np.abs(ratio - 1), 0.9))


@pytest.fixture(scope="module")
def programs() -> Path:
    found = program_folder()
    if found is None:
        pytest.skip("pyvalhalla is not installed, and YITU_VALHALLA names no folder that it was unpacked into")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_a_file_of_openstreetmap(
    name: str, programs: Path, public_data: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    file = public_data / "osm" / f"{name}.osm.pbf"
    graph = graph_of(file, tmp_path / "place")
    compare(graph, Valhalla(programs, file, tmp_path / "judge"), record_property)


@pytest.mark.slow
def test_the_sample(
    programs: Path, sample_place: Path, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    atlas = open_atlas(sample_place)
    file = tmp_path / "sample.osm.pbf"
    write_osm(open_snapshot(atlas.path), file)
    compare(road_graph(atlas), Valhalla(programs, file, tmp_path / "judge"), record_property)


def compare(graph: RoadGraph, judge: Valhalla, record_property: Callable[[str, object], None]) -> None:
    pairs = list(some_pairs(graph))
    slow = read_standards(AT_WALKING_PACE)
    shortest, quickest = (
        judged(graph, judge, pairs, column=1, least=LEAST_KM, shortest=True, per_unit=60, standards=slow),
        judged(graph, judge, pairs, column=0, least=LEAST_MIN),
    )
    told = {"shortest": shortest.differences, "minutes": quickest.differences, "scatter": quickest.scatter}
    for what, (median, most) in told.items():
        record_property(what, f"median {median:.2%}, nine of ten below {most:.2%}")
        print(f"{what}: median {median:.2%}, nine of ten below {most:.2%}")  # noqa: T201  (shown by -rP)
    print(f"ours are longer by {quickest.longer_pct:.1f} %")  # noqa: T201
    for found, bound in ((told["shortest"], SHORTEST), (told["minutes"], MINUTES), (told["scatter"], SCATTER)):
        assert found[0] <= bound[0]
        assert found[1] <= bound[1]


def some_pairs(graph: RoadGraph) -> Iterator[tuple[Any, Any]]:
    """Nodes between which trucks can drive both ways, by lot."""
    matrix = minutes_matrix(graph, edge_minutes(graph, "truck"))
    piece = connected_components(matrix, connection="strong")[1]
    main = np.flatnonzero(piece == np.bincount(piece).argmax())
    dice = np.random.default_rng(7)
    for _ in range(BATCHES):
        yield tuple(dice.choice(main, (2, SIDE)))


def judged(
    graph: RoadGraph,
    judge: Valhalla,
    batches: list[tuple[Any, Any]],
    *,
    column: int,
    least: float,
    shortest: bool = False,
    per_unit: float = 1,
    standards: Any = None,
) -> Judged:
    pairs = np.vstack([[(one, other) for one in sources for other in targets] for sources, targets in batches])
    ours = minutes_between(graph, "truck", pairs, standards) / per_unit
    theirs = np.concatenate(
        [
            judge.by_truck(spots(graph, sources), spots(graph, targets), shortest=shortest)[..., column].ravel()
            for sources, targets in batches
        ]
    )
    assert len(pairs) == 1000
    fits = np.isfinite(ours) & np.isfinite(theirs) & (theirs > least)
    assert fits.mean() > 0.9
    return Judged(ours[fits], theirs[fits])


def spots(graph: RoadGraph, nodes: Any) -> list[tuple[float, float]]:
    return [(float(graph.lon[node]), float(graph.lat[node])) for node in nodes]


def graph_of(file: Path, folder: Path) -> RoadGraph:
    """A place begun from the file and built, as a user would."""
    begin_place(folder, Wanted(osm=file))
    build_place(folder)
    return road_graph(open_atlas(folder))
