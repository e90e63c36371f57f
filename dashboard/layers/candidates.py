"""Candidates 候选点: places that were considered and are not in the plan, by what would be done there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.layers.layer import Layer, LegendEntry
from dashboard.palette import UNKNOWN_VALUE
from dashboard.siting.kept_plans import kept_plan
from planning.siting.candidates import ACTIONS
from wording import current_language, say

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec
    from dashboard.palette import Theme
    from planning.siting.costs import Action

COLOURS: dict[Theme, dict[Action, str]] = {
    "light": {"upgrade": "#1b6e8c", "extend": "#b3436c", "equip": "#5a8f29", "convert": "#b8860b", "build": "#7a5aa6"},
    "dark": {"upgrade": "#7cc7e0", "extend": "#f09ab8", "equip": "#a8d672", "convert": "#f0c45a", "build": "#c3a6ee"},
}


def build(source: MapSource, choice: MapChoice) -> Spec | None:
    plan = kept_plan(choice.plan) if choice.plan else None
    if plan is None:
        return None
    colours = COLOURS[choice.theme]
    there = {row.action for row in plan.setting.candidates.rows}
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
        "legend": [LegendEntry(words[one], colours[one], "triangle").to_json_dict() for one in ACTIONS if one in there],
    }


LAYER = Layer("candidates", build)
