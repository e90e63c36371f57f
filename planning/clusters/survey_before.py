"""Which survey the newest is compared with: one in the same ledger, else one of a kept build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import numpy as np

from planning.clusters.finding import FoundClusters, find_clusters

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from planning.atlas import Atlas
    from planning.clusters.arrays import Flags
    from planning.clusters.rules import ClusterRules

# A build of an older version lacks a table or a column: there is nothing to compare with.
LACKING = (duckdb.CatalogException, duckdb.BinderException)


@dataclass(frozen=True)
class SurveyBefore:
    """The clusters of the survey before. In one ledger each of the two surveys begins on a day; else these are None."""

    found: FoundClusters
    begun_on: dt.date | None = None
    now_begun_on: dt.date | None = None

    @property
    def is_in_ledger(self) -> bool:
        """Then a shop that the newest survey does not tell still stands in the ledger, closed or not."""
        return self.begun_on is not None

    def told(self) -> Flags:
        """Of the shops before, those that the survey before tells itself."""
        return _told_since(self.found, self.begun_on)

    def told_now(self, now: FoundClusters) -> Flags:
        """Of the shops now, those that the newest survey tells itself."""
        return _told_since(now, self.now_begun_on)


def survey_before(
    atlas: Atlas, now: FoundClusters, rules: ClusterRules, find: Callable[[Atlas], FoundClusters | None]
) -> SurveyBefore | None:
    """The ledger's own goes first: it says which rows belong to it, and a kept build may hold half of a survey."""
    return _in_ledger(atlas, rules) or _in_kept_build(atlas, now, find)


def _in_ledger(atlas: Atlas, rules: ClusterRules) -> SurveyBefore | None:
    """The newest but one of the surveys that tell so many of the ledger's shops that they went everywhere."""
    try:
        surveys = atlas.query("ledger_surveys", gap_days=rules.survey_gap_days).to_pylist()
    except LACKING:
        return None
    whole = [one for one in surveys if one["told_pct"] >= rules.survey_told_pct]
    if len(whole) <= 1:
        return None
    newest, before, *_ = whole
    shops = atlas.query("cluster_shops_until", until=before["last_on"])
    return SurveyBefore(find_clusters(atlas, rules, shops), before["first_on"], newest["first_on"])


def _in_kept_build(
    atlas: Atlas, now: FoundClusters, find: Callable[[Atlas], FoundClusters | None]
) -> SurveyBefore | None:
    """The newest kept build whose survey is older. Without days of survey none is known to be."""
    if now.surveyed_to is None:
        return None
    for build in reversed([one for one in atlas.history() if one.path != atlas.path]):
        found = find(build)
        if found is not None and found.surveyed_to is not None and found.surveyed_to < now.surveyed_to:
            return SurveyBefore(found)
    return None


def _told_since(found: FoundClusters, day: dt.date | None) -> Flags:
    """All of them where no day is known; a shop without a day is told by no survey."""
    if day is None:
        return np.ones(len(found.shop_ids), dtype=bool)
    told: Flags = found.surveyed_on >= np.datetime64(day)
    return told
