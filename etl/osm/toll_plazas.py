"""The booths of one toll plaza as one: each lane has its own in OpenStreetMap."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np
import shapely
from shapely.geometry import MultiPoint, Point

from etl.projection import LocalProjection

if TYPE_CHECKING:
    import numpy.typing as npt

Positions: TypeAlias = "npt.NDArray[np.int64]"

_APART_M: Final = 150.0


@dataclass(frozen=True)
class Booth:
    """One booth as it was read."""

    number: str
    name: str | None
    lon: float
    lat: float


def plazas_of(booths: list[Booth]) -> list[Booth]:
    """Booths within 150 m of each other, through others too, as one: in their middle, with the first's number."""
    if not booths:
        return []
    lon, lat = [booth.lon for booth in booths], [booth.lat for booth in booths]
    projection = LocalProjection.around(MultiPoint(list(zip(lon, lat, strict=True))))
    points = [Point(place) for place in zip(*projection.forward(lon, lat), strict=True)]
    near = shapely.STRtree(points).query(points, predicate="dwithin", distance=_APART_M)
    groups: dict[int, list[Booth]] = {}
    for booth, group in zip(booths, _joined(len(booths), near).tolist(), strict=True):
        groups.setdefault(group, []).append(booth)
    return [_plaza(group) for group in groups.values()]


def _joined(
    count: int, near: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The lowest position that each can be reached from."""
    lowest = np.arange(count)
    while True:
        before = lowest.copy()
        np.minimum.at(lowest, near[0], before[near[1]])
        lowest = lowest[lowest]
        if np.array_equal(lowest, before):
            return lowest


def _plaza(booths: list[Booth]) -> Booth:
    names = Counter(booth.name for booth in booths if booth.name)
    middle: Point = shapely.centroid(MultiPoint([(booth.lon, booth.lat) for booth in booths]))
    return Booth(booths[0].number, names.most_common(1)[0][0] if names else None, middle.x, middle.y)
