"""成片 or 带状: three measures of a cluster's shape, of which two decide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

import numpy as np
import shapely

if TYPE_CHECKING:
    from planning.clusters.along_roads import AlongRoad
    from planning.clusters.arrays import Shape
    from planning.clusters.rules import ClusterRules

ClusterShape: TypeAlias = Literal["patch", "strip"]
_VOTES_FOR_STRIP = 2


class Votes(NamedTuple):
    """What speaks for a strip; None where that is unknown."""

    is_long: bool
    follows_road: bool | None
    is_thin: bool


@dataclass(frozen=True)
class ShapeMeasures:
    """How long, how crooked, how much along one road; the road's share is None where no road is known."""

    length_m: float
    width_m: float
    area_km2: float
    compactness: float  # 1 for a circle, near 0 for a thread
    road: str | None
    road_share_pct: float | None

    @property
    def elongation(self) -> float:
        return self.length_m / self.width_m

    def votes(self, rules: ClusterRules) -> Votes:
        return Votes(
            is_long=self.elongation >= rules.strip_elongation,
            follows_road=None if self.road_share_pct is None else self.road_share_pct >= rules.strip_road_pct,
            is_thin=self.compactness <= rules.strip_compactness,
        )

    def shape(self, rules: ClusterRules) -> ClusterShape:
        """A strip where two of three say so. One that turns a corner is not long, but follows its road and is thin."""
        return "strip" if sum(map(bool, self.votes(rules))) >= _VOTES_FOR_STRIP else "patch"


def shape_measures(outline_m: Shape, along: AlongRoad | None) -> ShapeMeasures:
    """The measures of an outline; its rectangle is the narrowest that holds it."""
    corners = shapely.get_coordinates(shapely.minimum_rotated_rectangle(outline_m))
    sides = np.hypot(*(corners[1:3] - corners[:2]).T)
    area_m2, round_m = shapely.area(outline_m), shapely.length(outline_m)
    return ShapeMeasures(
        length_m=float(sides.max()),
        width_m=float(sides.min()),
        area_km2=float(area_m2) / 1e6,
        compactness=float(4 * np.pi * area_m2 / round_m**2),
        road=along.road if along else None,
        road_share_pct=along.share_pct if along else None,
    )
