"""选址方案: basis, present state, gaps, plan, money, method and the appendix with every figure's rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.coverage.amounts import amount_text
from dashboard.exports.brief.appendix import write_appendix
from dashboard.exports.brief.office_document import OfficeDocument
from dashboard.exports.brief.plan_pictures import picture_today, picture_with_plan
from dashboard.figures import pct_text
from dashboard.siting.firmness_part import firmness_in_words
from planning.data_health import build_facts
from planning.gap_reason import cost_text
from planning.gaps import gaps
from planning.need import stations
from planning.siting.proof_in_words import proof_in_words, share_in_words
from planning.siting.reasons import MEASURE_WORDS, amount_in_words, gain_label, gain_text, reasons, wan_text
from planning.standards import standard, standard_list
from planning.standards.of_place import standards_of
from wording import say

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer
    from planning.siting.question import Measured
    from planning.siting.sensitivity import Firmness

BRIEF_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_GAPS_SHOWN = 10


def brief_file(answer: SitingAnswer, firm: Firmness | None = None) -> bytes:
    """The document, ready to be opened and edited."""
    facts = build_facts(answer.setting.atlas)
    document = OfficeDocument(say("Siting plan for truck drivers' stations of {place}", place=facts.place_name),
                              facts.started_at)  # fmt: skip
    made_up = say("Sample data: all of it is made up and says nothing about a real place.") if facts.is_made_up else ""
    document.title(say("Siting plan for truck drivers' stations of {place}", place=facts.place_name), made_up)
    _write_basis(document, answer)
    _write_present_state(document, answer)
    _write_gaps(document, answer)
    _write_plan(document, answer, firm)
    _write_money(document, answer)
    _write_method(document, answer)
    document.new_page()
    write_appendix(document, answer)
    return document.to_bytes()


def _write_basis(document: OfficeDocument, answer: SitingAnswer) -> None:
    document.heading(say("I. Basis"))
    standards = standards_of(answer.setting.atlas.place_folder)
    document.paragraph(say("Standards: {one}; {other}.", one=standard("coverage_min", standards).sentence,
                           other=standard_list("five_free_services", standards).sentence))  # fmt: skip
    document.paragraph(
        say(
            "Near enough means within {minutes} minutes by truck on the roads, at the speeds of the standards.",
            minutes=f"{answer.question.within_min:g}",
        )
    )


def _write_present_state(document: OfficeDocument, answer: SitingAnswer) -> None:
    laid = answer.setting
    document.heading(say("II. Present state"))
    is_open = [one for one in stations(laid.atlas) if one.status == "open"]
    document.paragraph(
        say(
            "{count} stations are open; {fitting} of them are known to have all that is asked for.",
            count=len(is_open),
            fitting=len([one for one in is_open if one in laid.before.reach.stations]),
        )
    )
    rows = [
        (say(MEASURE_WORDS[name][0]), *_before_and_after(answer, laid.totals[name], name))
        for name in laid.totals
        if laid.totals[name] > 0
    ]
    headings = (say("Counted"), say("In all"), say("covered today"), say("covered with the plan"))
    document.table(headings, rows, (3.6, 3.6, 4.2, 4.2))
    document.picture(picture_today(answer), say("Figure 1: coverage today"))


def _before_and_after(answer: SitingAnswer, whole: float, measure: Measured) -> tuple[str, str, str]:
    before, after = answer.amount(measure, before=True), answer.amount(measure)
    return (
        amount_in_words(whole),
        f"{amount_in_words(before)} ({pct_text(100 * before / whole)})",
        f"{amount_in_words(after)} ({pct_text(100 * after / whole)})",
    )


def _write_gaps(document: OfficeDocument, answer: SitingAnswer) -> None:
    document.heading(say("III. Coverage gaps"))
    found = gaps(answer.setting.atlas, answer.setting.before)
    document.paragraph(say("There are {count} gaps today; the {shown} worst are:", count=len(found),
                           shown=min(len(found), _GAPS_SHOWN)))  # fmt: skip
    rows = [
        (
            str(gap.rank), gap.name, amount_text(gap.drivers, is_lower_bound=gap.is_drivers_lower_bound),
            gap.station.name if gap.station else say("none"),
            say("no way") if gap.cost is None else cost_text(gap.cost, "min"),
            (gap.owner.smallest.post if gap.owner.smallest else None) or say("nobody named"),
        )
        for gap in found[:_GAPS_SHOWN]
    ]  # fmt: skip
    headings = (
        say("Rank"),
        say("Name"),
        say("Drivers"),
        say("Nearest station"),
        say("away"),
        say("Who answers for it"),
    )
    document.table(headings, rows, (1.2, 4.2, 2.0, 3.6, 2.0, 2.6))


def _write_plan(document: OfficeDocument, answer: SitingAnswer, firm: Firmness | None) -> None:
    document.heading(say("IV. The plan"))
    document.paragraph(share_in_words(answer))
    why, laid = reasons(answer), answer.setting
    gained = gain_label(laid)
    headings = [say("Rank"), say("Name"), say("Action"), say("Cost (10,000 yuan)"), gained, say("Reason")]
    rows = [
        [str(site.rank), site.candidate.name, site.candidate.action_word, wan_text(site.candidate.cost_yuan),
         gain_text(laid, site), why[site.number].sentence]
        for site in answer.sites
    ]  # fmt: skip
    document.table(headings, rows, (1.2, 3.0, 1.5, 1.9, 2.0, 6.0))
    if firm is not None:
        named = [site.candidate.name for site in answer.sites if firm.is_firm(site.number)]
        document.paragraph(firmness_in_words(firm))
        document.paragraph(say("Firm are: {names}.", names=say(", ").join(named) if named else say("none")))
    document.picture(picture_with_plan(answer), say("Figure 2: coverage with the plan"))


def _write_money(document: OfficeDocument, answer: SitingAnswer) -> None:
    document.heading(say("V. Money"))
    years = sorted({site.year for site in answer.sites})
    rows = [
        (say("Year {year}", year=year), str(len(some)), wan_text(sum(site.candidate.cost_yuan for site in some)))
        for year in years
        for some in [[site for site in answer.sites if site.year == year]]
    ]
    rows.append((say("In all"), str(len(answer.sites)), wan_text(answer.cost_yuan)))
    document.table((say("Year"), say("Sites"), say("Cost (10,000 yuan)")), rows, (5.0, 5.0, 5.6))
    document.paragraph(
        say(
            "Costs go by action, tier and missing facilities as the standards of the place have them; a facility of "
            "which nothing is known counts as missing, so that the true cost is this or less."
        )
    )


def _write_method(document: OfficeDocument, answer: SitingAnswer) -> None:
    document.heading(say("VI. Method, and how good the plan is"))
    document.paragraph(
        say(
            "Of {count} candidates those were chosen that together bring most within the limits; today's stations "
            "count, and nobody is counted twice. {proof}",
            count=len(answer.setting.candidates.rows),
            proof=proof_in_words(answer),
        )
    )
