"""What has become of the clusters since the survey before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import compress
from typing import TYPE_CHECKING

import numpy as np
import shapely

from planning.clusters.change import ShopCount, change_of
from planning.clusters.cluster import Cluster, GoneCluster

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from planning.clusters.arrays import Flags, Labels, Shapes
    from planning.clusters.finding import FoundClusters
    from planning.clusters.rules import ClusterRules
    from planning.clusters.survey_before import SurveyBefore


@dataclass(frozen=True)
class Compared:
    """The clusters with what has changed, and those known to be gone; None where that is unknown of all."""

    clusters: tuple[Cluster, ...]
    gone: tuple[GoneCluster, ...] | None
    is_gone_lower_bound: bool
    before: dt.date | None


def compare(now: FoundClusters, survey: SurveyBefore | None, rules: ClusterRules) -> Compared:
    """Clusters are the same where their outlines meet; a shop of the survey before counts for one of them at most."""
    if survey is None:
        return Compared(now.clusters, None, is_gone_lower_bound=False, before=None)
    before = survey.found
    ours, theirs = (_outlines(now, found) for found in (now, before))
    meets = np.zeros((len(ours), len(theirs)), dtype=bool)
    if meets.size:
        meets[tuple(shapely.STRtree(theirs).query(ours, predicate="intersects"))] = True
    counts_before = _counts(_cluster_of_each(now, before, ours, meets), survey.told(), len(ours))
    told_now = set(compress(now.shop_ids, survey.told_now(now)))
    clusters = tuple(
        _changed(one, told_now, count, survey, rules, is_new=not met.any())
        for one, count, met in zip(now.clusters, counts_before, meets, strict=True)
    )
    is_gone = [not met.any() for met in meets.T]
    left = _shops_within(theirs[is_gone], _spots(now, now))
    gone = tuple(_gone(before, is_gone, left))
    is_known = bool(gone) or not survey.is_in_ledger
    return Compared(clusters, gone if is_known else None, survey.is_in_ledger, before.surveyed_to)


def _changed(
    one: Cluster, told_now: set[str], before: ShopCount, survey: SurveyBefore, rules: ClusterRules, *, is_new: bool
) -> Cluster:
    if survey.is_in_ledger and not before.told:  # nobody may have been here
        return one
    now = ShopCount(sum(name in told_now for name in one.shop_ids), one.facts.shops)
    return replace(one, change=change_of(now, before, rules, is_new=is_new), shops_before=before.possible)


def _counts(cluster_of_each: Labels, is_told: Flags, clusters: int) -> list[ShopCount]:
    """For each cluster its shops at the survey before."""
    told, possible = (
        np.bincount(labels[labels >= 0], minlength=clusters).tolist()
        for labels in (cluster_of_each[is_told], cluster_of_each)
    )
    return [ShopCount(*count) for count in zip(told, possible, strict=True)]


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
    """For each shop before the cluster into which its own has gone, or that stands there now; else none, -1."""
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
    return belongs


def _shops_within(outlines: Shapes, spots: Shapes) -> list[int]:
    """How many shops lie within each outline."""
    if not len(outlines):
        return []
    found = shapely.STRtree(spots).query(outlines, predicate="intersects")
    return [int(count) for count in np.bincount(found[0], minlength=len(outlines))]
