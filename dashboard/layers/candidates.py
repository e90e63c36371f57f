"""Candidates 候选点: places that were considered and are not in the plan, by what would be done there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.layers.layer import Layer, LegendEntry
from dashboard.palette import UNKNOWN_VALUE
from planning.siting.candidates import ACTIONS
from wording import current_language, say

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec
    from dashboard.palette import Theme

COLOURS: dict[Theme, tuple[str, ...]] = {
    "light": ("#1b6e8c", "#5a8f29", "#b8860b", "#7a5aa6"),
    "dark": ("#7cc7e0", "#a8d672", "#f0c45a", "#c3a6ee"),
}


def build(source: MapSource, choice: MapChoice) -> Spec | None:
    if not choice.plan:
        return None
    colours = dict(zip(ACTIONS, COLOURS[choice.theme], strict=True))
    words = {action: say(word) for action, word in ACTIONS.items()}
    kinds: Spec = {action: {"label": words[action], "colour": colours[action], "sign": ""} for action in ACTIONS}
    kinds["unknown"] = {"label": say("unknown"), "colour": UNKNOWN_VALUE[choice.theme], "sign": ""}
    return {
        "name": "candidates",
        "kind": "points",
        "title": say("Candidates"),
        "url": source.address(f"siting/{choice.plan}/candidates.geojson", lang=current_language()),
        "kinds": kinds,
        "look": "triangle",
        "radius": 5,
        "cluster": False,
        "legend": [LegendEntry(words[one], colours[one], "triangle").to_json_dict() for one in ACTIONS],
    }


LAYER = Layer("candidates", build)
