"""Coverage in the terminal: the shares, and the worst gaps with who answers for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from dashboard.coverage.amounts import amount_text
from dashboard.coverage.gaps_taken_away import gap_answer
from planning.atlas import open_atlas
from planning.code_words import codes_of
from planning.coverage import coverage, shares_as_rows
from planning.gap_features import gap_as_json
from planning.gap_reason import cost_text
from planning.gaps import gaps
from planning.kpis.kpi import value_text
from planning.need import Need
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import Refusal, say

if TYPE_CHECKING:
    from pathlib import Path

    from dashboard.coverage_choice import CoverageChoice
    from planning.atlas import Atlas
    from planning.coverage import Coverage

LISTED = 10
SUFFIXES = ("gpkg", "xlsx", "kml", "geojson")


def asked_for(place: Path, minutes: float | None, needs: str, *, with_planned: bool) -> CoverageChoice:
    """The question of a command line, or a refusal that says which words are known."""
    from dashboard.coverage_choice import LEAST, MOST, CoverageChoice  # noqa: PLC0415

    facilities = tuple(sorted({part.strip() for part in needs.replace("，", ",").split(",") if part.strip()}))
    unknown = [one for one in facilities if one not in codes_of("facility")]
    if unknown:
        raise Refusal(
            "“{words}” is no facility. There are: {codes}.",
            words=", ".join(unknown),
            codes=", ".join(codes_of("facility")),
        )
    within = standard("coverage_min", standards_of(place)).value if minutes is None else minutes
    if not LEAST <= within <= MOST:
        raise Refusal("Minutes are between {least} and {most}.", least=f"{LEAST:g}", most=f"{MOST:g}")
    return CoverageChoice(within, Need(facilities=facilities, with_planned=with_planned))


def coverage_answer(place: Path, choice: CoverageChoice) -> dict[str, Any]:
    """The coverage for programs, every gap with it, and the build that it is of."""
    atlas = open_atlas(place)
    found = coverage(atlas, choice.need, choice.within)
    share = found.shares["drivers"]
    return {
        "within_min": choice.within,
        "needs": list(choice.need.facilities),
        "with_planned": choice.need.with_planned,
        "covered_drivers_pct": share.pct,
        "is_lower_bound": share.is_lower_bound,
        "shares": shares_as_rows(found),
        "p95_min": found.longest(95),
        "gaps": [gap_as_json(atlas, found, gap) for gap in gaps(atlas, found)],
        "build": atlas.build_id,
    }


def write_gaps(place: Path, choice: CoverageChoice, file: Path) -> None:
    """Every gap as a file of the kind that its name ends in."""
    form = file.suffix.lower().lstrip(".")
    if form not in SUFFIXES:
        raise Refusal(
            "{file}: the name must end in one of {suffixes}.",
            file=file,
            suffixes=", ".join(f".{suffix}" for suffix in SUFFIXES),
        )
    file.write_bytes(gap_answer(open_atlas(place), choice, form))


def show_coverage(place: Path, choice: CoverageChoice) -> None:
    """The shares, then the worst gaps."""
    atlas = open_atlas(place)
    found = coverage(atlas, choice.need, choice.within)
    console = Console(highlight=False)
    console.print(_shares(found))
    console.print()
    console.print(_gaps(atlas, found))


def _shares(found: Coverage) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(say("Covered"))
    for heading in ("%", say("Covered"), say("Of")):
        table.add_column(heading, justify="right")
    table.add_column(say("Unit"))
    for share in found.shares.values():
        table.add_row(
            share.label,
            value_text(share.pct, "%", decimals=1, is_lower_bound=share.is_lower_bound),
            amount_text(share.covered, is_lower_bound=share.is_lower_bound),
            amount_text(share.total, is_lower_bound=share.is_total_lower_bound),
            share.unit,
        )
    return table


def _gaps(atlas: Atlas, found: Coverage) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading, side in (
        (say("Rank"), "right"), (say("Name"), "left"), (say("Drivers"), "right"), ("km²", "right"),
        (say("away"), "right"), (say("Nearest station"), "left"), (say("Who answers for it"), "left"),
    ):  # fmt: skip
        table.add_column(heading, justify="right" if side == "right" else "left", overflow="fold")
    for gap in gaps(atlas, found)[:LISTED]:
        owner = gap.owner.smallest
        table.add_row(
            str(gap.rank),
            Text(gap.name),
            amount_text(gap.drivers, is_lower_bound=gap.is_drivers_lower_bound),
            f"{gap.area_km2:,.1f}",
            say("no way") if gap.cost is None else cost_text(gap.cost, found.reach.need.measure),
            Text(gap.station.name if gap.station else say("none")),
            Text((owner.post if owner else None) or say("nobody named")),
        )
    return table
