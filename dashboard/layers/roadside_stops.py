"""Roadside stops 路边停留: where trucks stand for a rest at the side of the road."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.layers.layer import Layer
from dashboard.layers.marks import marks_spec
from wording import say

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec


def build(source: MapSource, choice: MapChoice) -> Spec | None:
    if choice.freight is None:
        return None
    return marks_spec(source, choice, "roadside_stops", title=say("Roadside stops"), unit=say("stops a day"))


LAYER = Layer("roadside_stops", build)
