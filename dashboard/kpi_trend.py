"""How a figure has changed over the builds that are kept: a small line and a few words."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from dashboard.html_text import Html, html
from wording import mark, say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from planning.kpis import Kpi, TrendPoint

_WIDTH_PX, _HEIGHT_PX, _MARGIN_PX = 80, 22, 3


def has_changed(kpi: Kpi, points: Sequence[TrendPoint]) -> bool:
    """Whether the builds differ by so much that the figure shows it."""
    values = _known(points)
    return len(values) > 1 and max(values) - min(values) >= 0.5 * 10.0**-kpi.decimals


def sparkline(kpi: Kpi, points: Sequence[TrendPoint], *, colour: str) -> Html:
    """The known values one build after another, the newest marked; nothing where they are all alike.

    A picture in its own address, since Streamlit takes drawings out of HTML.
    """
    if not has_changed(kpi, points):
        return Html("")
    places = _places(points)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    x, y = places[-1]
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH_PX}" height="{_HEIGHT_PX}" '
        f'viewBox="0 0 {_WIDTH_PX} {_HEIGHT_PX}"><polyline points="{line}" fill="none" stroke="{colour}" '
        f'stroke-width="1.6" stroke-linejoin="round"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2.6" fill="{colour}"/></svg>'
    )
    picture = Html("data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode())
    return html('<img class="line" src="{picture}" alt="">', picture=picture)


def change_words(kpi: Kpi, points: Sequence[TrendPoint]) -> str:
    """By how much the figure differs from its first known value, and since when."""
    known = [point for point in points if point.value is not None]
    if len(known) < 2:
        return ""
    first, last = known[0], known[-1]
    change = (last.value or 0.0) - (first.value or 0.0)
    if abs(change) < 0.5 * 10.0**-kpi.decimals:
        return say("unchanged")
    sentence = mark("{change} since {date}")
    if first.is_lower_bound or last.is_lower_bound:
        sentence = mark("known: {change} since {date}")
    return say(sentence, change=_signed(change, kpi), date=moment_words(first.moment, beside=last.moment))


def moment_words(moment: dt.datetime, *, beside: dt.datetime) -> str:
    """The day, or within one day the time."""
    return f"{moment:%H:%M}" if moment.date() == beside.date() else f"{moment:%Y-%m-%d}"


def _signed(change: float, kpi: Kpi) -> str:
    number = f"{abs(change):,.{kpi.decimals}f}"
    if kpi.decimals:
        number = number.removesuffix("." + "0" * kpi.decimals)
    sign = "+" if change > 0 else "−"
    return sign + (say("{count} points", count=number) if kpi.unit == "%" else number)


def _known(points: Sequence[TrendPoint]) -> list[float]:
    return [point.value for point in points if point.value is not None]


def _places(points: Sequence[TrendPoint]) -> list[tuple[float, float]]:
    values = _known(points)
    least, most = min(values), max(values)
    step = (_WIDTH_PX - 2 * _MARGIN_PX) / (len(points) - 1)
    height = _HEIGHT_PX - 2 * _MARGIN_PX
    return [
        (_MARGIN_PX + i * step, _MARGIN_PX + height * (1 - (point.value - least) / (most - least)))
        for i, point in enumerate(points)
        if point.value is not None
    ]
