"""The ranges of zooms for which lines and areas are drawn once each, coarser the farther away."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from etl.projection import pixel_on_map_m

FARTHEST, NEAREST = 0, 22  # the zooms that a map asks for
FIRST_ZOOMS = (FARTHEST, 5, 7, 9, 11, 13)


@dataclass(frozen=True)
class ZoomBand:
    """Zooms that share one drawing, as fine as the nearest of them needs."""

    zoom_from: int
    zoom_to: int

    @property
    def is_exact(self) -> bool:
        """Whether shapes are drawn just as they are."""
        return self.zoom_to == NEAREST

    @property
    def pixel_m(self) -> float:
        """The side of the smallest pixel in the band, metres of spherical Mercator."""
        return pixel_on_map_m(self.zoom_to)


ZOOM_BANDS = tuple(ZoomBand(first, after - 1) for first, after in pairwise((*FIRST_ZOOMS, NEAREST + 1)))
