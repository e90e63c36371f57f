"""Kept plans as two tables: their figures, and which site is in which."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from dashboard.figures import pct_text
from planning.siting.candidates import ACTIONS
from planning.siting.reasons import amount_in_words, wan_text
from wording import mark, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planning.scenarios import Scenario

_FIGURES: tuple[tuple[str, str, Callable[[float], str]], ...] = (
    (mark("Covered today"), "covered_before_pct", pct_text),
    (mark("Covered with the plan"), "covered_pct", pct_text),
    (mark("No plan exceeds"), "bound_pct", pct_text),
    (mark("Sites"), "stations", amount_in_words),
    (mark("Cost (10,000 yuan)"), "cost_yuan", wan_text),
    (mark("Drivers"), "drivers", amount_in_words),
    (mark("People"), "people", amount_in_words),
    (mark("Truck traffic"), "truck_km_per_day", amount_in_words),
    (mark("open requests"), "requests", amount_in_words),
    (mark("Longest way"), "longest_min", lambda value: say("{count} min", count=amount_in_words(value))),
)


def figure_frame(shown: Sequence[Scenario]) -> pd.DataFrame:
    """A row for each figure, a column for each plan, and of two plans the difference."""
    rows = []
    for label, name, written in _FIGURES:
        values = [one.figures.get(name) for one in shown]
        row = {say("Figure"): say(label)}
        row |= {one.name: say("unknown") if value is None else written(value)
                for one, value in zip(shown, values, strict=True)}  # fmt: skip
        if len(shown) == 2:
            row[say("Difference")] = _difference(values, written)
        rows.append(row)
    return pd.DataFrame(rows, dtype="str")


def site_frame(shown: Sequence[Scenario]) -> pd.DataFrame:
    """A row for each site, with a sign in the column of each plan that has it."""
    sites = {site.candidate_id: site for one in shown for site in one.sites}
    rows = [
        {
            say("Name"): site.name,
            say("Action"): _action_word(site.action),
            say("Cost (10,000 yuan)"): wan_text(site.cost_yuan),
            **{one.name: "●" if any(its.candidate_id == name for its in one.sites) else "" for one in shown},
        }
        for name, site in sites.items()
    ]
    return pd.DataFrame(rows, dtype="str")


def _action_word(action: str) -> str:
    return next((say(word) for known, word in ACTIONS.items() if known == action), action)


def _difference(values: Sequence[float | None], written: Callable[[float], str]) -> str:
    first, second = values
    if first is None or second is None:
        return say("unknown")
    apart = second - first
    return ("+" if apart > 0 else "−" if apart < 0 else "±") + written(abs(apart))
