"""Repair clusters 维修聚集: outlines in the colour of their shape, with the order of inspection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.layers.kinds import kinds_legend, kinds_spec, shown_kinds
from dashboard.layers.layer import Layer
from dashboard.palette import INK_SOFT
from planning.clusters import repair_clusters
from wording import current_language

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec

_NOUN = "repair_clusters"
_FILLED = 0.14


def build(source: MapSource, choice: MapChoice) -> Spec | None:
    clusters = repair_clusters(source.atlas).clusters
    if not clusters:
        return None
    present = {one.shape for one in clusters}
    kinds = shown_kinds(_NOUN, present, choice.theme, {})
    return {
        "name": _NOUN,
        "kind": "outlines",
        "title": source.title(_NOUN),
        "url": source.address(f"{_NOUN}.geojson", lang=current_language()),
        "edge": INK_SOFT,
        "filled": _FILLED,
        "kinds": kinds_spec(kinds),
        "legend": kinds_legend(kinds, present, (), "outline"),
    }


LAYER = Layer(_NOUN, build)
