"""Gaps 覆盖盲区: the outlines of the worst, with their rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.layers.layer import Layer, LegendEntry
from wording import current_language, say

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec
    from dashboard.palette import Theme

SHOWN = 10
EDGE: dict[Theme, str] = {"light": "#7a2f00", "dark": "#ffd9a8"}


def build(source: MapSource, choice: MapChoice) -> Spec | None:
    asked = choice.coverage
    if asked is None:
        return None
    edge = EDGE[choice.theme]
    return {
        "name": "gaps",
        "kind": "outlines",
        "title": say("The {count} worst gaps", count=SHOWN),
        "url": source.address(
            "coverage/gaps.geojson", lang=current_language(), rank=asked.rank_by, **asked.parameters(source.atlas)
        ),
        "edge": edge,
        "legend": [LegendEntry(say("gap, with its rank"), edge, "outline").to_json_dict()],
    }


LAYER = Layer("gaps", build)
