"""Coverage with the plan 方案实施后: the cells by how far the nearest station would be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.coverage_choice import CoverageChoice
from dashboard.layers.coverage import coverage_legend, unit_of
from dashboard.layers.layer import Layer
from dashboard.siting.kept_plans import kept_plan
from dashboard.tiles.vector_tiles import cells_from_zoom
from wording import say

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec


def build(source: MapSource, choice: MapChoice) -> Spec | None:
    answer = kept_plan(choice.plan) if choice.plan and choice.coverage is None else None
    if answer is None:
        return None
    theme = choice.theme if choice.theme != "light" else ""
    asked = CoverageChoice(answer.question.within_min, answer.question.need)
    return {
        "name": "coverage_after",
        "kind": "cells",
        "title": say("Way to the nearest station with the plan"),
        "picture_url": source.tiles(f"siting/{choice.plan}/{{z}}/{{x}}/{{y}}.png", choice, theme=theme),
        "url": source.tiles("cells/{z}/{x}/{y}.mvt", choice),
        "shapes_from_zoom": cells_from_zoom(source.atlas),
        "edge": "#ffffff" if choice.theme == "light" else "#0d141a",
        "legend_title": unit_of(asked),
        "legend": coverage_legend(asked, choice.theme, is_hatched=False),
    }


LAYER = Layer("coverage_after", build)
