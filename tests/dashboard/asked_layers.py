"""Layers that stand on some pages alone, and what those pages ask of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.coverage_choice import CoverageChoice
from dashboard.freight_choice import FreightChoice
from dashboard.layers.layer import MapChoice
from dashboard.siting.kept_plans import keep_plan
from planning.siting.answer import answered
from planning.siting.question import usual_question

if TYPE_CHECKING:
    from typing import Any

    from planning.atlas import Atlas

OF_COVERAGE = {"coverage", "gaps"}
OF_FREIGHT = {"breakpoints", "roadside_stops", "section_flows", "freight_heat"}
OF_A_PLAN = {"sites", "candidates", "coverage_after"}
OF_A_QUESTION = OF_COVERAGE | OF_FREIGHT | OF_A_PLAN


def choice_for(atlas: Atlas, layer: str, **look: Any) -> MapChoice:
    """What a page that shows the layer would ask."""
    if layer in OF_COVERAGE:
        return MapChoice(coverage=CoverageChoice(30.0), **look)
    if layer in OF_FREIGHT:
        return MapChoice(freight=FreightChoice(), **look)
    if layer in OF_A_PLAN:
        return MapChoice(plan=keep_plan(answered(atlas, usual_question(atlas, new=1))), **look)
    return MapChoice(**look)
