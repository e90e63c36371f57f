"""What a printed map needs beside the map: title, legend, scale, north, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dashboard.pictures.fonts import font
from dashboard.pictures.map_frame import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from dashboard.pictures.looks import Look
    from dashboard.pictures.map_frame import MapFrame

_ABOVE = 40
_TITLE_PT, _SMALL_PT = 14.0, 6.5


def draw_title(figure: Figure, title: str, made_up: str, look: Look) -> None:
    figure.text(
        0.025, 0.95, plain(title, 44), fontproperties=font(_TITLE_PT, is_bold=True), color=look.ink, va="center",
        parse_math=False,
    )  # fmt: skip
    if made_up:
        figure.text(
            0.975, 0.95, made_up, fontproperties=font(9, is_bold=True), color=look.made_up, va="center", ha="right",
            parse_math=False, bbox={"boxstyle": "round,pad=0.4", "fc": "none", "ec": look.made_up, "lw": 1.0},
        )  # fmt: skip


def draw_footer(figure: Figure, text: str, look: Look) -> None:
    figure.text(
        0.025, 0.024, plain(text, 150), fontproperties=font(_SMALL_PT), color=look.ink_soft, va="center",
        parse_math=False,
    )  # fmt: skip


def draw_scale(frame: MapFrame) -> None:
    """A bar of a round length, true everywhere on the picture, at its lower left."""
    (west, east), (south, north) = frame.axes.get_xlim(), frame.axes.get_ylim()
    length_m = round_length_m((east - west) / 5)
    x, y, height = west + (east - west) * 0.025, south + (north - south) * 0.035, (north - south) * 0.008
    back, ink = frame.look.page, frame.look.ink
    pad = (east - west) * 0.012
    _box(frame.axes, x - pad, y - pad * 0.8, length_m + pad * 2, height + (north - south) * 0.05, back, "none", 0.75)
    for part, fill in ((0, ink), (1, back)):
        _box(frame.axes, x + part * length_m / 2, y, length_m / 2, height, fill, ink, 1)
    style = font(_SMALL_PT)
    for share, text in ((0.0, "0"), (0.5, _length_text(length_m / 2)), (1.0, f"{_length_text(length_m)} km")):
        side = ("left", "center", "right")[int(share * 2)]
        above = {"va": "bottom", "zorder": _ABOVE + 1}
        frame.write(x + share * length_m, y + height * 1.6, text, style, color=ink, ha=side, **above)


def round_length_m(longest_m: float) -> float:
    """The largest 1, 2 or 5 times a power of ten that is not longer."""
    power = 10.0 ** np.floor(np.log10(longest_m))
    return float(max(step * power for step in (1, 2, 5) if step * power <= longest_m * (1 + 1e-9)))


def _length_text(length_m: float) -> str:
    return f"{length_m / 1000:g}"


def draw_north(frame: MapFrame, letter: str) -> None:
    """An arrow to the north at the upper right."""
    from matplotlib.patches import Polygon  # noqa: PLC0415

    (west, east), (_, north) = frame.axes.get_xlim(), frame.axes.get_ylim()
    size = (east - west) * 0.016
    x, y = east - size * 2, north - size * 4.2
    for side, fill in ((-1, frame.look.ink), (1, frame.look.page)):
        corners = [(x, y + size * 2), (x + side * size * 0.8, y - size * 0.6), (x, y)]
        frame.axes.add_patch(Polygon(corners, facecolor=fill, edgecolor=frame.look.ink, linewidth=0.8, zorder=_ABOVE))
    frame.write(
        x, y + size * 2.3, letter, font(8, is_bold=True), color=frame.look.ink, ha="center", va="bottom", zorder=_ABOVE
    )


def _box(axes: Axes, x: float, y: float, width: float, height: float, fill: str, edge: str, alpha: float) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    axes.add_patch(
        Rectangle((x, y), width, height, facecolor=fill, edgecolor=edge, linewidth=0.8, alpha=alpha, zorder=_ABOVE)
    )
