"""What the map can colour the cells by: one entry a measure."""

from __future__ import annotations

from dataclasses import dataclass

from wording import mark


@dataclass(frozen=True)
class CellMeasure:
    """A number that each cell has; label and unit are sentences of the catalogue."""

    name: str
    label: str
    unit: str
    column: str
    partly_unknown_column: str
    decimals: int
    # Cells at the border lie in the place by a part only: an amount there says nothing beside that of a full one.
    is_per_km2: bool = True


CELL_MEASURES: dict[str, CellMeasure] = {
    measure.name: measure
    for measure in (
        CellMeasure(
            name="drivers",
            label=mark("Drivers per km²"),
            unit=mark("drivers per km²"),
            column="drivers",
            partly_unknown_column="is_drivers_partly_unknown",
            decimals=1,
        ),
        CellMeasure(
            name="people",
            label=mark("People per km²"),
            unit=mark("people per km²"),
            column="people",
            partly_unknown_column="is_people_partly_unknown",
            decimals=0,
        ),
    )
}
