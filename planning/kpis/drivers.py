"""司机: drivers and party members among them, from the responsibility grids and the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from planning.column_labels import column_labels, label_of
from planning.feature_columns import Column, column_of
from planning.features import KEY, SHAPE, Features
from planning.grids.counted import counted_on_grids
from planning.grids.shown_rows import shown_rows
from planning.kpis.definition import Definition, counted_by
from planning.kpis.figure import UNKNOWN, Figure, FigurePart, bounded
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import mark, say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planning.atlas import Atlas

_PARTS = {
    "grids": mark("on the responsibility grids"),
    "ledger": mark("in the ledger of drivers"),
    "ledger_without_grid": mark("in the ledger without a known grid"),
    "ledger_unknown": mark("in the ledger, party membership unknown"),
}
_OFFICE_COLUMNS = ("name", "level", "post", "drivers", "party_drivers")


def _party_drivers(atlas: Atlas) -> Figure:
    rows = atlas.query("kpi_drivers_by_grid").to_pylist()
    counted = counted_on_grids(rows, "party_drivers")
    on_grids = sum(counted.by_grid.values()) if counted.by_grid else None
    listed = sum(row["ledger_party_drivers"] or 0 for row in rows)
    unknown = sum(row["ledger_unknown"] or 0 for row in rows)
    has_ledger = any(row["ledger_drivers"] for row in rows)
    known = [number for number in (on_grids, listed if has_ledger else None) if number is not None]
    if not known:
        return UNKNOWN
    value, is_lower_bound = bounded(
        max(known), is_lower_bound=counted.is_partly_unknown or _is_ledger_short(rows, on_grids)
    )
    parts = [FigurePart("grids", *bounded(on_grids, is_lower_bound=counted.is_partly_unknown))]
    if has_ledger:
        parts += [
            FigurePart("ledger", *bounded(listed, is_lower_bound=unknown > 0)),
            FigurePart("ledger_unknown", float(unknown)),
        ]
    return Figure(value, is_lower_bound, tuple(parts))


def _is_ledger_short(rows: Sequence[Mapping[str, Any]], on_grids: int | None) -> bool:
    """Whether the ledger holds drivers that no grid has counted, or, alone, some of unknown membership."""
    if on_grids is None:
        return any(row["ledger_unknown"] for row in rows)
    return any((row["ledger_party_drivers"] or row["ledger_unknown"]) and not row["is_grid"] for row in rows)


def _rows_of(what: str) -> Callable[[Atlas], Features]:
    """Grids with what each adds, and the drivers of the ledger whom no grid holds; small groups only together."""

    def rows(atlas: Atlas) -> Features:
        found = atlas.query("kpi_drivers_by_grid")
        k = int(standard("k_anonymity", standards_of(atlas.place_folder)).value)
        listed = shown_rows(found.to_pylist(), what, k)
        labels = column_labels(atlas)
        columns = (
            *(column_of("grids", name, labels) for name in _OFFICE_COLUMNS),
            Column(f"ledger_{what}", say("in the ledger of drivers"), say("persons")),
            Column("counted", say("counted on the grid"), say("persons")),
            *(column_of("grids", name, labels) for name in ("file", "row_number")),
        )
        shown = [row | {"name": _name(row)} for row in listed]
        schema = found.schema.append(pa.field("counted", pa.int64()))
        table = pa.Table.from_pylist(shown, schema).select([KEY, *(c.name for c in columns), SHAPE])
        return Features("grids", label_of(labels, "grids"), columns, table)

    return rows


def _name(row: Mapping[str, Any]) -> str:
    if row["is_grid"]:
        return str(row["name"])
    if row.get("is_together"):
        return say("small groups, together")
    return say("no grid “{grid}”", grid=row[KEY]) if row[KEY] else say("no grid given")


DRIVERS = (
    Definition(
        name="drivers_known",
        group="drivers",
        label=mark("Truck drivers"),
        unit=mark("persons"),
        sentence=mark(
            "Drivers that the responsibility grids count, a grid without a number taken from the ledger; "
            "or all of the ledger where that is more."
        ),
        count=counted_by("kpi_drivers_known"),
        noun="grids",
        rows_apart=_rows_of("drivers"),
        part_word=lambda code: say(_PARTS[code]),
        part_unit=mark("persons"),
        adds=("grids", "drivers"),
    ),
    Definition(
        name="party_drivers",
        group="drivers",
        label=mark("Party members among them"),
        unit=mark("persons"),
        sentence=mark(
            "Drivers known to be party members, by the responsibility grids, a grid without a number taken from "
            "the ledger; or all of the ledger where that is more."
        ),
        count=_party_drivers,
        noun="grids",
        rows_apart=_rows_of("party_drivers"),
        part_word=lambda code: say(_PARTS[code]),
        part_unit=mark("persons"),
        adds=("grids", "drivers"),
    ),
)
