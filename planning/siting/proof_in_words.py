"""How good a plan is, in sentences: what it covers, what it costs, and how much better any other could be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.siting.reasons import MEASURE_WORDS, wan_text
from wording import say

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer


def share_in_words(answer: SitingAnswer) -> str:
    """From how much to how much, of what, for how much money."""
    before, after = answer.covered_before_pct, answer.covered_pct
    if before is None or after is None:
        return say("Nothing is known of what is to be covered.")
    return say(
        "{sites} sites for {wan} × 10,000 yuan: coverage of {what} rises from {before} % to {after} %.",
        sites=len(answer.sites),
        wan=wan_text(answer.cost_yuan),
        what=measures_in_words(answer),
        before=f"{before:.1f}",
        after=f"{after:.1f}",
    )


def measures_in_words(answer: SitingAnswer) -> str:
    if answer.question.goal == "bays":
        return say("drivers with a bay")
    return say(", ").join(say(MEASURE_WORDS[name][0]) for name in answer.question.weights)


def proof_in_words(answer: SitingAnswer) -> str:
    """Whether a better plan can exist, and by how much at most."""
    goal = answer.question.goal
    if answer.is_proven:
        best = {
            "most": say("This is proven: no other choice within the same limits covers more."),
            "bays": say("This is proven: no other choice within the same limits gives more drivers a bay."),
            "least_money": say("This is proven: no cheaper choice reaches as much."),
            "worst_off": say("This is proven: no other choice serves the worst-off better."),
            "corridors": say("This is proven: no smaller number of stations serves as much road."),
        }
        return best[goal]
    if answer.bound_pct is not None:
        return say(
            "No choice within the same limits can cover more than {bound} %; this one is within {gap} % of that.",
            bound=f"{answer.bound_pct:.2f}",
            gap=f"{answer.gap_pct:.2f}",
        )
    if goal == "corridors":
        return say("Fewer stations may be enough, but not fewer than {bound}.", bound=f"{answer.bound or 0:.0f}")
    if goal == "least_money":
        return say("A cheaper choice may exist, but none by more than {gap} %.", gap=f"{answer.gap_pct:.2f}")
    if goal == "most":
        return say("Over all years no choice can cover more than {gap} % more.", gap=f"{answer.gap_pct:.2f}")
    return say("The time was over before it was proven that no choice serves the worst-off better.")
