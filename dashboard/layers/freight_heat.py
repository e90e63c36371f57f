"""Freight heat 货运热力 as a blur over the cells, with one fixed scale for all hours and days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.layers.layer import Layer, LegendEntry
from dashboard.palette import sequential
from planning.freight_heat import DAY_BREAKS, HOUR_BREAKS
from wording import say

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec


def build(source: MapSource, choice: MapChoice) -> Spec | None:
    asked = choice.freight
    if asked is None:
        return None
    colours = sequential(choice.theme, 6)
    few, many = LegendEntry(say("few trucks"), colours[0], "box"), LegendEntry(say("many trucks"), colours[-1], "box")
    return {
        "name": "freight_heat",
        "kind": "blur",
        "title": say("Freight heat (blurred)"),
        "url": source.address("freight/heat.json", **asked.parameters()),
        "day_most": DAY_BREAKS[-1],
        "hour_most": HOUR_BREAKS[-1],
        "colours": colours,
        "legend_title": say("trucks a day in a cell"),
        "legend": [many.to_json_dict(), few.to_json_dict()],
    }


LAYER = Layer("freight_heat", build)
