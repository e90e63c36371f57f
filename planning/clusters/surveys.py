"""What has become of the clusters since the survey before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np
import shapely

from planning.clusters.cluster import Change, Cluster, GoneCluster

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from planning.atlas import Atlas
    from planning.clusters.arrays import Flags, Labels, Shapes
    from planning.clusters.finding import FoundClusters
    from planning.clusters.rules import ClusterRules


@dataclass(frozen=True)
class Compared:
    """The clusters with what has changed, and those that are gone; None where no earlier survey is kept."""

    clusters: tuple[Cluster, ...]
    gone: tuple[GoneCluster, ...] | None
    before: dt.date | None


def survey_before(
    atlas: Atlas, now: FoundClusters, find: Callable[[Atlas], FoundClusters | None]
) -> FoundClusters | None:
    """The clusters of the newest kept build whose survey is older. Without days of survey none is known to be."""
    if now.surveyed_to is None:
        return None
    for build in reversed([one for one in atlas.history() if one.path != atlas.path]):
        found = find(build)
        if found is not None and found.surveyed_to is not None and found.surveyed_to < now.surveyed_to:
            return found
    return None


def compare(now: FoundClusters, before: FoundClusters | None, rules: ClusterRules) -> Compared:
    """Clusters are the same where their outlines meet; a shop of the survey before counts for one of them at most."""
    if before is None:
        return Compared(now.clusters, None, None)
    ours, theirs = (_outlines(now, found) for found in (now, before))
    meets = np.zeros((len(ours), len(theirs)), dtype=bool)
    if meets.size:
        meets[tuple(shapely.STRtree(theirs).query(ours, predicate="intersects"))] = True
    shops_before = np.bincount(_cluster_of_each(now, before, ours, meets), minlength=len(ours))
    clusters = tuple(
        replace(one, change=_change(one.facts.shops, count, rules, is_new=not met.any()), shops_before=count)
        for one, count, met in zip(now.clusters, shops_before.tolist(), meets, strict=True)
    )
    gone = [not met.any() for met in meets.T]
    left = _shops_within(theirs[gone], _spots(now, now))
    return Compared(clusters, tuple(_gone(before, gone, left)), before.surveyed_to)


def _gone(before: FoundClusters, is_gone: Sequence[bool], left: Sequence[int]) -> Iterator[GoneCluster]:
    for one, shops in zip(compress(before.clusters, is_gone), left, strict=True):
        yield GoneCluster(
            cluster_id=one.cluster_id, shape=one.shape, shops_before=one.facts.shops, shops=shops,
            lon=one.lon, lat=one.lat, outline=one.outline,
        )  # fmt: skip


def _outlines(now: FoundClusters, found: FoundClusters) -> Shapes:
    """In the metres of the newer build."""
    outlines = shapely.from_wkb([one.outline for one in found.clusters])
    return np.array(now.projection.to_metres(outlines), dtype=object)


def _spots(now: FoundClusters, found: FoundClusters) -> Shapes:
    return np.array(shapely.points(*now.projection.forward(found.lon, found.lat)), dtype=object)


def _cluster_of_each(now: FoundClusters, before: FoundClusters, ours: Shapes, meets: Flags) -> Labels:
    """For the shops before, those that count: the cluster into which theirs has gone, or that stands there now."""
    spots = _spots(now, before)
    belongs = np.full(len(spots), -1, dtype=np.int64)
    if len(ours):
        shop, cluster = shapely.STRtree(ours).query(spots, predicate="intersects")
        belongs[shop] = cluster
    number = {name: at for at, name in enumerate(before.shop_ids)}
    for theirs, one in enumerate(before.clusters):
        candidates = np.flatnonzero(meets[:, theirs])
        if len(candidates):
            shops = np.array([number[name] for name in one.shop_ids])
            apart_m = shapely.distance(spots[shops][:, None], ours[candidates][None])
            belongs[shops] = candidates[apart_m.argmin(axis=1)]
    return belongs[belongs >= 0]


def _change(shops: int, before: int, rules: ClusterRules, *, is_new: bool) -> Change:
    if is_new:
        return "new"
    if shops > before and shops >= before * (1 + rules.growth_pct / 100):
        return "grown"
    if shops < before and shops <= before * (1 - rules.growth_pct / 100):
        return "shrunk"
    return "steady"


def _shops_within(outlines: Shapes, spots: Shapes) -> list[int]:
    """How many shops lie within each outline."""
    if not len(outlines):
        return []
    found = shapely.STRtree(spots).query(outlines, predicate="intersects")
    return [int(count) for count in np.bincount(found[0], minlength=len(outlines))]
