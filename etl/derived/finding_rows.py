"""A thing found between rows, and how it gets into the table of findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import shapely

from etl.sql_files import read_sql

if TYPE_CHECKING:
    from collections.abc import Sequence

    import duckdb
    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Finding:
    """One row of findings but for the names, which follow from the codes."""

    rule: str
    noun: str
    subject_id: str | None = None
    other_id: str | None = None
    area_km2: float | None = None
    row_count: int | None = None
    geometry: BaseGeometry | None = None


SCHEMA = pa.schema(
    [
        ("rule", pa.string()),
        ("noun", pa.string()),
        ("subject_id", pa.string()),
        ("other_id", pa.string()),
        ("area_km2", pa.float64()),
        ("row_count", pa.int64()),
        ("lon", pa.float64()),
        ("lat", pa.float64()),
        ("shape", pa.binary()),
    ]
)


def insert_grid_findings(database: duckdb.DuckDBPyConnection, findings: Sequence[Finding]) -> None:
    """Add findings whose subject and other are grids."""
    rows = pa.Table.from_pylist([_row(finding) for finding in findings], schema=SCHEMA)
    database.register("found", rows)
    database.execute(read_sql("etl.derived", "findings_insert"))
    database.unregister("found")


def _row(finding: Finding) -> dict[str, object]:
    shape = finding.geometry
    spot = None if shape is None else shapely.point_on_surface(shape)
    return {
        "rule": finding.rule,
        "noun": finding.noun,
        "subject_id": finding.subject_id,
        "other_id": finding.other_id,
        "area_km2": finding.area_km2,
        "row_count": finding.row_count,
        "lon": None if spot is None else spot.x,
        "lat": None if spot is None else spot.y,
        "shape": None if shape is None else shapely.to_wkb(shape),
    }
