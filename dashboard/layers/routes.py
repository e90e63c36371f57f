"""Routes 货运路线 by class, from the same tiles as the roads of the base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.layers.kinds import kinds_legend, kinds_spec, shown_kinds
from dashboard.layers.layer import Layer
from wording import say

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec


def build(source: MapSource, choice: MapChoice) -> Spec | None:
    present = source.counts.get("routes", {})
    if not present:
        return None
    chosen = choice.of("routes")
    kinds = shown_kinds("routes", present, choice.theme, {})
    return {
        "name": "routes",
        "kind": "lines",
        "title": source.title("routes"),
        "url": source.tiles("base/{z}/{x}/{y}.mvt", choice),
        "filter": chosen,
        "kinds": kinds_spec(kinds),
        "legend": kinds_legend(kinds, present, chosen.get("class", ()), "line"),
        "words": {"trucks": say("trucks a day")},
    }


LAYER = Layer("routes", build)
