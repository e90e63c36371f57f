"""A question about coverage in words, as a file or a caption says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.code_words import code_word
from planning.gap_reason import cost_text
from wording import say

if TYPE_CHECKING:
    from dashboard.coverage_choice import CoverageChoice


def in_words(choice: CoverageChoice) -> dict[str, list[str]]:
    """What was asked for, by its label; what nothing was asked of is left out."""
    need = choice.need
    asked = {
        say("Near enough: up to"): [cost_text(choice.within, need.measure)],
        say("It must have"): [code_word("facility", one) for one in need.facilities],
        say("Station tiers"): [code_word("tier", one) for one in need.tiers],
        say("Open at"): [] if need.hour is None else [say("{hour}:00", hour=need.hour)],
        say("For trucks that drive"): [code_word("direction", need.direction)] if need.direction else [],
        say("Truck"): [say("with dangerous goods")] if need.vehicle == "hazmat_truck" else [],
        say("With planned stations"): [say("yes")] if need.with_planned else [],
    }
    return {label: words for label, words in asked.items() if words}
