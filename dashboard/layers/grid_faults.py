"""Holes between grids, their overlaps, and what of them reaches beyond the grid above."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.kind_colours import kind_colour
from dashboard.layers.layer import Layer, LegendEntry
from planning.code_words import code_word, codes_of
from wording import current_language

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec

_LIST = "grid_fault"


def build(source: MapSource, choice: MapChoice) -> Spec | None:
    present = source.counts.get("grid_faults", {})
    if not present:
        return None
    colours = {
        code: kind_colour("grid_faults", code, order, choice.theme) for order, code in enumerate(codes_of(_LIST))
    }
    return {
        "name": "grid_faults",
        "kind": "shapes",
        "title": source.title("grid_faults"),
        "url": source.address("grid_faults.geojson", lang=current_language(), standards=source.standards),
        "kinds": {code: {"colour": colour, "label": code_word(_LIST, code)} for code, colour in colours.items()},
        "legend": [
            LegendEntry(code_word(_LIST, code), colour, "box").to_json_dict()
            for code, colour in colours.items()
            if code in present
        ],
    }


LAYER = Layer("grid_faults", build)
