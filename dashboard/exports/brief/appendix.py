"""The appendix of a brief: what was asked, the sites with their positions, the costs, and where all of it is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.exports.provenance import sources_of
from dashboard.exports.siting_files import FROM
from dashboard.figures import moment_text
from dashboard.siting.question_in_words import in_words
from planning.code_words import code_word
from planning.data_health import build_facts
from planning.siting.costs import base_name
from planning.siting.reasons import wan_text
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import say

if TYPE_CHECKING:
    from dashboard.exports.brief.office_document import OfficeDocument
    from planning.siting.answer import SitingAnswer


def write_appendix(document: OfficeDocument, answer: SitingAnswer) -> None:
    document.heading(say("Appendix"))
    document.paragraph(say("1. What was asked"))
    asked = [(label, say(", ").join(words)) for label, words in in_words(answer.question).items()]
    document.table((say("Condition"), say("Chosen")), asked, (5.0, 10.6))
    document.paragraph(say("2. The sites and what is added to each"))
    sites = [
        (
            str(site.rank), site.candidate.candidate_id, f"{site.candidate.lon:.6f}, {site.candidate.lat:.6f}",
            say(", ").join(code_word("facility", one) for one in site.candidate.missing) or say("none"),
            wan_text(site.candidate.cost_yuan),
        )
        for site in answer.sites
    ]  # fmt: skip
    headings = (say("Rank"), say("Id"), say("Longitude, latitude (WGS-84)"), say("Facilities to be added"),
                say("Cost (10,000 yuan)"))  # fmt: skip
    document.table(headings, sites, (1.2, 3.8, 4.2, 4.4, 2.0))
    document.paragraph(say("3. Costs and their sources"))
    standards = standards_of(answer.setting.atlas.place_folder)
    rows = [
        (str(one.label), wan_text(one.value), one.source, one.dated_on)
        for name in _cost_names(answer)
        for one in [standard(name, standards)]
    ]
    document.table((say("Cost"), say("10,000 yuan"), say("Source"), say("Date")), rows, (6.0, 2.2, 5.4, 2.0))
    document.paragraph(say("4. Data"))
    facts = build_facts(answer.setting.atlas)
    document.paragraph(say("Snapshot {build}, made at {moment}.", build=facts.build_id,
                           moment=moment_text(facts.started_at)))  # fmt: skip
    for source in sources_of(answer.setting.atlas, *FROM):
        document.paragraph(source.sentence)


def _cost_names(answer: SitingAnswer) -> list[str]:
    """The standards that the money of this plan comes from."""
    known = standards_of(answer.setting.atlas.place_folder).numbers
    found = []
    for site in answer.sites:
        row = site.candidate
        found.append(base_name(row.action, answer.question.tier))
        found += [name for one in row.missing if (name := f"price_{one}_yuan") in known]
    return list(dict.fromkeys(found))
