"""How a map looks in the light and in the dark: colours of the ground, widths of roads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dashboard.palette import Theme


@dataclass(frozen=True)
class Look:
    """The colours of all that is not data."""

    page: str
    ink: str
    ink_soft: str
    land: str  # the place itself
    around: str
    border: str
    neighbour_border: str
    made_up: str
    point_edge: str


LOOKS: Final[dict[Theme, Look]] = {
    "light": Look("#ffffff", "#1d2b36", "#5b6b79", "#fbfaf6", "#eceff1", "#5b6b79", "#c2cad1", "#a35a00", "#ffffff"),
    "dark": Look("#14181d", "#e8edf1", "#a3b0bb", "#222931", "#1a1f25", "#a3b0bb", "#3b4651", "#f2a650", "#14181d"),
}
_ROAD_WIDTH_PT: Final = {"expressway": 2.2, "first": 1.6, "second": 1.2, "third": 0.9}
_SMALL_ROAD_PT: Final = 0.6
RIVER_WIDTH_PT: Final = 1.3
# Layers are told apart by form, their kinds by colour; matplotlib's letters for forms, and sizes in square points.
POINT_FORM: Final = {
    "stations": ("o", 78.0),
    "resources": ("s", 22.0),
    "requests": ("D", 13.0),
    "repair_shops": ("^", 18.0),
    "incidents": ("X", 22.0),
    "enterprises": ("p", 26.0),
    "places": ("o", 8.0),
}
PLAIN_FORM: Final = ("o", 14.0)


def road_width_pt(road_class: str | None) -> float:
    return _ROAD_WIDTH_PT.get(road_class or "", _SMALL_ROAD_PT)
