"""The legend of a coloured measure: a line a class, then none and unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.layers.layer import LegendEntry
from wording import say

if TYPE_CHECKING:
    from dashboard.class_breaks import Classes


def class_legend(
    classes: Classes, *, has_values: bool, has_zero: bool, unknown: str | None = None
) -> list[dict[str, str]]:
    """The classes from the largest down, then what is none, then what is unknown in the look that the map gives it."""
    shown = reversed(classes.ranges()) if has_values else ()
    entries = [LegendEntry(_range(least, most), colour, "box") for least, most, colour in shown]
    if has_zero:
        entries.append(LegendEntry("0", classes.zero_colour, "box"))
    if unknown is not None:
        entries.append(LegendEntry(say("unknown"), classes.unknown_colour, unknown))
    return [entry.to_json_dict() for entry in entries]


def _range(least: float | None, most: float | None) -> str:
    if most is None:
        return f"≥ {least:g}" if least is not None else "> 0"
    return f"{least or 0:g} – {most:g}"
