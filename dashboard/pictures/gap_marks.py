"""The outlines of gaps on a picture, each with its rank."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shapely

from dashboard.pictures.ground_layer import draw_area

if TYPE_CHECKING:
    from dashboard.pictures.coloured_cells import ColouredCells
    from dashboard.pictures.map_frame import MapFrame

_WIDTH_PT, _SIGN_PT = 1.3, 6.5


def draw_gap_marks(frame: MapFrame, cells: ColouredCells, above: float) -> None:
    for mark in cells.gaps:
        draw_area(frame, mark.shape, "none", cells.gap_edge, _WIDTH_PT, above)
        spot = frame.to_metres(shapely.Point(mark.lon, mark.lat))
        look = {
            "boxstyle": "circle,pad=0.25",
            "facecolor": cells.gap_edge,
            "edgecolor": frame.look.page,
            "linewidth": 0.8,
        }
        frame.axes.text(
            spot.x, spot.y, str(mark.rank), color=frame.look.page, fontsize=_SIGN_PT, ha="center", va="center",
            bbox=look, zorder=above + 0.5, clip_on=True,
        )  # fmt: skip
