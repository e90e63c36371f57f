"""Section flows 路段流量: how many trucks a day take each piece of road, as bands of fixed classes, hour by hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.class_breaks import Classes
from dashboard.layers.layer import Layer, LegendEntry
from dashboard.palette import UNKNOWN_VALUE, ZERO_VALUE, sequential
from planning.freight_heat import DAY_BREAKS, HOUR_BREAKS
from wording import say

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec
    from dashboard.palette import Theme


def build(source: MapSource, choice: MapChoice) -> Spec | None:
    asked = choice.freight
    if asked is None:
        return None
    colours = sequential(choice.theme, len(DAY_BREAKS) + 1)
    return {
        "name": "section_flows",
        "kind": "bands",
        "title": say("Trucks on the roads"),
        "url": source.tiles("flows/{z}/{x}/{y}.mvt", choice, **asked.parameters()),
        "day_breaks": DAY_BREAKS,
        "hour_breaks": HOUR_BREAKS,
        "colours": colours,
        "legend_title": say("trucks a day"),
        "legend": flow_legend(choice.theme, DAY_BREAKS),
        "hour_legend_title": say("trucks in the hour"),
        "hour_legend": flow_legend(choice.theme, HOUR_BREAKS),
        "words": {
            "along": say("along the drawing"),
            "against": say("against it"),
            "both": say("both directions"),
            "unknown": say("too few to show"),
        },
    }


def flow_legend(theme: Theme, breaks: tuple[float, ...]) -> list[dict[str, str]]:
    """The classes, the most first."""
    classes = Classes(breaks, sequential(theme, len(breaks) + 1), ZERO_VALUE[theme], UNKNOWN_VALUE[theme])
    entries = [LegendEntry(_range(least, most), colour, "line") for least, most, colour in reversed(classes.ranges())]
    return [entry.to_json_dict() for entry in entries]


def _range(least: float | None, most: float | None) -> str:
    return f"≥ {least:g}" if most is None else f"{least or 0:g} – {most:g}"


LAYER = Layer("section_flows", build, is_on=True)
