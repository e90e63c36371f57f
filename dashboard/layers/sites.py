"""Sites 选址方案: where a plan would open stations, with the outline of what each newly covers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.layers.layer import Layer, LegendEntry
from wording import current_language, say

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec
    from dashboard.palette import Theme

EDGE: dict[Theme, str] = {"light": "#a3123a", "dark": "#ff9db5"}


def build(source: MapSource, choice: MapChoice) -> Spec | None:
    if not choice.plan:
        return None
    edge = EDGE[choice.theme]
    return {
        "name": "sites",
        "kind": "outlines",
        "title": say("Siting plan"),
        "url": source.address(f"siting/{choice.plan}/sites.geojson", lang=current_language()),
        "edge": edge,
        "legend": [LegendEntry(say("new site, with what it newly covers"), edge, "outline").to_json_dict()],
    }


LAYER = Layer("sites", build)
