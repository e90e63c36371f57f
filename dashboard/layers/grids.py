"""Grids 责任网格 of one level, coloured by a measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.class_breaks import Classes, class_breaks
from dashboard.layers.class_legend import class_legend
from dashboard.layers.layer import Layer
from dashboard.palette import INK_SOFT, UNKNOWN_VALUE, ZERO_VALUE, sequential
from planning.grid_measures import GRID_MEASURES, grid_values
from wording import current_language, say

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec
    from dashboard.palette import Theme


def build(source: MapSource, choice: MapChoice) -> Spec | None:
    levels = source.counts.get("grids", {})
    if str(choice.grid_level) not in levels:
        return None
    measure = GRID_MEASURES[choice.grid_measure]
    values = [found.value for found in grid_values(source.atlas, measure.name, choice.grid_level).values()]
    classes = _classes(values, choice.theme)
    return {
        "name": "grids",
        "kind": "areas",
        "title": source.title("grids"),
        "url": source.tiles("grids/{z}/{x}/{y}.mvt", choice),
        "values_url": source.address(
            f"grids/values/{choice.grid_level}/{measure.name}.json", lang=current_language(),
            standards=source.standards,
        ),
        "level": choice.grid_level,
        "measure": say(measure.label),
        "breaks": classes.breaks,
        "colours": classes.colours,
        "zero": classes.zero_colour,
        "unknown": classes.unknown_colour,
        "edge": INK_SOFT if choice.theme == "light" else "#8fa0ae",
        "legend_title": say(measure.label),
        "legend": class_legend(
            classes,
            has_values=any(value is not None and value > 0 for value in values),
            unknown="box" if None in values else None,
            has_zero=any(value == 0 for value in values),
        ),
    }  # fmt: skip


def _classes(values: list[float | None], theme: Theme) -> Classes:
    breaks = class_breaks([value for value in values if value is not None])
    return Classes(breaks, sequential(theme, len(breaks) + 1), ZERO_VALUE[theme], UNKNOWN_VALUE[theme])


LAYER = Layer("grids", build)
