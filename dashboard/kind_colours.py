"""Which column tells the kinds of a noun apart, and the colour of each kind in the light and in the dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dashboard.palette import Theme
    from planning.features import Features

KIND_COLUMN: Final = {
    "stations": "tier",
    "resources": "kind",
    "grids": "level",
    "grid_faults": "kind",
    "repair_shops": "class",
    "routes": "class",
    "rivers": "kind",
    "requests": "category",
    "incidents": "kind",
    "places": "kind",
    "enterprises": "kind",
    "repair_clusters": "shape",
}
NO_KIND: Final = ""
_UNKNOWN: Final[dict[Theme, str]] = {"light": "#7b8794", "dark": "#9aa7b3"}

# Red is for what is called red, and for nothing else.
_NAMED: Final[dict[tuple[str, str], tuple[str, str]]] = {
    ("stations", "red_station"): ("#c8102e", "#ff5a5f"),
    ("stations", "service_station"): ("#0b5c8f", "#5fb4ea"),
    ("stations", "service_point"): ("#2f8f89", "#6fd0c8"),
    ("stations", "driver_home"): ("#76579f", "#b99be6"),
    ("stations", "hazmat_station"): ("#c96f12", "#f2a650"),
    ("routes", "expressway"): ("#d0781f", "#e59a45"),
    ("routes", "first"): ("#c79a2c", "#cfa94a"),
    ("routes", "second"): ("#a89a6c", "#9c9474"),
    ("grid_faults", "hole"): ("#b3471b", "#ff9d6b"),
    ("grid_faults", "overlap"): ("#7a2fa0", "#cf9bf0"),
    ("grid_faults", "outside_parent"): ("#8f7a12", "#d6c25a"),
    ("repair_clusters", "strip"): ("#a3588f", "#e3a0d2"),
    ("repair_clusters", "patch"): ("#4b4fa8", "#a5a9f5"),
    ("incidents", "crash"): ("#8a4b12", "#e0a15c"),
    ("incidents", "violation"): ("#6b6b6b", "#b5b5b5"),
}
_PLAIN: Final[dict[str, tuple[str, str]]] = {
    "routes": ("#9aa7b3", "#66747f"),
    "rivers": ("#7fb2d6", "#2f5f80"),
    "grids": ("#5b6b79", "#8fa0ae"),
}
_IN_TURN: Final = (
    ("#0b5c8f", "#5fb4ea"),
    ("#c96f12", "#f2a650"),
    ("#2f8f89", "#6fd0c8"),
    ("#76579f", "#b99be6"),
    ("#8f7a12", "#d6c25a"),
    ("#3d4f5c", "#c3ced6"),
    ("#4f7f2a", "#a3cf7d"),
    ("#a3588f", "#e3a0d2"),
    ("#1f6f54", "#63c29f"),
    ("#7a5230", "#cda47f"),
    ("#5a6fb5", "#a5b5f0"),
)


def kind_column(features: Features) -> str | None:
    """The column that tells its rows apart, where it is among them."""
    name = KIND_COLUMN.get(features.noun)
    return name if name in features.table.column_names else None


def kind_colour(noun: str, kind: str, order: int, theme: Theme = "light") -> str:
    """A kind's colour; `order` is its place in its list, for kinds that have no colour of their own."""
    if kind in {NO_KIND, "unknown"}:
        return _PLAIN[noun][theme == "dark"] if noun in _PLAIN else _UNKNOWN[theme]
    pair = _NAMED.get((noun, kind)) or _PLAIN.get(noun) or _IN_TURN[order % len(_IN_TURN)]
    return pair[theme == "dark"]
