"""The colours, told apart by eyes that don't tell red from green."""

from __future__ import annotations

KEPT = "#0b5c8f"
MERGED = "#a9bccb"
REJECTED = "#d9822b"

INK = "#1d2b36"
INK_SOFT = "#5b6b79"
LINE = "#d9e0e6"
SURFACE = "#f3f6f8"
NOTICE = "#fdf3e4"
NOTICE_EDGE = "#d9822b"


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
