"""Which one road the shops of a cluster follow, and how many of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planning.clusters.arrays import Labels, Shapes, Spots


@dataclass(frozen=True)
class AlongRoad:
    """The road that most shops of a cluster lie along, None where none lies near or it has no name, and their share."""

    road: str | None
    share_pct: float


def along_roads(
    spots_m: Spots, labels: Labels, lines_m: Shapes, roads: Sequence[str], near_m: float
) -> list[AlongRoad]:
    """For each cluster its road. Sections that bear one name are one road, and so are the sides of a divided one."""
    clusters = int(labels.max(initial=-1)) + 1
    names, road_of_line = np.unique(np.array(roads, dtype=str), return_inverse=True)
    grouped = np.flatnonzero(labels >= 0)
    near = shapely.STRtree(lines_m).query(shapely.points(spots_m[grouped]), predicate="dwithin", distance=near_m)
    shop, road = np.unique(np.stack([grouped[near[0]], road_of_line[near[1]]]), axis=1)
    pairs, shops_along = np.unique(np.stack([labels[shop], road]), axis=1, return_counts=True)
    # From the fewest to the most, so that the most is what stays; of equals the first by name.
    best: dict[int, tuple[int, int]] = {}
    for at in np.lexsort([-pairs[1], shops_along]):
        best[int(pairs[0, at])] = (int(pairs[1, at]), int(shops_along[at]))
    sizes = np.bincount(labels[grouped], minlength=clusters)
    return [
        AlongRoad(str(names[best[one][0]]), 100 * best[one][1] / int(sizes[one])) if one in best else AlongRoad(None, 0)
        for one in range(clusters)
    ]
