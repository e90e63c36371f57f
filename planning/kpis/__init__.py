"""The place in figures: each with its unit, its bound, its reason, its trend and the rows behind it.

One function counts each figure, so that a tile, an export and a notebook say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import duckdb

from planning.code_words import UNKNOWN as UNKNOWN_CODE
from planning.data_health import build_facts
from planning.kpis.figure import UNKNOWN, Figure
from planning.kpis.kpi import Kpi, KpiPart, TrendPoint
from planning.kpis.register import GROUPS, REGISTER, definition_of
from planning.snapshot_cache import SnapshotCache
from planning.standards.of_place import standards_of
from wording import Refusal, say

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from planning.atlas import Atlas
    from planning.features import Features
    from planning.kpis.definition import Definition

    Past: TypeAlias = "tuple[tuple[str, dt.datetime, dict[str, Figure]], ...]"

__all__ = ["REGISTER", "Kpi", "KpiPart", "TrendPoint", "kpi", "kpi_rows", "kpi_trend", "kpis"]

_figures: SnapshotCache[Figure] = SnapshotCache(limit=1000)
_pasts: SnapshotCache[Past] = SnapshotCache(limit=16)
# A snapshot of an older version lacks a table or a column; what it doesn't hold is unknown.
_LACKING = (duckdb.CatalogException, duckdb.BinderException)


def kpi(atlas: Atlas, name: str) -> Kpi:
    """One figure of the place, in the words of the current language."""
    definition = definition_of(name)
    return _in_words(atlas, definition, _figure(atlas, definition))


def kpis(atlas: Atlas, names: Iterable[str] | None = None) -> list[Kpi]:
    """These figures, or all there are, in the order of the register."""
    return [kpi(atlas, name) for name in (REGISTER if names is None else names)]


def kpi_trend(atlas: Atlas, name: str) -> list[TrendPoint]:
    """The figure in each build that is kept, oldest first and this one last."""
    definition_of(name)
    past = _pasts.get(atlas.path, f"past {_sign(atlas)}", lambda: _past(atlas))
    return [
        TrendPoint(build_id, moment, figures[name].value, figures[name].is_lower_bound)
        for build_id, moment, figures in past
    ]


def kpi_rows(atlas: Atlas, name: str) -> Features:
    """The rows that a figure is counted from."""
    try:
        return definition_of(name).rows(atlas)
    except _LACKING as lacking:
        raise Refusal("This snapshot holds no rows for “{name}”. Build the place again.", name=name) from lacking


def _past(atlas: Atlas) -> Past:
    return tuple(
        (build.build_id, build_facts(build).started_at, {name: _figure(build, one) for name, one in REGISTER.items()})
        for build in atlas.history()
    )


def _figure(atlas: Atlas, definition: Definition) -> Figure:
    return _figures.get(atlas.path, f"{definition.name} {_sign(atlas)}", lambda: _counted(atlas, definition))


def _counted(atlas: Atlas, definition: Definition) -> Figure:
    try:
        sources = {row["noun"]: row for row in atlas.query("kpi_sources").to_pylist()}
        if not all(noun in sources and sources[noun]["is_read"] for noun in definition.needs):
            return UNKNOWN
        figure = definition.count(atlas)
    except _LACKING:
        return UNKNOWN
    is_short = any(noun in sources and sources[noun]["is_refused"] for noun in definition.adds)
    return figure.at_least() if is_short else figure


def _sign(atlas: Atlas) -> str:
    """A place that changes its standards has other figures."""
    return standards_of(atlas.place_folder).sign


def _in_words(atlas: Atlas, definition: Definition, figure: Figure) -> Kpi:
    standards = standards_of(atlas.place_folder)
    facts = {name: _fact(figure.facts.get(name)) for name in definition.facts}
    return Kpi(
        name=definition.name,
        group=definition.group,
        group_label=say(GROUPS[definition.group]),
        label=say(definition.label),
        value=figure.value,
        unit=say(definition.unit),
        decimals=definition.decimals,
        is_lower_bound=figure.is_lower_bound,
        sentence=say(definition.sentence, **facts),
        parts=_parts(definition, figure),
        standards=tuple(standards.named(name) for name in definition.standards),
    )


def _parts(definition: Definition, figure: Figure) -> tuple[KpiPart, ...]:
    unit = say(definition.part_unit)
    decimals = definition.decimals if definition.part_unit == definition.unit else 0
    return tuple(
        KpiPart(
            say("unknown") if part.code == UNKNOWN_CODE else definition.part_word(part.code),
            part.value,
            unit,
            part.is_lower_bound,
            decimals,
        )
        for part in figure.parts
    )


def _fact(fact: Any) -> str:  # noqa: ANN401
    if fact is None:
        return say("unknown")
    return fact if isinstance(fact, str) else f"{fact:%Y-%m-%d}"
