"""The cells of a picture or page, by a measure or by coverage: what is drawn, how it is called, what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dashboard.layers.coverage import coverage_labels, unit_of
from dashboard.layers.gaps import EDGE, SHOWN
from dashboard.palette import UNKNOWN_HATCH
from dashboard.pictures.legend import Entry, LegendGroup, cell_legend
from dashboard.tiles.cell_pictures import drawn_cells
from dashboard.tiles.coverage_cells import COLOURS, coverage_cells
from planning.cell_measures import CELL_MEASURES
from planning.gaps import gap_outline, gaps
from wording import say

if TYPE_CHECKING:
    from dashboard.coverage_choice import CoverageChoice
    from dashboard.palette import Theme
    from dashboard.tiles.cell_pictures import DrawnCells
    from planning.atlas import Atlas


@dataclass(frozen=True)
class GapMark:
    """A gap's outline in degrees, and where its rank stands."""

    rank: int
    shape: Any
    lon: float
    lat: float


@dataclass(frozen=True)
class ColouredCells:
    """Cells ready to draw, their title and legend, and the gaps that are marked on them."""

    drawn: DrawnCells
    title: str
    legend: LegendGroup
    gaps: tuple[GapMark, ...] = ()
    gap_edge: str = ""


def coloured_cells(
    atlas: Atlas, measure: str | None, coverage: CoverageChoice | None, theme: Theme
) -> ColouredCells | None:
    """By coverage where that is asked for, else by a measure, else none."""
    if coverage is not None:
        return _by_coverage(atlas, coverage, theme)
    if measure is None:
        return None
    drawn = drawn_cells(atlas, measure)
    chosen = CELL_MEASURES[measure]
    return ColouredCells(drawn, say(chosen.label), cell_legend(chosen, drawn.classes(theme), theme))


def _by_coverage(atlas: Atlas, choice: CoverageChoice, theme: Theme) -> ColouredCells:
    drawn, found = coverage_cells(atlas, choice), choice.of(atlas)
    title = say("Way to the nearest station that fits")
    entries = [
        Entry(label, colour, "area") for label, colour in zip(coverage_labels(choice), COLOURS[theme], strict=True)
    ]
    if drawn.levels[0].is_hatched.any():
        hatch = UNKNOWN_HATCH[theme]
        entries.append(Entry(say("a station may fit, its ledger does not say"), COLOURS[theme][0], "hatched", hatch))
    entries.append(Entry(say("gap, with its rank"), EDGE[theme], "outline"))
    legend = LegendGroup(f"{title} ({unit_of(choice)})", tuple(entries))
    marked = tuple(
        GapMark(gap.rank, gap_outline(found, gap), gap.lon, gap.lat)
        for gap in gaps(atlas, found, choice.rank_by)[:SHOWN]
    )
    return ColouredCells(drawn, title, legend, marked, EDGE[theme])
