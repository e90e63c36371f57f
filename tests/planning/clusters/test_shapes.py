"""Strips and patches of known shape, with shops scattered around them, are found and told apart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

import numpy as np
import pytest
import shapely

from planning.clusters.along_roads import along_roads
from planning.clusters.density import cluster_labels
from planning.clusters.outline import cluster_outline
from planning.clusters.rules import ClusterRules
from planning.clusters.shape import ShapeMeasures, shape_measures
from tests.planning.clusters.shop_scenes import scene

if TYPE_CHECKING:
    from tests.planning.clusters.shop_scenes import Scene

RULES = ClusterRules.of()
SCENES = 200
LEAST_RIGHT_PCT = 96.0
LEAST_FOUND_PCT = 90.0


def measured(one: Scene) -> tuple[ShapeMeasures, float]:
    """The measures of the cluster that holds most of the true one's shops, and how well the two agree, 0 to 1."""
    labels = cluster_labels(one.spots_m, RULES)
    true_of = [int((one.is_member & (labels == label)).sum()) for label in range(int(labels.max()) + 1)]
    label = int(np.argmax(true_of))
    found = labels == label
    lines = np.array(one.roads, dtype=object)
    along = along_roads(one.spots_m, labels, lines, [str(at) for at in range(len(lines))], RULES.road_m)
    measures = shape_measures(cluster_outline(one.spots_m[found], RULES), along[label] if one.roads else None)
    return measures, float((found & one.is_member).sum() / (found | one.is_member).sum())


@pytest.mark.slow
@pytest.mark.parametrize("lot", [1, 2])
def test_strips_and_patches_are_told_apart(lot: int, record_property: pytest.RecordProperty) -> None:
    rng = np.random.default_rng(lot)
    right: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    agreements = []
    shapes: list[Literal["strip", "patch"]] = ["strip", "patch"]
    for at in range(SCENES):
        one = scene(rng, shapes[at % 2])
        measures, agreement = measured(one)
        seen[one.kind] += 1
        right[one.kind] += measures.shape(RULES) == one.shape
        agreements.append(agreement)
    right_pct = 100 * right.total() / SCENES
    found_pct = 100 * sum(agreement >= 0.9 for agreement in agreements) / SCENES
    told = ", ".join(f"{kind} {right[kind]}/{seen[kind]}" for kind in sorted(seen))
    report = f"shape right {right_pct:.1f} % ({told}); shops found {found_pct:.1f} %"
    record_property("accuracy", report)
    print(report)  # noqa: T201  (the figure that DECISIONS names)
    assert right_pct >= LEAST_RIGHT_PCT, report
    assert found_pct >= LEAST_FOUND_PCT, report


def test_a_rectangle_is_measured_as_it_is() -> None:
    measures = shape_measures(shapely.box(0, 0, 600, 200), None)
    assert (measures.length_m, measures.width_m) == pytest.approx((600, 200))
    assert measures.elongation == pytest.approx(3)
    assert measures.area_km2 == pytest.approx(0.12)
    assert measures.compactness == pytest.approx(4 * np.pi * 120_000 / 1600**2)
    assert measures.road_share_pct is None


def test_a_circle_is_as_compact_as_can_be() -> None:
    assert shape_measures(shapely.Point(0, 0).buffer(100), None).compactness == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("spots", [
    [[0, 0]] * 5,
    [[0, 0], [300, 0], [600, 0], [900, 0], [1200, 0]],
    [[0, 0], [200, 0], [0, 200], [200, 200], [100, 100]],
    [[0, 0], [1, 1], [299, 0], [598, 0], [898, 0]],
])  # fmt: skip
def test_an_outline_is_one_piece_and_holds_all_its_shops(spots: list[list[float]]) -> None:
    spots_m = np.array(spots, dtype=np.float64)
    outline = cluster_outline(spots_m, RULES)
    assert outline.geom_type == "Polygon"
    assert outline.is_valid
    assert not outline.interiors
    assert shapely.contains(outline, shapely.points(spots_m)).all()


def test_sections_of_one_name_are_one_road_and_of_two_roads_the_fuller_counts() -> None:
    spots = np.array([[0, 10], [500, -10], [1000, 20], [1500, 55], [1500, 70]], dtype=np.float64)
    sections = [[[-100, 0], [700, 0]], [[700, 0], [2000, 0]], [[0, 60], [0, 400]], [[1400, 90], [1600, 90]]]
    lines = shapely.linestrings([np.array(one, dtype=np.float64) for one in sections])
    along = along_roads(spots, np.zeros(5, dtype=np.int64), np.array(lines), ["G312", "G312", "X01", "X02"], 60)
    assert (along[0].road, along[0].share_pct) == ("G312", 80)


def test_where_no_road_lies_near_none_is_named() -> None:
    far = np.array([shapely.LineString([[0, 5000], [100, 5000]])], dtype=object)
    along = along_roads(np.zeros((5, 2)), np.zeros(5, dtype=np.int64), far, ["G312"], 60)
    assert (along[0].road, along[0].share_pct) == (None, 0)
