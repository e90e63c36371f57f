"""What a planner asks on the page: how many or how much money, for whom, and what is wished by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, cast

import streamlit as st

from dashboard.siting.spots import asked_spots
from dashboard.url_state import choose_flag, choose_many, choose_number, choose_one
from planning.code_words import code_word, codes_of
from planning.siting.question import (
    GOALS,
    MEASURED,
    RULES,
    YUAN_PER_WAN,
    CorridorRule,
    Goal,
    SitingQuestion,
    usual_question,
)
from planning.siting.reasons import MEASURE_WORDS
from planning.siting.setting import setting
from planning.siting.spacing_demand import SPACING_STANDARDS
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import mark, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from planning.atlas import Atlas

LIMITS = {"number": mark("a number of stations"), "money": mark("a budget"), "both": mark("a number and a budget")}
_SECONDS = ("10", "30", "60", "300")


@dataclass(frozen=True)
class Asked:
    """The question, and how long may be searched for it."""

    question: SitingQuestion
    time_limit_s: float


def ask_for_plan(atlas: Atlas) -> Asked:
    """The question as the page's controls have it; the usual ones stand in one line."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="siting_question"):
        with st.popover(say("More conditions"), key="siting_more"):
            rarer, seconds = _rarer(atlas)
        asked = _usual(atlas)
    question = usual_question(atlas, **(rarer | asked))
    with st.expander(say("Wishes set by hand"), key="siting_hands"):
        question = _hands(atlas, question)
    return Asked(question, seconds)


def _usual(atlas: Atlas) -> dict[str, Any]:
    usual = usual_question(atlas)
    goal = choose_one("goal", say("Goal"), list(GOALS), default="most", shown=lambda one: say(GOALS[one]))
    found: dict[str, Any] = {"goal": cast("Goal", goal), "new": None}
    if goal == "least_money":
        found["share_pct"] = float(
            choose_number("share", say("Share to reach"), 10, 100, step=1, default=90, shown="%d %%")
        )
        found["each_township"] = choose_flag("each", say("Every township"), help_text=say("At least one in each."))
    elif goal == "corridors":
        found["rule"] = cast("CorridorRule", choose_one("rule", say("Rule"), list(RULES), default="minutes",
                                                        shown=_rule_label(atlas)))  # fmt: skip
    else:
        found |= _limit(is_number_needed=goal == "worst_off", is_one_year=goal == "bays")
    within = round(usual.within_min)
    within = choose_number("within", say("Near enough: up to"), 5, 90, step=1, default=within, shown=say("%d min"))
    found["within_min"] = float(within)
    return found


def _rule_label(atlas: Atlas) -> Callable[[str], str]:
    """With the number that the place's standards give."""
    standards = standards_of(atlas.place_folder)

    def shown(rule: str) -> str:
        known = cast("CorridorRule", rule)
        name = SPACING_STANDARDS.get(known)
        words = say(RULES[known])
        return words if name is None else f"{words} ({standard(name, standards).value:g} km)"

    return shown


def _limit(*, is_number_needed: bool, is_one_year: bool) -> dict[str, Any]:
    limit = "number"
    if not is_number_needed:
        limit = choose_one("limit", say("Within"), list(LIMITS), default=limit, shown=lambda one: say(LIMITS[one]))
    found: dict[str, Any] = {"new": None}
    if limit in {"number", "both"}:
        found["new"] = choose_number("new", say("New stations"), 1, 20, step=1, default=3, shown="%d")
    if limit in {"money", "both"}:
        found["budget_yuan"] = _money("money", say("This year"), 150)
    if limit == "money" and not is_one_year:
        later = [_money(f"money{year}", say("Year {year}", year=year), 0) for year in (2, 3)]
        while later and later[-1] == 0:
            later.pop()
        found["later_budgets_yuan"] = tuple(later)
    return found


def _money(name: str, label: str, usual_wan: int) -> float:
    wan = choose_number(name, label, 0, 1000, step=5, default=usual_wan, shown=say("%d × 10,000 yuan"))
    return wan * YUAN_PER_WAN


def _rarer(atlas: Atlas) -> tuple[dict[str, Any], float]:
    usual = usual_question(atlas)
    weights = {
        name: choose_number(
            f"w_{name}", say("Weight: {what}", what=say(MEASURE_WORDS[name][0])), 0, 100, step=5,
            default=100 if name == "drivers" else 0, shown="%d",
        )
        for name in MEASURED
    }  # fmt: skip
    facilities = choose_many(
        "offers", say("A new station offers"), codes_of("facility"), shown=lambda code: code_word("facility", code),
        hint=say("the five free services"),
    )  # fmt: skip
    tier = choose_one(
        "tier",
        say("Tier of new stations"),
        codes_of("tier"),
        default=usual.tier,
        shown=lambda code: code_word("tier", code),
    )
    kinds = choose_many(
        "kinds", say("Kinds of resources"), codes_of("resource_kind"),
        shown=lambda code: code_word("resource_kind", code), hint=say("all"),
    )  # fmt: skip
    no_free = choose_flag("nofree", say("Not on free land"))
    no_upgrades = choose_flag("noupgrade", say("Without upgrading stations"))
    seconds = choose_one(
        "seconds", say("Search for up to"), _SECONDS, default="60", shown=lambda one: say("{count} s", count=one)
    )
    found: dict[str, Any] = {
        "mix": tuple((name, float(share)) for name, share in weights.items() if share > 0),
        "tier": tier, "kinds": tuple(sorted(kinds)), "with_free_land": not no_free, "with_upgrades": not no_upgrades,
        "spots": asked_spots(),
    }  # fmt: skip
    if facilities:
        found["facilities"] = tuple(sorted(facilities))
    return found, float(seconds)


def _hands(atlas: Atlas, question: SitingQuestion) -> SitingQuestion:
    """Which candidates must and must not be in, and how they may lie to each other."""
    rows = setting(atlas, question).candidates.rows
    names = {row.candidate_id: f"{row.name}（{row.action_word}）" for row in rows}
    ids = sorted(names, key=lambda one: names[one])
    required = choose_many("must", say("Must be in"), ids, shown=lambda one: names[one], hint=say("none"))
    forbidden = choose_many("mustnot", say("Must not be in"), ids, shown=lambda one: names[one], hint=say("none"))
    apart = choose_number("apart", say("Distance between sites"), 0, 30, step=1, default=0, shown="%d km")
    per_grid = choose_number("pergrid", say("At most in a grid (0: any number)"), 0, 5, step=1, default=0, shown="%d")
    return replace(
        question, required=tuple(required), forbidden=tuple(one for one in forbidden if one not in required),
        apart_km=float(apart), per_grid=per_grid or None,
    ).checked()  # fmt: skip
