"""The two maps of a brief: today, and with the plan carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from dashboard.coverage_choice import CoverageChoice
from dashboard.exports.map_picture import map_picture
from dashboard.layers.coverage import coverage_labels, unit_of
from dashboard.layers.sites import EDGE
from dashboard.pictures.coloured_cells import ColouredCells, GapMark
from dashboard.pictures.legend import Entry, LegendGroup
from dashboard.siting.site_file import newly_covered
from dashboard.tiles.coverage_cells import COLOURS, cells_of
from planning.cell_outline import outline_of
from planning.siting.after import coverage_after
from wording import say

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer
    from planning.siting.site_order import Site

_WIDTH_PX, _HEIGHT_PX = 1500, 1060
_SPOT_DEG = 0.002  # a site that newly covers nothing is drawn as a spot
_LAYERS = ("stations",)


def picture_today(answer: SitingAnswer) -> bytes:
    choice = CoverageChoice(answer.question.within_min, answer.question.need)
    return map_picture(answer.setting.atlas, None, _LAYERS, coverage=choice, width_px=_WIDTH_PX, height_px=_HEIGHT_PX)


def picture_with_plan(answer: SitingAnswer) -> bytes:
    choice = CoverageChoice(answer.question.within_min, answer.question.need)
    title = say("Way to the nearest station with the plan")
    entries = [
        Entry(label, colour, "area") for label, colour in zip(coverage_labels(choice), COLOURS["light"], strict=True)
    ]
    entries.append(Entry(say("new site, with what it newly covers"), EDGE["light"], "outline"))
    cells = ColouredCells(
        cells_of(coverage_after(answer)), title, LegendGroup(f"{title} ({unit_of(choice)})", tuple(entries)),
        tuple(_mark(answer, site) for site in answer.sites), EDGE["light"],
    )  # fmt: skip
    return map_picture(answer.setting.atlas, None, _LAYERS, cells=cells, width_px=_WIDTH_PX, height_px=_HEIGHT_PX)


def _mark(answer: SitingAnswer, site: Site) -> GapMark:
    row, cells = site.candidate, newly_covered(answer, site)
    shape = outline_of(answer.setting.before.cells, cells) if len(cells) else None
    if shape is None or shape.is_empty:
        shape = shapely.Point(row.lon, row.lat).buffer(_SPOT_DEG)
    return GapMark(site.rank, shape, row.lon, row.lat)
