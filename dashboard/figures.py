"""How figures are written on pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wording import say

if TYPE_CHECKING:
    import datetime as dt

_ROUNDING = 1e-9  # of a sum of many parts


def count_text(count: float | None) -> str:
    """A whole number with its thousands marked; an unknown one is called so and never 0."""
    return say("unknown") if count is None else f"{count:,.0f}"


def pct_text(pct: float | None) -> str:
    """One decimal, but 100 and 0 only where it is all or nothing."""
    if pct is None:
        return say("unknown")
    shown = round(pct, 1)
    if shown >= 100 and pct < 100 - _ROUNDING:
        return "> 99.9 %"
    if shown <= 0 and pct > _ROUNDING:
        return "< 0.1 %"
    return f"{shown:g} %"


def area_text(area_km2: float | None) -> str:
    if area_km2 is None:
        return say("unknown")
    return f"{area_km2:,.2f}" if area_km2 >= 0.01 else "< 0.01"


def size_text(size_bytes: int) -> str:
    for unit, size in (("GB", 1e9), ("MB", 1e6), ("KB", 1e3)):
        if size_bytes >= size:
            return f"{size_bytes / size:,.1f} {unit}"
    return f"{size_bytes} B"


def moment_text(moment: dt.datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"


def age_text(moment: dt.datetime, now: dt.datetime) -> str:
    """How long ago that was."""
    age_s = max((now - moment).total_seconds(), 0)
    if age_s < 60:
        return say("just now")
    if age_s < 3600:
        return say("{count} min ago", count=int(age_s // 60))
    if age_s < 86400:
        return say("{count} h ago", count=int(age_s // 3600))
    return say("{count} days ago", count=int(age_s // 86400))
