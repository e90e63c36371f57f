"""What survey channels tell differently, as rows to look at; persons and plates are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from planning.column_labels import column_labels, label_of
from planning.feature_columns import Column
from planning.features import KEY, SHAPE, Features
from planning.grids import grids_of
from wording import mark, say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.grids import Conflict

NOUN = "survey_conflicts"
_KINDS = {"driver": mark("the same driver"), "plate": mark("one plate, other drivers")}


def conflict_rows(atlas: Atlas) -> Features:
    """All of them, in the order of their rows."""
    found, labels = grids_of(atlas).conflicts, column_labels(atlas)
    columns = (
        Column("kind", say("told of")),
        Column("grid_name", label_of(labels, "drivers", "home_grid")),
        Column("columns", say("told differently")),
        Column("channels", label_of(labels, "drivers", "survey_channel"), codes="survey_channel"),
        Column("surveyed_on", say("newest survey")),
        Column("tellings", say("rows that tell it")),
    )
    texts = [[label_of(labels, "drivers", name) for name in conflict.columns] for conflict in found]
    table = {
        KEY: pa.array([str(number) for number in range(1, len(found) + 1)], pa.string()),
        "kind": pa.array([say(_KINDS[conflict.kind]) for conflict in found], pa.string()),
        "grid_name": pa.array([conflict.grid_name or conflict.grid_id for conflict in found], pa.string()),
        "columns": pa.array(texts, pa.list_(pa.string())),
        "channels": pa.array([list(conflict.channels) for conflict in found], pa.list_(pa.string())),
        "surveyed_on": pa.array([conflict.surveyed_on for conflict in found], pa.date32()),
        "tellings": pa.array([_rows_of(conflict) for conflict in found], pa.string()),
        SHAPE: pa.nulls(len(found), pa.binary()),
    }
    return Features(NOUN, label_of(labels, NOUN), columns, pa.table(table))


def _rows_of(conflict: Conflict) -> str:
    return say("; ").join(say("{file}, row {row}", file=one.file, row=one.row_number) for one in conflict.tellings)
