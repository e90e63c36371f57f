"""Coverage 覆盖: the cells by how far the nearest fitting station is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.layers.layer import Layer, LegendEntry
from dashboard.palette import UNKNOWN_HATCH
from dashboard.tiles.coverage_cells import COLOURS, coverage_cells, limits
from dashboard.tiles.vector_tiles import cells_from_zoom
from wording import say

if TYPE_CHECKING:
    from dashboard.coverage_choice import CoverageChoice
    from dashboard.layers.layer import MapChoice, MapSource, Spec
    from dashboard.palette import Theme


def build(source: MapSource, choice: MapChoice) -> Spec | None:
    asked = choice.coverage
    if asked is None:
        return None
    drawn = coverage_cells(source.atlas, asked)
    if not drawn.levels[0].indices.size:
        return None
    theme = choice.theme if choice.theme != "light" else ""
    picture = source.tiles("coverage/{z}/{x}/{y}.png", choice, theme=theme, **asked.parameters(source.atlas))
    return {
        "name": "coverage",
        "kind": "cells",
        "title": say("Way to the nearest station that fits"),
        "picture_url": picture,
        "url": source.tiles("cells/{z}/{x}/{y}.mvt", choice),
        "shapes_from_zoom": cells_from_zoom(source.atlas),
        "edge": "#ffffff" if choice.theme == "light" else "#0d141a",
        "legend_title": unit_of(asked),
        "legend": coverage_legend(asked, choice.theme, is_hatched=bool(drawn.levels[0].is_hatched.any())),
    }


def unit_of(asked: CoverageChoice) -> str:
    return say("Minutes by truck") if asked.need.measure == "min" else say("Kilometres by road")


def coverage_legend(asked: CoverageChoice, theme: Theme, *, is_hatched: bool) -> list[dict[str, str]]:
    """The classes from near to far, and what the hatching means."""
    labels = coverage_labels(asked)
    entries = [LegendEntry(label, colour, "box") for label, colour in zip(labels, COLOURS[theme], strict=True)]
    if is_hatched:
        entries.append(LegendEntry(say("a station may fit, its ledger does not say"), UNKNOWN_HATCH[theme], "hatch"))
    return [entry.to_json_dict() for entry in entries]


def coverage_labels(asked: CoverageChoice) -> tuple[str, ...]:
    """What each class means, from near to far."""
    first, second, last, far = (f"{limit:g}" for limit in limits(asked.within))
    return (
        f"≤ {first}", f"{first} – {second}", say("{from_} – {to} (the standard)", from_=second, to=last),
        say("{from_} – {to}, beyond", from_=last, to=far), f"> {far}", say("no way leads there"),
    )  # fmt: skip


LAYER = Layer("coverage", build)
