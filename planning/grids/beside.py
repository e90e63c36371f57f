"""What is rolled up the tree, laid beside the rows of the grids as people look at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from planning.features import KEY
from planning.grids import grids_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from planning.atlas import Atlas
    from planning.grids import GridRow

_AFTER = "is_people_partly_unknown"
_WRITTEN: dict[str, Callable[[GridRow], object]] = {
    "drivers": lambda row: row.own_drivers.value,
    "party_drivers": lambda row: row.own_party_drivers.value,
}
_SUMS: dict[str, tuple[pa.DataType, Callable[[GridRow], object]]] = {
    "drivers_in": (pa.int64(), lambda row: row.drivers.value),
    "is_drivers_partly_unknown": (pa.bool_(), lambda row: row.drivers.is_lower_bound or row.drivers.value is None),
    "party_drivers_in": (pa.int64(), lambda row: row.party_drivers.value),
    "is_small_group_hidden": (pa.bool_(), lambda row: row.drivers.is_hidden or row.party_drivers.is_hidden),
    "covered_drivers_pct": (pa.float64(), lambda row: row.covered_drivers.pct),
    "is_coverage_partly_unknown": (pa.bool_(), lambda row: row.covered_drivers.is_lower_bound),
    "stations_open": (pa.int64(), lambda row: row.stations_open),
    "requests_open": (pa.int64(), lambda row: row.requests_open.value),
    "ledger_complete_pct": (pa.float64(), lambda row: row.health.complete_pct),
    "ledger_age_days": (pa.int64(), lambda row: row.health.age_days),
}


def with_sums(atlas: Atlas, table: pa.Table) -> pa.Table:
    """The rows with the sums of the tree; what is hidden there is not shown as written either."""
    known = {row.grid_id: row for row in grids_of(atlas).rows}
    rows = [known[grid_id] for grid_id in table[KEY].to_pylist()]
    for name, written in _WRITTEN.items():
        place, kind = table.column_names.index(name), table.schema.field(name).type
        table = table.set_column(place, name, pa.array([written(row) for row in rows], kind))
    place = table.column_names.index(_AFTER)
    for name, (kind, told) in _SUMS.items():
        place += 1
        table = table.add_column(place, name, pa.array([told(row) for row in rows], kind))
    return table
