"""数据: how much of what the files hold is in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from planning.data_health import health_report
from planning.feature_columns import Column
from planning.features import KEY, SHAPE, Features
from planning.kpis.definition import Definition
from planning.kpis.figure import Figure, FigurePart
from wording import mark, say

if TYPE_CHECKING:
    from planning.atlas import Atlas

_COUNTS = {
    "read": mark("Read"),
    "kept": mark("Kept"),
    "rejected": mark("Refused"),
    "merged": mark("Merged"),
    "repaired": mark("Repaired"),
}


def _kept_pct(atlas: Atlas) -> Figure:
    total = health_report(atlas).total
    parts = (FigurePart(name, float(getattr(total, name))) for name in _COUNTS)
    return Figure(total.kept_pct, parts=tuple(parts))


def _sources(atlas: Atlas) -> Features:
    """One row per source with what became of its rows."""
    listed = health_report(atlas).sources
    columns = (
        Column("source", say("Source")),
        *(Column(name, say(word), say("rows")) for name, word in _COUNTS.items()),
    )
    table = pa.table(
        {
            KEY: pa.array([str(source.source_id) for source in listed], pa.string()),
            "source": pa.array([source.title for source in listed], pa.string()),
            **{name: pa.array([getattr(source.tally, name) for source in listed], pa.int64()) for name in _COUNTS},
            SHAPE: pa.nulls(len(listed), pa.binary()),
        }
    )
    return Features("sources", say("Sources"), columns, table)


DATA = (
    Definition(
        name="rows_kept_pct",
        group="data",
        label=mark("Rows kept"),
        unit="%",
        sentence=mark("Share of all rows read that are in use; the others were refused or merged."),
        count=_kept_pct,
        rows_apart=_sources,
        part_word=lambda code: say(_COUNTS[code]),
        part_unit=mark("rows"),
        decimals=1,
    ),
)
