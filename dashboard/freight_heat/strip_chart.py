"""A corridor as a strip chart, drawn as a picture in its own address, since Streamlit takes drawings out of HTML."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from dashboard.html_text import Html, html
from dashboard.palette import BEYOND, INK, INK_SOFT, LINE, MARKS, WITHIN, sequential
from wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planning.corridors.strip import Strip

WIDTH_PX, LEFT_PX, RIGHT_PX = 1180, 118, 16
_ROWS = {"names": 96, "flow": 84, "served": 26, "areas": 26, "breaks": 46, "stops": 46, "risks": 26, "axis": 34}
_MOST_LETTERS = 26
_NAME_GAP_PX = 17
_WITH_MOST = ("flow", "breaks", "stops")  # rows that tell their greatest value below their name
_FONT = "'Noto Sans SC','Microsoft YaHei','PingFang SC','Noto Sans CJK SC','WenQuanYi Zen Hei',sans-serif"


@dataclass(frozen=True)
class _Scale:
    """From kilometres to pixels, in the order of driving from left to right."""

    begin_km: float
    end_km: float

    def x(self, km: float) -> float:
        return LEFT_PX + (km - self.begin_km) / (self.end_km - self.begin_km) * (WIDTH_PX - LEFT_PX - RIGHT_PX)


def strip_chart(strip: Strip) -> Html:
    """Stations, flow, served and unserved stretches, service areas, four-hour points, roadside stops, crashes."""
    line = strip.report.line
    scale = _Scale(float(line.from_km[0]), float(line.to_km[-1]))
    tops, height = {}, 6
    for name, tall in _ROWS.items():
        tops[name] = height
        height += tall
    parts = [
        *_labels(tops), *_names(strip, scale, tops["names"]), *_flow(strip, scale, tops["flow"]),
        *_served(strip, scale, tops["served"]), *_areas(strip, scale, tops["areas"]),
        *_bars(((one.from_km, one.to_km, one.per_day) for one in strip.breakpoints), scale, tops["breaks"],
               MARKS["light"]["breakpoints"], say("a day")),
        *_bars(((one.from_km, one.to_km, one.per_day) for one in strip.roadside_stops), scale, tops["stops"],
               MARKS["light"]["roadside_stops"], say("a day")),
        *_risks(strip, scale, tops["risks"]), *_axis(strip, scale, tops["axis"]),
    ]  # fmt: skip
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH_PX}" height="{height}" '
        f'viewBox="0 0 {WIDTH_PX} {height}" '
        f'font-family="{_FONT}" font-size="12" fill="{INK}">{"".join(parts)}</svg>'
    )
    picture = Html("data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode())
    return html('<img class="yitu-strip" src="{picture}" alt="{title}" style="width:100%;max-width:{width}px">',
                picture=picture, title=say("Along {corridor}", corridor=line.label), width=WIDTH_PX)  # fmt: skip


def _labels(tops: dict[str, int]) -> Iterable[str]:
    words = {
        "names": say("Open stations"), "flow": say("Trucks a day"), "served": say("Station ahead"),
        "areas": say("Service areas"), "breaks": say("Four-hour points"), "stops": say("Roadside stops"),
        "risks": say("Crashes"), "axis": say("Kilometre"),
    }  # fmt: skip
    for name, word in words.items():
        middle = tops[name] + _ROWS[name] / 2
        yield _text(4, middle + (-2 if name in _WITH_MOST else 4), word, colour=INK_SOFT)
        yield f'<line x1="0" x2="{WIDTH_PX}" y1="{tops[name]}" y2="{tops[name]}" stroke="{LINE}"/>'


def _names(strip: Strip, scale: _Scale, top: int) -> Iterable[str]:
    """Names slant upwards from their spot; where they would cover each other they are left to the pointer."""
    bottom, last = top + _ROWS["names"] - 8, float(-_NAME_GAP_PX)
    for one in strip.report.stations[:200]:
        x = scale.x(one.km)
        colour = sequential("light", 6)[4] if one.is_on_the_line else "#fff"
        away = say("{name}, {minutes} min beside the road", name=one.name, minutes=f"{one.detour_min:.0f}")
        title = one.name if one.is_on_the_line else away
        yield f'<circle cx="{x:.1f}" cy="{bottom}" r="4.5" fill="{colour}" stroke="{sequential("light", 6)[4]}">'
        yield f"<title>{escape(title)}</title></circle>"
        if x - last >= _NAME_GAP_PX:
            turned = f'transform="rotate(-38 {x:.1f} {bottom - 8})"'
            yield _text(x + 2, bottom - 8, one.name[:_MOST_LETTERS], more=turned, size=11)
            last = x


def _flow(strip: Strip, scale: _Scale, top: int) -> Iterable[str]:
    """What the office counted, else what tracks show, paler."""
    line, tall = strip.report.line, _ROWS["flow"] - 16
    most = line.most_trucks_per_day
    uncounted = say("not counted by the office")
    if most is None:
        yield _text(LEFT_PX, top + _ROWS["flow"] / 2, say("unknown"), colour=INK_SOFT)
        return
    for from_km, to_km, counted, trucks in zip(line.from_km, line.to_km, line.counted_per_day, line.trucks_per_day,
                                               strict=True):  # fmt: skip
        x, width = scale.x(from_km), scale.x(to_km) - scale.x(from_km)
        if np.isnan(counted):
            yield (
                f'<rect x="{x:.1f}" y="{top + 16}" width="{max(0.6, width):.1f}" height="{tall}" fill="{LINE}" '
                f'opacity="0.6"><title>{escape(uncounted)}</title></rect>'
            )
        if np.isnan(trucks):
            continue
        height = max(1.0, trucks / most * tall)
        opacity = 0.45 if np.isnan(counted) else 0.9
        yield (f'<rect x="{x:.1f}" y="{top + _ROWS["flow"] - height:.1f}" width="{max(0.6, width):.1f}" '
               f'height="{height:.1f}" fill="{sequential("light", 6)[3]}" opacity="{opacity}"/>')  # fmt: skip
    yield _text(4, top + _ROWS["flow"] / 2 + 13, f"≤ {most:,.0f}", colour=INK_SOFT, size=11)


def _served(strip: Strip, scale: _Scale, top: int) -> Iterable[str]:
    for stretches, colour in ((strip.report.gaps, BEYOND["light"][0]), (strip.report.served, WITHIN["light"][1])):
        for one in stretches:
            x, width = scale.x(one.from_km), scale.x(one.to_km) - scale.x(one.from_km)
            yield f'<rect x="{x:.1f}" y="{top + 8}" width="{max(0.6, width):.1f}" height="11" fill="{colour}"/>'
    for one in strip.report.four_hours.over:
        x, width = scale.x(one.from_km), scale.x(one.to_km) - scale.x(one.from_km)
        yield f'<rect x="{x:.1f}" y="{top + 5}" width="{max(0.6, width):.1f}" height="3" fill="{INK}"/>'


def _areas(strip: Strip, scale: _Scale, top: int) -> Iterable[str]:
    middle = top + _ROWS["areas"] / 2
    for one in strip.service_areas:
        if not one.is_on_the_line:
            continue
        size = 5 if one.kind == "service_area" else 3
        yield (f'<rect x="{scale.x(one.km) - size:.1f}" y="{middle - size:.1f}" width="{2 * size}" height="{2 * size}" '
               f'fill="{INK_SOFT}"><title>{escape(one.name)}</title></rect>')  # fmt: skip


def _bars(bins: Iterable[tuple[float, float, float]], scale: _Scale, top: int, colour: str, unit: str) -> Iterable[str]:
    listed = list(bins)
    most = max((amount for _, _, amount in listed), default=0.0)
    tall, bottom = _ROWS["breaks"] - 16, top + _ROWS["breaks"]
    for from_km, to_km, amount in listed:
        begin, end = sorted((scale.x(from_km), scale.x(to_km)))
        begin, end = max(begin, LEFT_PX), min(end, WIDTH_PX - RIGHT_PX)
        height = amount / most * tall
        yield (f'<rect x="{begin:.1f}" y="{bottom - height:.1f}" width="{max(1.0, end - begin - 1):.1f}" '
               f'height="{height:.1f}" fill="{colour}" opacity="0.85"/>')  # fmt: skip
    if listed:
        yield _text(4, top + _ROWS["breaks"] / 2 + 13, f"≤ {most:.1f} {unit}", colour=INK_SOFT, size=11)


def _risks(strip: Strip, scale: _Scale, top: int) -> Iterable[str]:
    middle = top + _ROWS["risks"] / 2
    for one in strip.risks:
        x = scale.x((one.from_km + one.to_km) / 2)
        radius = 2.5 + 1.4 * one.crashes**0.5
        yield (f'<circle cx="{x:.1f}" cy="{middle}" r="{radius:.1f}" fill="none" stroke="{INK}" '
               f'stroke-width="{2.2 if one.deaths else 1}"/>')  # fmt: skip


def _axis(strip: Strip, scale: _Scale, top: int) -> Iterable[str]:
    line = strip.report.line
    low, high = sorted((scale.begin_km, scale.end_km))
    step = next((one for one in (1, 2, 5, 10, 20, 50, 100, 200, 500) if (high - low) / one <= 12), 1000)
    yield f'<line x1="{LEFT_PX}" x2="{WIDTH_PX - RIGHT_PX}" y1="{top + 6}" y2="{top + 6}" stroke="{INK_SOFT}"/>'
    for km in np.arange(np.ceil(low / step) * step, high + 1e-9, step):
        x = scale.x(float(km))
        yield f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{top + 2}" y2="{top + 10}" stroke="{INK_SOFT}"/>'
        shown = f"K{km:.0f}" if line.is_by_stake else f"{km:.0f} km"
        yield _text(x, top + 25, shown, colour=INK_SOFT, more='text-anchor="middle"', size=11)


def _text(x: float, y: float, words: str, *, colour: str = INK, more: str = "", size: int = 12) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" fill={quoteattr(colour)} font-size="{size}" {more}>{escape(words)}</text>'
