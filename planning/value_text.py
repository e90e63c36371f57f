"""A number as people read it, without saying more than is known."""

from __future__ import annotations

import math

from wording import say


def value_text(value: float | None, unit: str, *, decimals: int, is_lower_bound: bool) -> str:
    """A value as people read it. A lower bound is never rounded up; 100 and 0 % only where it is all or nothing."""
    if value is None:
        return say("unknown")
    step = 10.0**-decimals
    if is_lower_bound:
        # The smallest part of a step is only what a sum of fractions has lost.
        return f"≥ {math.floor(value / step + 1e-6) * step:,.{decimals}f}"
    if unit == "%" and 100 - step / 2 <= value < 100:
        return f"> {100 - step:.{decimals}f}"
    if unit == "%" and 0 < value < step / 2:
        return f"< {step:.{decimals}f}"
    shown = f"{value:,.{decimals}f}"
    return shown.removesuffix("." + "0" * decimals) if decimals else shown
