"""What does not fit together between rows that are each in order: orphans, overlaps, holes."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import shapely

from etl.derived.cells import read_tree
from etl.derived.finding_rows import Finding, insert_grid_findings
from etl.derived.grid_overlay import GridOverlay
from etl.sql_files import read_sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb
    from shapely.geometry.base import BaseGeometry

    from etl.derived.grid_tree import GridTree
    from etl.projection import LocalProjection


def find_between_rows(database: duckdb.DuckDBPyConnection, boundary: BaseGeometry, projection: LocalProjection) -> int:
    """Fill `findings` with all that is found between rows; gives how many findings there are then."""
    compare_survey_channels(database)
    find_orphans(database, boundary)
    find_grid_faults(database, boundary, projection)
    row = database.execute("select count(*) from findings").fetchone()
    return int(row[0]) if row else 0


def compare_survey_channels(database: duckdb.DuckDBPyConnection) -> None:
    """Create and fill `survey_conflicts`."""
    for name in ("survey_conflicts", "survey_conflicts_insert"):
        database.execute(read_sql("etl.derived", name))


def find_orphans(database: duckdb.DuckDBPyConnection, boundary: BaseGeometry) -> None:
    """Rows that name what does not exist, lie in nothing or lie nowhere exactly; numbers that cannot be."""
    for name in ("findings_grid_tree", "findings_party_drivers", "findings_drivers", "findings_survey_channels",
                 "findings_positions"):  # fmt: skip
        database.execute(read_sql("etl.derived", name))
    database.execute(read_sql("etl.derived", "findings_stations"), {"boundary": shapely.to_wkb(boundary)})
    insert_grid_findings(database, list(_cycles(read_tree(database))))


def find_grid_faults(database: duckdb.DuckDBPyConnection, boundary: BaseGeometry, projection: LocalProjection) -> None:
    """Grids that overlap, lie outside the one above, or leave holes."""
    rows = database.execute("select grid_id, st_aswkb(geom) from grids order by grid_id").fetchall()
    shapes = {row[0]: shapely.from_wkb(bytes(row[1])) for row in rows}
    overlay = GridOverlay(read_tree(database), shapes, projection)
    found = chain(overlay.overlaps(), overlay.outside_parents(), overlay.holes(boundary))
    insert_grid_findings(database, list(found))


def _cycles(tree: GridTree) -> Iterator[Finding]:
    """One finding per grid of a cycle, with the grid that it names."""
    for code in sorted(tree.in_cycle):
        yield Finding("parent_cycle", "grids", code, tree.grids[code].parent_id)
