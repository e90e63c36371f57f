"""What the signs of a map mean, for pictures and pages alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dashboard.kind_colours import kind_colour
from dashboard.palette import UNKNOWN_HATCH
from dashboard.pictures.feature_layers import by_openness
from planning.code_words import code_word, codes_of
from wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dashboard.class_breaks import Classes
    from dashboard.exports.kinds import Kind
    from dashboard.palette import Theme
    from planning.cell_measures import CellMeasure
    from planning.ground import Ground

Sign = Literal["dot", "line", "area", "hatched", "outline"]
_SIGNS: dict[str, Sign] = {
    "routes": "line",
    "rivers": "line",
    "grids": "outline",
    "grid_faults": "area",
    "repair_clusters": "area",
}


@dataclass(frozen=True)
class Entry:
    """One sign: what it stands for, its colour and form; a second colour where it is hatched."""

    label: str
    colour: str
    sign: Sign
    hatch: str = ""
    noun: str = ""


@dataclass(frozen=True)
class LegendGroup:
    """The signs of one layer, and what has to be said of it."""

    title: str
    entries: tuple[Entry, ...]
    note: str = ""


def layer_legend(title: str, noun: str, kinds: Sequence[Kind], left_out: int = 0) -> LegendGroup:
    """The kinds of a layer; where rows have no position, how many."""
    sign = _SIGNS.get(noun, "dot")
    entries = tuple(Entry(kind.label, kind.colour, sign, noun=noun) for kind in kinds)
    if sign == "outline":  # all outlines are drawn alike
        entries = tuple({entry.colour: Entry(title, entry.colour, sign) for entry in entries}.values())
    notes = [say("{count} without a position are not shown", count=f"{left_out:,}")] if left_out else []
    if any(rows.table.num_rows for kind in kinds for rows, is_hollow in by_openness(kind.features) if is_hollow):
        notes.append(say("hollow: not open"))
    return LegendGroup(title, entries, say("; ").join(notes))


def cell_legend(measure: CellMeasure, classes: Classes, theme: Theme) -> LegendGroup:
    """The classes of a measure, from little to much, and what is unknown."""
    entries = [Entry(_range(*ends), colour, "area") for *ends, colour in classes.ranges()]
    entries.insert(0, Entry("0", classes.zero_colour, "area"))
    entries.append(Entry(say("unknown"), classes.unknown_colour, "hatched", UNKNOWN_HATCH[theme]))
    return LegendGroup(say(measure.label), tuple(entries), say("hatched: partly unknown, at least so many"))


def _range(least: float | None, most: float | None) -> str:
    if least is None and most is None:
        return "> 0"
    if least is None:
        return f"< {most:,g}"
    return f"≥ {least:,g}" if most is None else f"{least:,g}–{most:,g}"


def shown_groups(groups: Iterable[LegendGroup]) -> list[LegendGroup]:
    """The groups that have something to say."""
    return [group for group in groups if group.entries or group.note]


def ground_legend(under: Ground, theme: Theme, without: set[str]) -> LegendGroup:
    """Roads and rivers as far as they are in sight; those chosen as layers have a legend of their own."""
    found: dict[str, Entry] = {}
    if "routes" not in without:
        in_sight = {line.kind for line in under.routes}
        for code in (*codes_of("route_class"), ""):
            if code in in_sight or (not code and None in in_sight):
                colour = kind_colour("routes", code, 0, theme)
                is_other = colour == kind_colour("routes", "", 0, theme)
                found.setdefault(
                    colour, Entry(say("other roads") if is_other else code_word("route_class", code), colour, "line")
                )
    if under.rivers and "rivers" not in without:
        colour = kind_colour("rivers", "", 0, theme)
        found[colour] = Entry(say("rivers"), colour, "line")
    return LegendGroup(say("Ground"), tuple(found.values()))
