"""What a source opens to: why it was refused, its evidence, and each file with its headings and notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.figures import count_text, size_text
from dashboard.html_text import Html, html, joined
from planning.column_labels import label_of
from wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planning.data_health import HealthReport
    from planning.health_records import Origin, Source

# A folder of a thousand files or a sheet of a thousand columns must not become the page.
FILES_LISTED = 30
HEADINGS_LISTED = 60
NOTES_LISTED = 20


def files_html(source: Source, report: HealthReport) -> Html:
    parts: list[Html] = []
    if source.refusal:
        parts.append(html('<p class="refused">{text}</p>', text=str(source.refusal)))
    parts.append(_fact(say("Licence"), source.licence or say("unknown")))
    if source.datum_found_by:
        parts.append(_fact(say("How the datum was found"), str(source.datum_found_by)))
    parts += [_origin(origin, source, report) for origin in source.origins[:FILES_LISTED]]
    if not source.origins:
        parts.append(html("<p>{text}</p>", text=say("No file of it could be read.")))
    if len(source.origins) > FILES_LISTED:
        parts.append(html("<p>{text}</p>", text=_more(len(source.origins) - FILES_LISTED)))
    return joined(parts)


def _origin(origin: Origin, source: Source, report: HealthReport) -> Html:
    tally = origin.tally
    counted = say(
        "{read} read, {kept} kept, {rejected} refused, {merged} merged, {repaired} repaired",
        read=count_text(tally.read),
        kept=count_text(tally.kept),
        rejected=count_text(tally.rejected),
        merged=count_text(tally.merged),
        repaired=count_text(tally.repaired),
    )
    return html(
        '<section><h4>{file}{sheet}</h4><p class="soft">{size} · {counted} · SHA-256 {sha}…</p>'
        "{facts}{notes}</section>",
        file=origin.file,
        sheet=html(" <span>{sheet}</span>", sheet=origin.sheet) if origin.sheet else "",
        size=size_text(origin.size_bytes),
        counted=counted,
        sha=origin.sha256[:12],
        facts=joined(_heading_facts(origin, source, report)),
        notes=_notes(origin),
    )


def _heading_facts(origin: Origin, source: Source, report: HealthReport) -> list[Html]:
    used = [
        _read_from(origin.heading_of(column), label_of(report.labels, source.noun, column))
        for column in origin.headings
    ]
    unused = [html("{heading}", heading=heading) for heading in origin.unused_headings]
    return [
        _fact(say("Headings used"), _chips(used) if used else say("none")),
        _fact(say("Headings not used"), _chips(unused) if unused else say("none")),
    ]


def _read_from(heading: str, label: str) -> Html:
    if heading == label:
        return html("{heading}", heading=heading)
    return html("{heading} → {label}", heading=heading, label=label)


def _chips(chips: Sequence[Html]) -> Html:
    listed = [html('<span class="chip">{chip}</span>', chip=chip) for chip in chips[:HEADINGS_LISTED]]
    if len(chips) > HEADINGS_LISTED:
        listed.append(html("<span>{text}</span>", text=_more(len(chips) - HEADINGS_LISTED)))
    return joined(listed)


def _notes(origin: Origin) -> Html:
    if not origin.notes:
        return Html("")
    listed = [html("<li>{note}</li>", note=str(note)) for note in origin.notes[:NOTES_LISTED]]
    if len(origin.notes) > NOTES_LISTED:
        listed.append(html("<li>{text}</li>", text=_more(len(origin.notes) - NOTES_LISTED)))
    return _fact(say("Notes"), html("<ul>{listed}</ul>", listed=joined(listed)))


def _fact(label: str, content: object) -> Html:
    return html('<div class="fact"><span>{label}</span><div>{content}</div></div>', label=label, content=content)


def _more(count: int) -> str:
    return say("and {count} more", count=count_text(count))
