"""Which shops lie so close together that they make a cluster."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from planning.clusters.arrays import Labels, Spots
    from planning.clusters.rules import ClusterRules

ALONE = -1
_SAME_SPOT_M = 1.0  # ledgers that cut their degrees short put many shops onto one spot


def cluster_labels(spots_m: Spots, rules: ClusterRules) -> Labels:
    """The number of each shop's cluster, or ALONE. Clusters are numbered in the order of their first shop."""
    if len(spots_m) == 0:
        return np.empty(0, dtype=np.int64)
    from sklearn.cluster import DBSCAN  # noqa: PLC0415  (it takes a second to start)

    spots, spot_of, shops = np.unique(np.round(spots_m / _SAME_SPOT_M), axis=0, return_inverse=True, return_counts=True)
    found = DBSCAN(eps=rules.distance_m / _SAME_SPOT_M, min_samples=rules.least_shops, algorithm="kd_tree")
    labels = found.fit_predict(spots, sample_weight=shops)[spot_of.reshape(-1)]
    return _large_enough(labels, rules.least_shops)


def members_of(labels: Labels) -> list[Labels]:
    """The shops of each cluster, in their own order."""
    order = np.argsort(labels, kind="stable")
    bounds = np.searchsorted(labels[order], np.arange(int(labels.max(initial=ALONE)) + 2))
    return [order[first:last] for first, last in pairwise(bounds)]


def _large_enough(labels: Labels, least_shops: int) -> Labels:
    """A dense heart may have lost its rim to a neighbour; what is too small then is no cluster."""
    names, first, cluster_of, shops = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    is_cluster = (names != ALONE) & (shops >= least_shops)
    order = np.full(len(names), ALONE, dtype=np.int64)
    kept = np.flatnonzero(is_cluster)
    order[kept[np.argsort(first[kept])]] = np.arange(len(kept))
    return order[cluster_of]
