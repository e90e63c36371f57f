"""Whether a cluster is new, grown, steady or shrunk, where surveys may have left out some of its shops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planning.clusters.cluster import Change
    from planning.clusters.rules import ClusterRules


@dataclass(frozen=True)
class ShopCount:
    """How many shops a survey tells of a cluster, and how many there were with those that it leaves out."""

    told: int
    possible: int


def change_of(now: ShopCount, before: ShopCount, rules: ClusterRules, *, is_new: bool) -> Change | None:
    """None where it hangs on the shops left out, or where one of two surveys of a ledger told nothing here."""
    if is_new:
        return "new" if now.told >= rules.least_shops else None
    changes = {
        _change(shops, shops_before, rules)
        for shops in (now.told, now.possible)
        for shops_before in (before.told, before.possible)
    }
    return changes.pop() if len(changes) == 1 else None


def _change(shops: int, before: int, rules: ClusterRules) -> Change:
    if shops > before and shops >= before * (1 + rules.growth_pct / 100):
        return "grown"
    if shops < before and shops <= before * (1 - rules.growth_pct / 100):
        return "shrunk"
    return "steady"
