"""Holes and overlaps as rows to look at: on the map, in a table, in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from planning.column_labels import column_labels, label_of
from planning.feature_columns import Column, column_of
from planning.features import KEY, SHAPE, Features
from planning.grids import grids_of
from wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planning.atlas import Atlas
    from planning.grids import Fault

NOUN = "grid_faults"


def fault_rows(atlas: Atlas, kinds: Sequence[str] | None = None, thing: str | None = None) -> Features:
    """All of them, those of some kinds, or one; the largest first."""
    found = [
        fault
        for fault in grids_of(atlas).faults
        if (not kinds or fault.kind in kinds) and (thing is None or fault.fault_id == thing)
    ]
    return faults_as_features(atlas, found)


def faults_as_features(atlas: Atlas, faults: Sequence[Fault]) -> Features:
    """These faults, with who answers for the grid concerned and where its row stands."""
    rows = {row.grid_id: row for row in grids_of(atlas).rows}
    concerned = [rows.get(fault.grid_id or "") for fault in faults]
    answers = [fault.answers[-1] if fault.answers else None for fault in faults]
    labels = column_labels(atlas)
    areas, widths = ([getattr(one, name) for one in faults] for name in ("area_km2", "width_m"))
    columns: dict[Column, pa.Array] = {
        Column("kind", say("kind of fault"), codes="grid_fault"): pa.array([one.kind for one in faults], pa.string()),
        Column("name", say("grid concerned")): pa.array([fault.name for fault in faults], pa.string()),
        Column("other_name", say("with grid")): pa.array([fault.other_name for fault in faults], pa.string()),
        Column("area_km2", say("area within the place"), "km²"): pa.array(areas, pa.float64()),
        Column("width_m", say("width at its widest"), "m"): pa.array([round(one, 1) for one in widths], pa.float64()),
        Column("is_sliver", say("slit of drawing")): pa.array([fault.is_sliver for fault in faults], pa.bool_()),
        column_of("grids", "post", labels): pa.array([one and one.post for one in answers], pa.string()),
        column_of("grids", "unit", labels): pa.array([one and one.unit for one in answers], pa.string()),
        column_of("grids", "file", labels): pa.array([row and row.file for row in concerned], pa.string()),
        column_of("grids", "row_number", labels): pa.array([row and row.row_number for row in concerned], pa.int64()),
    }  # fmt: skip
    table = {
        KEY: pa.array([fault.fault_id for fault in faults], pa.string()),
        **{column.name: values for column, values in columns.items()},
        SHAPE: pa.array([fault.geom for fault in faults], pa.binary()),
    }
    return Features(NOUN, label_of(labels, NOUN), tuple(columns), pa.table(table))
