"""A KPI in words: what a tile, a table and a program are told."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wording import say

if TYPE_CHECKING:
    import datetime as dt

    from planning.standards import Standard, StandardList


@dataclass(frozen=True)
class KpiPart:
    """One part of a KPI, with a unit of its own."""

    label: str
    value: float | None
    unit: str
    is_lower_bound: bool
    decimals: int

    @property
    def value_text(self) -> str:
        return value_text(self.value, self.unit, decimals=self.decimals, is_lower_bound=self.is_lower_bound)


@dataclass(frozen=True)
class Kpi:
    """One figure of the place. `value` is None where nothing is known, and never 0 then."""

    name: str
    group: str
    group_label: str
    label: str
    value: float | None
    unit: str
    decimals: int
    is_lower_bound: bool
    sentence: str
    parts: tuple[KpiPart, ...]
    standards: tuple[Standard | StandardList, ...]

    @property
    def value_text(self) -> str:
        """The value without its unit, as people read it: 1,234, ≥ 56 or unknown."""
        return self.text_of(self.value, is_lower_bound=self.is_lower_bound)

    def text_of(self, value: float | None, *, is_lower_bound: bool) -> str:
        """Another value of the same figure, as an earlier build has it."""
        return value_text(value, self.unit, decimals=self.decimals, is_lower_bound=is_lower_bound)

    def to_json_dict(self) -> dict[str, Any]:
        """For programs: the value as it was counted, neither rounded nor in words."""
        return {
            "name": self.name,
            "label": self.label,
            "value": int(self.value) if self.value is not None and self.value.is_integer() else self.value,
            "unit": self.unit,
            "is_lower_bound": self.is_lower_bound,
            "group": self.group,
        }


@dataclass(frozen=True)
class TrendPoint:
    """A KPI in one build; the moment is when that build began, China time."""

    build_id: str
    moment: dt.datetime
    value: float | None
    is_lower_bound: bool


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
