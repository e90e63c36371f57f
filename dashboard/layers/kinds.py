"""The kinds of a noun with their words and colours, for the map and its legend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.kind_colours import KIND_COLUMN, kind_colour
from dashboard.layers.layer import LegendEntry
from planning.code_words import CODE_LISTS, UNKNOWN, code_word, codes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dashboard.layers.layer import Spec
    from dashboard.palette import Theme


@dataclass(frozen=True)
class ShownKind:
    """One kind as the map shows it."""

    code: str
    label: str
    colour: str
    sign: str = ""


def shown_kinds(noun: str, present: Iterable[str], theme: Theme, signs: Mapping[str, str]) -> list[ShownKind]:
    """The kinds that are there, in the order of their list; freely written ones follow, the unknown comes last."""
    list_name = CODE_LISTS[noun, KIND_COLUMN[noun]]
    there = set(present)
    listed = codes_of(list_name)
    order = [*listed, *sorted(there - {*listed, UNKNOWN}), UNKNOWN]
    return [
        ShownKind(code, code_word(list_name, code), kind_colour(noun, code, place, theme), signs.get(code, ""))
        for place, code in enumerate(order)
        if code in there or code == UNKNOWN
    ]


def kinds_spec(kinds: Iterable[ShownKind]) -> dict[str, Spec]:
    """The kinds as the browser looks them up; what it finds none for is drawn as unknown."""
    return {kind.code: {"label": kind.label, "colour": kind.colour, "sign": kind.sign} for kind in kinds}


def kinds_legend(
    kinds: Iterable[ShownKind], present: Iterable[str], chosen: Iterable[str], look: str
) -> list[dict[str, str]]:
    """A line for each kind that is there and not filtered away."""
    there, wanted = set(present), set(chosen)
    return [
        LegendEntry(kind.label, kind.colour, look, kind.sign).to_json_dict()
        for kind in kinds
        if kind.code in there and (not wanted or kind.code in wanted)
    ]
