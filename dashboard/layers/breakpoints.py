"""Four-hour points 四小时点: where driving spells reach four hours."""

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
    return marks_spec(source, choice, "breakpoints", title=say("Four-hour points"), unit=say("spells a day"))


LAYER = Layer("breakpoints", build)
