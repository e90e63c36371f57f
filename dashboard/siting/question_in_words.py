"""A siting question in words, as a file, a brief or a caption says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.code_words import code_word
from planning.siting.question import GOALS, RULES
from planning.siting.reasons import MEASURE_WORDS, wan_text
from wording import say

if TYPE_CHECKING:
    from planning.siting.question import SitingQuestion


def in_words(question: SitingQuestion) -> dict[str, list[str]]:
    """What was asked for, by its label; what nothing was asked of is left out."""
    whole = sum(question.weights.values())
    several = len(question.weights) > 1
    stations = question.new if question.goal in {"most", "bays", "worst_off"} else None
    asked = {
        say("Goal"): [say(GOALS[question.goal])],
        say("Rule"): [say(RULES[question.rule])] if question.goal == "corridors" else [],
        say("New stations"): [] if stations is None else [str(stations)],
        say("Budget (10,000 yuan)"): [
            wan_text(one)
            for one in ((question.budget_yuan or 0.0), *question.later_budgets_yuan)
            if question.budget_yuan is not None
        ],
        say("Share to reach"): [f"{question.share_pct:g} %"] if question.goal == "least_money" else [],
        say("Every township"): [say("at least one station")] if question.each_township else [],
        say("Near enough: up to"): [say("{count} min", count=f"{question.within_min:g}")],
        say("Counted"): [say("drivers with a bay")]
        if question.goal == "bays"
        else [
            say(MEASURE_WORDS[name][0]) + (f" {100 * share / whole:.0f} %" if several else "")
            for name, share in question.weights.items()
        ],
        say("A new station offers"): [code_word("facility", one) for one in question.facilities],
        say("Tier of new stations"): [code_word("tier", question.tier)],
        say("Kinds of resources"): [code_word("resource_kind", one) for one in question.kinds],
        say("Free land"): [] if question.with_free_land else [say("none")],
        say("Distance between sites"): [f"{question.apart_km:g} km"] if question.apart_km > 0 else [],
        say("At most in a grid"): [] if question.per_grid is None else [str(question.per_grid)],
        say("Must be in"): list(question.required),
        say("Must not be in"): list(question.forbidden),
    }
    return {label: words for label, words in asked.items() if words}
