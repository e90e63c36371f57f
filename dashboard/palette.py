"""The colours, told apart by eyes that don't tell red from green."""

from __future__ import annotations

from typing import Literal

Theme = Literal["light", "dark"]

KEPT = "#0b5c8f"
MERGED = "#a9bccb"
REJECTED = "#d9822b"

INK = "#1d2b36"
INK_SOFT = "#5b6b79"
LINE = "#d9e0e6"
SURFACE = "#f3f6f8"
NOTICE = "#fdf3e4"
NOTICE_EDGE = "#d9822b"

# From little to much, by lightness before all else: away from the ground of the map, light or dark. Never red,
# which is for red stations.
SEQUENTIAL: dict[Theme, tuple[str, ...]] = {
    "light": ("#e8e5ab", "#89d0aa", "#45aead", "#1d83a4", "#225693", "#2c2773"),
    "dark": ("#2c2773", "#2f5697", "#2382a6", "#39abab", "#82d2a8", "#f0eca9"),
}
# Within reach: from near to the limit. Beyond it: a little, far, and where no way leads. Blue and amber are told
# apart by every eye, and by their lightness too.
WITHIN: dict[Theme, tuple[str, ...]] = {
    "light": ("#1f6f9f", "#5fa3c7", "#abd0e3"),
    "dark": ("#9fd0ec", "#5a9cc4", "#2f6488"),
}
BEYOND: dict[Theme, tuple[str, ...]] = {
    "light": ("#f0b65f", "#c26a1b", "#5b4a42"),
    "dark": ("#8f5a1c", "#d98f3f", "#cbbdb2"),
}
UNKNOWN_VALUE: dict[Theme, str] = {"light": "#c3c8cd", "dark": "#565d64"}
UNKNOWN_HATCH: dict[Theme, str] = {"light": "#8d959c", "dark": "#8a929a"}
ZERO_VALUE: dict[Theme, str] = {"light": "#f4f3ea", "dark": "#23262c"}

# Round marks of what happens along roads: apart from the blues and greens of measures, and from red.
MARKS: dict[Theme, dict[str, str]] = {
    "light": {"breakpoints": "#8a3fa0", "roadside_stops": "#b85f00"},
    "dark": {"breakpoints": "#d39be6", "roadside_stops": "#f0a850"},
}


def sequential(theme: Theme, count: int) -> tuple[str, ...]:
    """So many of the rising colours, spread over all of them."""
    colours = SEQUENTIAL[theme]
    if not 1 <= count <= len(colours):
        raise ValueError(count)
    if count == 1:
        return (colours[len(colours) // 2],)
    return tuple(colours[round(step * (len(colours) - 1) / (count - 1))] for step in range(count))


def css_variables() -> str:
    """The palette for stylesheets."""
    colours = {
        "kept": KEPT,
        "merged": MERGED,
        "rejected": REJECTED,
        "ink": INK,
        "ink-soft": INK_SOFT,
        "line": LINE,
        "surface": SURFACE,
        "notice": NOTICE,
        "notice-edge": NOTICE_EDGE,
    }
    return ":root{" + "".join(f"--yitu-{name}:{colour};" for name, colour in colours.items()) + "}"
