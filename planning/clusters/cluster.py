"""A cluster of repair shops, and what is known of its shops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planning.clusters.shape import ClusterShape, ShapeMeasures
    from planning.clusters.station_by_road import StationByRoad, StationWay
    from planning.spot_facts import GridPost

Change: TypeAlias = Literal["new", "grown", "steady", "shrunk"]


@dataclass(frozen=True)
class FlagCount:
    """Of how many shops something is so, is not so, and is not known."""

    yes: int
    no: int
    unknown: int

    @property
    def count(self) -> int | None:
        """How many are known to be so; None where that says nothing, since the others are unknown."""
        return self.yes if self.yes or not self.unknown else None

    @property
    def pct(self) -> float | None:
        """Their share of all shops."""
        total = self.yes + self.no + self.unknown
        return None if self.count is None or not total else 100 * self.yes / total

    @property
    def is_lower_bound(self) -> bool:
        return self.unknown > 0 and self.count is not None


@dataclass(frozen=True)
class ShopFacts:
    """The shops of a cluster, or of all clusters: how many, of which class, and what an inspection would ask."""

    shops: int
    classes: Mapping[str, int]  # by code; unknown stands under `unknown`
    filed: FlagCount
    on_roadside: FlagCount
    on_green_land: FlagCount
    to_inspect: int  # known to be unfiled, on the road or on green land
    unclear: int  # none of the three is known to be so, and one of them is unknown


@dataclass(frozen=True)
class Cluster:
    """One cluster as of one survey. The spot is that of the shop in its middle; the outline is WKB in WGS-84."""

    cluster_id: str  # the smallest of its shops' numbers, so that it is found again in the next build
    shop_ids: tuple[str, ...]
    facts: ShopFacts
    shape: ClusterShape
    measures: ShapeMeasures
    lon: float
    lat: float
    outline: bytes
    surveyed_from: dt.date | None
    surveyed_to: dt.date | None
    grids: tuple[GridPost, ...]
    rank: int  # 1 is inspected first
    station: StationByRoad | None = None
    station_way: StationWay | None = None  # None where it is unknown, as in builds that are only compared with
    change: Change | None = None  # None where it is unknown
    shops_before: int | None = None

    @property
    def township(self) -> str | None:
        """What people call the ground it lies on: the township, else the smallest grid there is."""
        named = [grid.name for grid in self.grids if grid.level == _TOWNSHIP] or [grid.name for grid in self.grids]
        return named[-1] if named else None


_TOWNSHIP = 3


@dataclass(frozen=True)
class GoneCluster:
    """One that the survey before had, where the newest has none."""

    cluster_id: str
    shape: ClusterShape
    shops_before: int
    shops: int  # that are still there, but too few or too far apart
    lon: float
    lat: float
    outline: bytes
