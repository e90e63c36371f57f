"""The numbers that clusters are found and told apart by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from planning.standards import standard

if TYPE_CHECKING:
    from planning.standards import Standards

STANDARDS = (
    "cluster_distance_m",
    "cluster_least_shops",
    "cluster_margin_m",
    "cluster_road_m",
    "cluster_strip_elongation",
    "cluster_strip_road_pct",
    "cluster_strip_compactness",
    "cluster_growth_pct",
    "survey_gap_days",
    "survey_told_pct",
)


@dataclass(frozen=True)
class ClusterRules:
    """All of them, as `standards.toml` or a place's own standards give them."""

    distance_m: float
    least_shops: int
    margin_m: float
    road_m: float
    strip_elongation: float
    strip_road_pct: float
    strip_compactness: float
    growth_pct: float
    survey_gap_days: float
    survey_told_pct: float

    @classmethod
    def of(cls, standards: Standards | None = None) -> Self:
        distance_m, least_shops, *rest = (standard(name, standards).value for name in STANDARDS)
        return cls(distance_m, int(least_shops), *rest)

    def within(self, distance_m: float) -> Self:
        """The same for shops that are neighbours within another distance."""
        return replace(self, distance_m=distance_m)
