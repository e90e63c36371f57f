"""维修聚集: where repair shops stand together, in which shape, and which are inspected first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planning.clusters.cluster import Cluster, FlagCount, GoneCluster, ShopFacts
from planning.clusters.finding import FoundClusters, find_clusters
from planning.clusters.rules import ClusterRules
from planning.clusters.station_by_road import with_stations
from planning.clusters.survey_before import LACKING, survey_before
from planning.clusters.surveys import compare
from planning.snapshot_cache import SnapshotCache
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    import datetime as dt

    from planning.atlas import Atlas

__all__ = ["Cluster", "GoneCluster", "RepairClusters", "repair_clusters", "rules_of"]

_found: SnapshotCache[FoundClusters] = SnapshotCache(limit=8)
_answers: SnapshotCache[RepairClusters] = SnapshotCache(limit=8)


@dataclass(frozen=True)
class RepairClusters:
    """All clusters of a build, the first to inspect first; `gone` is None where it is unknown whether any is."""

    clusters: tuple[Cluster, ...]
    gone: tuple[GoneCluster, ...] | None
    is_gone_lower_bound: bool  # a ledger of several surveys does not say which shops are closed
    clustered: ShopFacts  # of all shops that stand in clusters
    shops_alone: int
    surveyed_to: dt.date | None
    surveyed_before: dt.date | None  # None where no survey before is known

    @property
    def new_or_grown(self) -> FlagCount:
        """Of how many clusters that is so, is not so, and is not known."""
        changes = [one.change for one in self.clusters]
        known = [change in {"new", "grown"} for change in changes if change is not None]
        return FlagCount(yes=sum(known), no=len(known) - sum(known), unknown=changes.count(None))


def repair_clusters(atlas: Atlas) -> RepairClusters:
    """The clusters of a snapshot by the standards of its place; worked out once."""
    sign = standards_of(atlas.place_folder).sign  # of all its numbers: speeds count too
    return _answers.get(atlas.path, sign, lambda: _worked_out(atlas, rules_of(atlas)))


def rules_of(atlas: Atlas) -> ClusterRules:
    """The numbers that hold in the place."""
    return ClusterRules.of(standards_of(atlas.place_folder))


def _worked_out(atlas: Atlas, rules: ClusterRules) -> RepairClusters:
    now = _find(atlas, rules)
    before = survey_before(atlas, now, rules, lambda build: _found_if_any(build, rules))
    compared = compare(now, before, rules)
    return RepairClusters(
        clusters=with_stations(atlas, compared.clusters),
        gone=compared.gone,
        is_gone_lower_bound=compared.is_gone_lower_bound,
        clustered=now.clustered,
        shops_alone=now.shops_alone,
        surveyed_to=now.surveyed_to,
        surveyed_before=compared.before,
    )


def _find(atlas: Atlas, rules: ClusterRules) -> FoundClusters:
    return _found.get(atlas.path, str(rules), lambda: find_clusters(atlas, rules))


def _found_if_any(atlas: Atlas, rules: ClusterRules) -> FoundClusters | None:
    try:
        return _find(atlas, rules)
    except LACKING:
        return None
