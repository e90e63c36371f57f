"""The cells 分析单元 coloured by a measure: pictures, and from near the edges of each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.class_breaks import FIRST, UNKNOWN, ZERO
from dashboard.layers.class_legend import class_legend
from dashboard.layers.layer import Layer
from dashboard.tiles.cell_pictures import drawn_cells
from dashboard.tiles.vector_tiles import cells_from_zoom
from planning.cell_measures import CELL_MEASURES
from wording import say

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec


def build(source: MapSource, choice: MapChoice) -> Spec | None:
    cells = drawn_cells(source.atlas, choice.cell_measure)
    finest = cells.levels[0]
    if not finest.indices.size:
        return None
    measure = CELL_MEASURES[choice.cell_measure]
    classes = cells.classes(choice.theme)
    picture = f"cells/{measure.name}/{{z}}/{{x}}/{{y}}.png"
    theme = choice.theme if choice.theme != "light" else ""
    return {
        "name": "cells",
        "kind": "cells",
        "title": say("Analysis cells"),
        "picture_url": source.tiles(picture, choice, theme=theme),
        "url": source.tiles("cells/{z}/{x}/{y}.mvt", choice),
        "shapes_from_zoom": cells_from_zoom(source.atlas),
        "measure_name": measure.name,
        "edge": "#ffffff" if choice.theme == "light" else "#0d141a",
        "legend_title": say(measure.label),
        "legend": class_legend(
            classes,
            has_values=bool((finest.indices >= FIRST).any()),
            unknown="hatch" if (finest.indices == UNKNOWN).any() or finest.is_hatched.any() else None,
            has_zero=bool(np.any(finest.indices == ZERO)),
        ),
    }


LAYER = Layer("cells", build)
