"""The way from a spot to the nearest station that fits, for the panel beside the map."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from planning.gap_reason import cost_text
from planning.network import NOTHING
from wording import say

if TYPE_CHECKING:
    from planning.coverage import Coverage
    from planning.spot_facts import SpotFacts


def way_of(found: Coverage, facts: SpotFacts | None) -> list[tuple[str, list[tuple[str, str]]]]:
    """A section of the panel; none outside the place."""
    if facts is None or facts.cell is None:
        return []
    cell = int(np.searchsorted(found.cells.cell_id, facts.cell.cell_id))
    which, cost = int(found.reach.station[cell]), float(found.reach.cost[cell])
    title = say("Way to the nearest station that fits")
    if which == NOTHING:
        return [(title, [(say("Station"), say("none")), (say("away"), say("no way"))])]
    verdict = say("near enough") if cost <= found.within else say("beyond the standard")
    return [
        (
            title,
            [
                (say("Station"), found.reach.stations[which].name),
                (say("away"), f"{cost_text(cost, found.reach.need.measure)} · {verdict}"),
            ],
        )
    ]
