"""Layers of points: a few thousand come as one file, more as vector tiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dashboard.kind_colours import KIND_COLUMN
from dashboard.layers.kinds import kinds_legend, kinds_spec, shown_kinds
from dashboard.layers.layer import LegendEntry
from dashboard.palette import UNKNOWN_VALUE
from wording import say

if TYPE_CHECKING:
    from dashboard.layers.layer import MapChoice, MapSource, Spec

MOST_IN_A_FILE = 5_000
FEW = 60  # so many pins are told apart without being gathered


@dataclass(frozen=True)
class PointLook:
    """How the points of a noun are drawn, and what the map says of one at first sight."""

    noun: str
    essentials: tuple[str, ...]
    title: str = "name"
    look: str = "dot"
    radius: float = 5
    is_clustered: bool = False
    signs: Mapping[str, str] = field(default_factory=dict)  # a letter by kind, so that colour is not all
    solid: tuple[str, str] | None = None  # column and value of what is drawn full; the others are hollow or pale
    hollow: str = ""  # what those others are, for the legend

    def build(self, source: MapSource, choice: MapChoice) -> Spec | None:
        """What the browser is told of this layer; none where the snapshot holds no such thing."""
        present = source.counts.get(self.noun, {})
        if not present:
            return None
        chosen = choice.of(self.noun)
        signs = {code: say(sign) for code, sign in self.signs.items()}
        kinds = shown_kinds(self.noun, present, choice.theme, signs)
        by = KIND_COLUMN[self.noun]
        legend = kinds_legend(kinds, present, chosen.get(by, ()), self.look)
        if self.hollow:
            legend.append(LegendEntry(say(self.hollow), UNKNOWN_VALUE[choice.theme], "hollow").to_json_dict())
        spec: Spec = {
            "name": self.noun,
            "title": source.title(self.noun),
            "kinds": kinds_spec(kinds),
            "legend": legend,
        }
        # Tiles don't tell what each thing offers, so who asks for that gets the few that offer it as a file.
        if sum(present.values()) <= MOST_IN_A_FILE or chosen.get("needs"):
            url = source.features(self.noun, chosen)
            return spec | {"kind": "points", "url": url, "look": self.look, "radius": self.radius,
                           "cluster": self.is_clustered and sum(present.values()) > FEW}  # fmt: skip
        url = source.tiles(f"{self.noun}/{{z}}/{{x}}/{{y}}.mvt", choice)
        return spec | {"kind": "tiledPoints", "url": url, "by": by, "filter": chosen}
