"""Round marks whose area tells how often something happens there; each stands for some kilometres of a corridor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.layers.layer import LegendEntry
from dashboard.palette import MARKS
from wording import current_language

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec

RADIUS_OF_ONE_PX = 7.0


def marks_spec(source: MapSource, choice: MapChoice, name: str, *, title: str, unit: str) -> Spec:
    colour = MARKS[choice.theme][name]
    return {
        "name": name,
        "kind": "marks",
        "title": title,
        "url": source.address(f"freight/{name}.json", lang=current_language()),
        "colour": colour,
        "radius_px": RADIUS_OF_ONE_PX,
        "legend": [LegendEntry(unit, colour, "dot").to_json_dict()],
    }
