"""What was counted for a KPI, without words: an answer of one snapshot that never changes."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class FigurePart:
    """One part of a figure by its code: a tier, a kind, an outcome."""

    code: str
    value: float | None
    is_lower_bound: bool = False


@dataclass(frozen=True)
class Figure:
    """A value, None where it is unknown; what it is a lower bound of may be more."""

    value: float | None = None
    is_lower_bound: bool = False
    parts: tuple[FigurePart, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)  # what the sentence says besides: a period

    def at_least(self) -> Figure:
        """The same as a lower bound; at least 0 says nothing, so it is unknown then."""
        return replace(self, value=self.value or None, is_lower_bound=bool(self.value))


UNKNOWN = Figure()
_COLUMNS = {"is_whole", "part", "value", "is_lower_bound"}


def figure_from(rows: Iterable[Mapping[str, Any]]) -> Figure:
    """A figure as the queries `kpi_*.sql` answer it: one row for the whole, one for each part."""
    whole, parts = UNKNOWN, []
    for row in rows:
        value, is_lower_bound = bounded(row["value"], is_lower_bound=bool(row["is_lower_bound"]))
        if row["is_whole"]:
            facts = {name: fact for name, fact in row.items() if name not in _COLUMNS and fact is not None}
            whole = Figure(value, is_lower_bound, (), facts)
        else:
            parts.append(FigurePart(row["part"] or "unknown", value, is_lower_bound))
    return replace(whole, parts=tuple(parts))


def bounded(value: object, *, is_lower_bound: bool) -> tuple[float | None, bool]:
    """At least 0 says nothing: it is unknown."""
    number = None if value is None else float(str(value))
    if number is None or math.isnan(number) or (is_lower_bound and number == 0):
        return None, False
    return number, is_lower_bound
