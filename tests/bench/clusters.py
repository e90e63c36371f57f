"""A province's repair shops grouped into patches and strips, with roads beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from tests.bench.figure import Figure, Settings
from tests.bench.measuring import Clock, median_tried

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOPS, SHOPS_A_CLUSTER, ROADS_A_SHOP = 100_000, 40, 2
_SIDE_M = 400_000.0
_IN_CLUSTERS = 0.7


def figures(settings: Settings) -> Iterator[Figure]:
    shops = settings.rows(SHOPS)
    grouped = median_tried(_grouped, shops)
    whole = median_tried(_whole, shops)
    yield Figure.of("repair clusters, grouped", shops, grouped, note=f"{grouped.value:,} clusters")
    yield Figure.of("repair clusters, with outline, roads and shape", shops, whole, peer="grouped alone",
                    peer_s=grouped.seconds, goal="10 s", is_met=whole.seconds <= 10)  # fmt: skip


def _grouped(clock: Clock, shops: int) -> int:
    from planning.clusters.density import cluster_labels  # noqa: PLC0415
    from planning.clusters.rules import ClusterRules  # noqa: PLC0415

    spots_m, rules = _spots(shops), ClusterRules.of()
    cluster_labels(spots_m[:100], rules)  # scikit-learn takes a second to start
    with clock.running():
        labels = cluster_labels(spots_m, rules)
    return int(labels.max()) + 1


def _whole(clock: Clock, shops: int) -> int:
    from planning.clusters.along_roads import along_roads  # noqa: PLC0415
    from planning.clusters.density import cluster_labels, members_of  # noqa: PLC0415
    from planning.clusters.outline import cluster_outline  # noqa: PLC0415
    from planning.clusters.rules import ClusterRules  # noqa: PLC0415
    from planning.clusters.shape import shape_measures  # noqa: PLC0415

    spots_m, rules, (lines_m, roads) = _spots(shops), ClusterRules.of(), _roads(shops * ROADS_A_SHOP)
    cluster_labels(spots_m[:100], rules)
    with clock.running():
        labels = cluster_labels(spots_m, rules)
        outlines = [cluster_outline(spots_m[some], rules) for some in members_of(labels)]
        along = along_roads(spots_m, labels, lines_m, roads, rules.road_m)
        shapes = [shape_measures(*both).shape(rules) for both in zip(outlines, along, strict=True)]
    return len(shapes)


def _spots(shops: int) -> np.ndarray:
    dice = np.random.default_rng(1)
    hearts = dice.uniform(0, _SIDE_M, (max(1, shops // SHOPS_A_CLUSTER), 2))
    near = hearts[dice.integers(0, len(hearts), shops)] + dice.normal(0, 220, (shops, 2))
    alone = dice.uniform(0, _SIDE_M, (shops, 2))
    return np.where(dice.random((shops, 1)) < _IN_CLUSTERS, near, alone)


def _roads(count: int) -> tuple[np.ndarray, list[str]]:
    dice = np.random.default_rng(2)
    begins = dice.uniform(0, _SIDE_M, (count, 2))
    lines = shapely.linestrings(np.stack([begins, begins + dice.normal(0, 1500, (count, 2))], axis=1))
    return np.array(lines, dtype=object), [f"S{number % 3000}" for number in range(count)]
