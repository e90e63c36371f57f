"""What the map can colour the grids by, and the number of each grid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from planning.features import KEY, features
from planning.snapshot_cache import SnapshotCache
from planning.standards.of_place import standards_of
from wording import mark

if TYPE_CHECKING:
    from planning.atlas import Atlas


@dataclass(frozen=True)
class GridMeasure:
    """A number that each grid has; label and unit are sentences of the catalogue."""

    name: str
    label: str
    unit: str
    column: str
    is_per_km2: bool = False
    partly_unknown_column: str | None = None
    hidden_column: str | None = None


@dataclass(frozen=True)
class GridValue:
    """One grid's number; a lower bound where a part of it is unknown, and none where all of it is, or it is hidden."""

    value: float | None
    is_lower_bound: bool
    is_hidden: bool = False


GRID_MEASURES: dict[str, GridMeasure] = {
    measure.name: measure
    for measure in (
        GridMeasure(
            "drivers_per_km2", mark("Drivers per km²"), mark("drivers per km²"), "drivers_in",
            is_per_km2=True, partly_unknown_column="is_drivers_partly_unknown", hidden_column="is_small_group_hidden",
        ),
        GridMeasure(
            "drivers", mark("Drivers"), mark("persons"), "drivers_in",
            partly_unknown_column="is_drivers_partly_unknown", hidden_column="is_small_group_hidden",
        ),
        GridMeasure(
            "people_per_km2", mark("People per km²"), mark("people per km²"), "people_in",
            is_per_km2=True, partly_unknown_column="is_people_partly_unknown",
        ),
        GridMeasure("stations_open", mark("Open stations"), mark("stations"), "stations_open"),
        GridMeasure("requests_open", mark("Open requests"), mark("requests"), "requests_open"),
        GridMeasure(
            "covered_drivers_pct", mark("Covered drivers"), "%", "covered_drivers_pct",
            partly_unknown_column="is_coverage_partly_unknown",
        ),
        GridMeasure("ledger_complete_pct", mark("Ledger filled in"), "%", "ledger_complete_pct"),
        GridMeasure("ledger_age_days", mark("Age of the ledger"), mark("days"), "ledger_age_days"),
        GridMeasure("repair_shops", mark("Repair shops"), mark("shops"), "repair_shops_in"),
    )
}  # fmt: skip


# All cells, and the positions of all things, go into these: half a second for a million cells, each time a page runs.
_values: SnapshotCache[Mapping[str, GridValue]] = SnapshotCache(limit=16)


def grid_values(atlas: Atlas, measure: str, level: int | None = None) -> Mapping[str, GridValue]:
    """A measure of each grid, of one level or of all."""
    name = f"{measure} {level or ''} {standards_of(atlas.place_folder).sign}"
    return _values.get(atlas.path, name, lambda: _worked_out(atlas, GRID_MEASURES[measure], level))


def _worked_out(atlas: Atlas, chosen: GridMeasure, level: int | None) -> Mapping[str, GridValue]:
    table = features(atlas, "grids", {"level": [str(level)]} if level else None).table
    wanted = [KEY, "area_km2", chosen.column, chosen.partly_unknown_column, chosen.hidden_column]
    rows = table.select([name for name in wanted if name]).to_pylist()
    return MappingProxyType({row[KEY]: _value(row, chosen) for row in rows})


def _value(row: dict[str, object], measure: GridMeasure) -> GridValue:
    amount, area_km2 = row[measure.column], row["area_km2"]
    value = None if amount is None else float(str(amount))
    if measure.is_per_km2 and value is not None:
        value = value / float(str(area_km2)) if area_km2 else None
    is_partly_unknown = bool(measure.partly_unknown_column and row[measure.partly_unknown_column])
    is_hidden = bool(measure.hidden_column and row[measure.hidden_column])
    return GridValue(value, is_partly_unknown, is_hidden=is_hidden and value is None)
