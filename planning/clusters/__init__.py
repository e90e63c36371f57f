"""维修聚集: where repair shops stand together, in which shape, and which are inspected first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from planning.clusters.cluster import Cluster, GoneCluster, ShopFacts
from planning.clusters.finding import FoundClusters, find_clusters
from planning.clusters.rules import ClusterRules
from planning.clusters.station_by_road import with_stations
from planning.clusters.surveys import compare, survey_before
from planning.snapshot_cache import SnapshotCache
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    import datetime as dt

    from planning.atlas import Atlas

__all__ = ["Cluster", "GoneCluster", "RepairClusters", "repair_clusters", "rules_of"]

_found: SnapshotCache[FoundClusters] = SnapshotCache(limit=8)
_answers: SnapshotCache[RepairClusters] = SnapshotCache(limit=8)
# An earlier build of an older version lacks a table or a column: there is nothing to compare with.
_LACKING = (duckdb.CatalogException, duckdb.BinderException)


@dataclass(frozen=True)
class RepairClusters:
    """All clusters of a build, the first to inspect first; `gone` is None where no earlier survey is kept."""

    clusters: tuple[Cluster, ...]
    gone: tuple[GoneCluster, ...] | None
    clustered: ShopFacts  # of all shops that stand in clusters
    shops_alone: int
    surveyed_to: dt.date | None
    surveyed_before: dt.date | None


def repair_clusters(atlas: Atlas) -> RepairClusters:
    """The clusters of a snapshot by the standards of its place; worked out once."""
    sign = standards_of(atlas.place_folder).sign  # of all its numbers: speeds count too
    return _answers.get(atlas.path, sign, lambda: _worked_out(atlas, rules_of(atlas)))


def rules_of(atlas: Atlas) -> ClusterRules:
    """The numbers that hold in the place."""
    return ClusterRules.of(standards_of(atlas.place_folder))


def _worked_out(atlas: Atlas, rules: ClusterRules) -> RepairClusters:
    now = _find(atlas, rules)
    compared = compare(now, survey_before(atlas, now, lambda build: _found_if_any(build, rules)), rules)
    return RepairClusters(
        clusters=with_stations(atlas, compared.clusters),
        gone=compared.gone,
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
    except _LACKING:
        return None
