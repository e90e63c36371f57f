"""The siting plan in the terminal: the sites with cost, gain and reason, and how good any plan could be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboard.exports.siting_files import plan_file
from planning.atlas import open_atlas
from planning.code_words import codes_of
from planning.siting.answer import answered
from planning.siting.frontier import frontier
from planning.siting.plan_features import answer_as_json
from planning.siting.proof_in_words import proof_in_words, share_in_words
from planning.siting.question import GOALS, RULES, YUAN_PER_WAN, usual_question
from planning.siting.reasons import reasons, wan_text
from planning.siting.solver.effort import Effort
from wording import Refusal, say

if TYPE_CHECKING:
    from pathlib import Path

    from planning.siting.answer import SitingAnswer
    from planning.siting.question import SitingQuestion

SUFFIXES = ("gpkg", "xlsx", "kml", "geojson")
USUAL_NEW = 3


def asked_for(
    place: Path, *, new: int | None, budget_wan: float | None, minutes: float | None, goal: str, rule: str, needs: str,
    share_pct: float, each_township: bool, seed: int,
) -> SitingQuestion:  # fmt: skip
    """The question of a command line, or a refusal that says which words are known."""
    if goal not in GOALS:
        raise Refusal("There is no goal “{goal}”. There are: {goals}.", goal=goal, goals=", ".join(GOALS))
    if rule not in RULES:
        raise Refusal("There is no rule “{rule}”. There are: {rules}.", rule=rule, rules=", ".join(RULES))
    facilities = tuple(sorted({part.strip() for part in needs.replace("，", ",").split(",") if part.strip()}))
    unknown = [one for one in facilities if one not in codes_of("facility")]
    if unknown:
        raise Refusal(
            "“{words}” is no facility. There are: {codes}.",
            words=", ".join(unknown),
            codes=", ".join(codes_of("facility")),
        )
    if new is None and budget_wan is None:
        new = USUAL_NEW
    asked: dict[str, Any] = {"new": new, "goal": goal, "rule": rule, "share_pct": share_pct,
                             "each_township": each_township, "seed": seed}  # fmt: skip
    if budget_wan is not None:
        asked["budget_yuan"] = budget_wan * YUAN_PER_WAN
    if minutes is not None:
        asked["within_min"] = minutes
    if facilities:
        asked["facilities"] = facilities
    return usual_question(open_atlas(place), **asked)


def plan_of(place: Path, question: SitingQuestion, time_limit_s: float) -> SitingAnswer:
    return answered(open_atlas(place), question, Effort(time_limit_s, question.seed))


def plan_answer(answer: SitingAnswer) -> dict[str, Any]:
    """The plan for programs, the frontier with it."""
    return answer_as_json(answer, frontier(answer.setting))


def write_plan(answer: SitingAnswer, file: Path) -> None:
    """The sites as a file of the kind that its name ends in."""
    form = need_known_form(file)
    file.write_bytes(plan_file(answer, form))


def need_known_form(file: Path) -> str:
    form = file.suffix.lower().lstrip(".")
    if form not in SUFFIXES:
        raise Refusal(
            "{file}: the name must end in one of {suffixes}.",
            file=file,
            suffixes=", ".join(f".{suffix}" for suffix in SUFFIXES),
        )
    return form


def show_plan(answer: SitingAnswer) -> None:
    console = Console()
    why = reasons(answer)
    table = Table(title=Text(share_in_words(answer)), title_justify="left", show_lines=True)
    for heading in (say("Rank"), say("Name"), say("Action"), say("Cost (10,000 yuan)"), say("Reason")):
        table.add_column(Text(heading))
    for site in answer.sites:
        row = site.candidate
        table.add_row(str(site.rank), Text(row.name), Text(row.action_word), wan_text(row.cost_yuan),
                      Text(why[site.number].sentence))  # fmt: skip
    console.print(table)
    console.print(Text(proof_in_words(answer)))
