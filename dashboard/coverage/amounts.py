"""Amounts that were spread over cells, as people read them."""

from __future__ import annotations

import math

from wording import current_language, say

_TEN_THOUSAND = 10_000


def amount_text(value: float | None, *, is_lower_bound: bool = False) -> str:
    """Whole above ten, one decimal below; a lower bound is never rounded up, and at least nothing is unknown."""
    if value is None or (is_lower_bound and value <= 0):
        return say("unknown")
    decimals = 0 if value == 0 or value >= 10 else 1
    step = 10.0**-decimals
    shown = math.floor(value / step + 1e-6) * step if is_lower_bound else value
    return f"{'≥ ' if is_lower_bound else ''}{shown:,.{decimals}f}"


def yuan_text(yuan: float | None, *, is_lower_bound: bool = False) -> str:
    """Money in yuan, or in units of 10,000 as offices speak of it."""
    if yuan is None or (is_lower_bound and yuan <= 0):
        return say("unknown")
    bound = "≥ " if is_lower_bound else ""
    if yuan >= _TEN_THOUSAND and current_language() == "zh":
        return say("{bound}{count} wan yuan", bound=bound, count=f"{yuan / _TEN_THOUSAND:,.1f}".removesuffix(".0"))
    return say("{bound}{count} yuan", bound=bound, count=f"{yuan:,.0f}")
