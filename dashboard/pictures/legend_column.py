"""The legend of a picture, in a column of its own so that it covers nothing."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from dashboard.pictures.fonts import font
from dashboard.pictures.looks import PLAIN_FORM, POINT_FORM
from dashboard.pictures.map_frame import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from dashboard.pictures.legend import Entry, LegendGroup
    from dashboard.pictures.looks import Look

_LINE_PT, _GAP_PT, _TIGHTEST = 13.0, 7.0, 0.66
_TEXT_PT, _SMALL_PT = 7.5, 6.2
_INDENT_PT, _SIGN_AT_PT = 22.0, 8.0
_PT_PER_INCH = 72
_NARROW_SIGN = 0.56  # beside a Chinese one


class _Line(NamedTuple):
    text: str
    entry: Entry | None = None
    is_title: bool = False


def draw_legend(figure: Figure, axes: Axes, groups: Sequence[LegendGroup], look: Look, more_text: str) -> None:
    """The groups one below another, closer where they are many; lines that have no room are counted."""
    box, (width, height) = axes.get_position(), figure.get_size_inches()
    width_pt, height_pt = box.width * width * _PT_PER_INCH, box.height * height * _PT_PER_INCH
    axes.set_xlim(0, width_pt)
    axes.set_ylim(-height_pt, 0)
    axes.axis("off")
    lines = list(_lines(groups, width_pt))
    needed_pt = len(lines) * _LINE_PT + len(groups) * _GAP_PT
    tightness = max(min(height_pt / max(needed_pt, 1), 1), _TIGHTEST)
    y = -_LINE_PT * 0.6
    for at, line in enumerate(lines):
        y -= _GAP_PT * tightness if line.is_title and at else 0
        if y < -height_pt + _LINE_PT * 1.2 and at < len(lines) - 1:
            _write(axes, 0, y, f"{more_text} {len(lines) - at}", look.ink_soft, _SMALL_PT)
            return
        _draw_line(axes, y, line, look, tightness)
        y -= _LINE_PT * tightness


def _lines(groups: Sequence[LegendGroup], width_pt: float) -> Iterator[_Line]:
    for group in groups:
        yield _Line(group.title, is_title=True)
        for entry in group.entries:
            yield _Line(entry.label, entry)
        yield from (_Line(part) for part in _wrapped(group.note, width_pt / _SMALL_PT))


def _wrapped(text: str, width: float) -> Iterator[str]:
    """The text in lines of a width that is counted in Chinese signs; English breaks between words."""
    line = ""
    for word in text.split(" ") if " " in text else text:
        between = " " if " " in text and line else ""
        if line and _width(line + between + word) > width:
            yield line
            line, between = "", ""
        line += between + word
    if line:
        yield line


def _width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else _NARROW_SIGN for sign in text)


def _draw_line(axes: Axes, y: float, line: _Line, look: Look, tightness: float) -> None:
    size_pt = max(_TEXT_PT * tightness, _SMALL_PT)
    if line.entry is not None:
        _sign(axes, _SIGN_AT_PT, y, line.entry, look, tightness)
        _write(axes, _INDENT_PT, y, line.text, look.ink, size_pt)
    elif line.is_title:
        _write(axes, 0, y, line.text, look.ink, size_pt, is_bold=True)
    else:
        _write(axes, 0, y, line.text, look.ink_soft, _SMALL_PT)


def _write(axes: Axes, x: float, y: float, text: str, ink: str, size_pt: float, *, is_bold: bool = False) -> None:
    style = font(round(size_pt, 1), is_bold=is_bold)
    axes.text(x, y, plain(text, 40), fontproperties=style, color=ink, va="center", parse_math=False)


def _sign(axes: Axes, x: float, y: float, entry: Entry, look: Look, tightness: float) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    if entry.sign == "dot":
        form, size_pt2 = POINT_FORM.get(entry.noun, PLAIN_FORM)
        size_pt2 = min(size_pt2, 60.0) * tightness
        axes.scatter([x], [y], s=size_pt2, c=entry.colour, marker=form, edgecolors=look.point_edge, linewidths=0.7)
        return
    if entry.sign == "line":
        axes.plot([x - 8, x + 8], [y, y], color=entry.colour, linewidth=2.0, solid_capstyle="round")
        return
    is_outline = entry.sign == "outline"
    axes.add_patch(
        Rectangle(
            (x - 8, y - 4.2 * tightness),
            16,
            8.4 * tightness,
            facecolor="none" if is_outline else entry.colour,
            edgecolor=entry.colour if is_outline else entry.hatch or look.ink_soft,
            linewidth=1.2 if is_outline else 0.5,
            hatch="//////" if entry.hatch else None,
        )
    )
