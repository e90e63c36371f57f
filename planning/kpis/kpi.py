"""A KPI in words: what a tile, a table and a program are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planning.value_text import value_text

if TYPE_CHECKING:
    import datetime as dt

    from planning.standards import Standard, StandardList

__all__ = ["Kpi", "KpiPart", "TrendPoint", "value_text"]


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
