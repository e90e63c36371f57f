"""The colours of the map's ground, light for the desk and dark for the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dashboard.palette import Theme

GROUND: dict[Theme, dict[str, str]] = {
    "light": {
        "land": "#fbfaf6", "outside": "#eceeee", "border": "#c9ced2", "outline": "#4a5a68", "river": "#a9cfe6",
        "label": "#26323c", "labelSoft": "#66737e", "halo": "rgba(255,255,255,.88)", "shield": "#ffffff",
        "shieldEdge": "#b08b4f", "chosen": "#111a22",
    },
    "dark": {
        "land": "#18222b", "outside": "#10171d", "border": "#2f3d49", "outline": "#9db4c6", "river": "#24475e",
        "label": "#e9eff4", "labelSoft": "#94a5b3", "halo": "rgba(10,16,22,.85)", "shield": "#22303b",
        "shieldEdge": "#8a7446", "chosen": "#ffffff",
    },
}  # fmt: skip

# Quiet enough to lie under every layer.
_ROAD_WIDTH = {"expressway": 3.4, "first": 2.8, "second": 2.2, "third": 1.6, "fourth": 1.1, "ramp": 1.2}
_ROAD_COLOUR: dict[Theme, dict[str, str]] = {
    "light": {"expressway": "#e8b06a", "first": "#ecc88f", "second": "#d9cfae"},
    "dark": {"expressway": "#8a6a3c", "first": "#6f5d3f", "second": "#545247"},
}
_OTHER_ROAD: dict[Theme, str] = {"light": "#d3d7da", "dark": "#36434e"}


def roads(theme: Theme) -> dict[str, dict[str, object]]:
    """Colour and width of each class of road in the ground."""
    shown = {
        name: {"colour": _ROAD_COLOUR[theme].get(name, _OTHER_ROAD[theme]), "width": width}
        for name, width in _ROAD_WIDTH.items()
    }
    return shown | {"other": {"colour": _OTHER_ROAD[theme], "width": 0.9}}
