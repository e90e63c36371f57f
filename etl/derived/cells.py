"""The cells of the analysis lattice, and the drivers and people spread onto them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from etl.derived.cell_contents import place_grid_cells, place_place_cells
from etl.derived.cell_squares import place_lattice
from etl.derived.finding_rows import Finding, insert_grid_findings
from etl.derived.grid_tree import Grid, GridTree, Mismatch, Pot, driver_pots, people_pots
from etl.derived.work_tables import create_work_table
from etl.sql_files import read_sql

if TYPE_CHECKING:
    import duckdb
    from shapely.geometry.base import BaseGeometry

    from etl.projection import LocalProjection

POT_SCHEMA = pa.schema(
    [
        ("pot_id", pa.int32()),
        ("grid_id", pa.string()),
        ("noun", pa.string()),
        ("amount", pa.int64()),
        ("grid_ids", pa.list_(pa.string())),
    ]
)
WORK_TABLES = (
    "lattice", "leaves", "townships", "pots", "grid_cells", "place_cells", "place_grids",
    "grid_of_cell", "portions", "numbers_of_cell",
)  # fmt: skip


def lay_cells(
    database: duckdb.DuckDBPyConnection,
    boundary: BaseGeometry,
    projection: LocalProjection,
    cell_size_m: float,
) -> int:
    """Create and fill `cells` and `cells_on_map`, note what does not add up in findings; gives the number of cells."""
    tree = read_tree(database)
    mismatches = _create_tree_tables(database, tree)
    lattice = place_lattice(database, boundary, projection, cell_size_m)
    place_grid_cells(database, lattice, projection, cell_size_m)
    place_place_cells(database, lattice, projection, cell_size_m)
    for name in ("cells", "cell_grids", "cell_portions"):
        database.execute(read_sql("etl.derived", name))
    _check_nothing_is_lost(database)
    for name in ("cell_numbers", "cells_insert", "cells_on_map", "cells_on_map_insert", "findings_places"):
        database.execute(read_sql("etl.derived", name))
    insert_grid_findings(database, [*map(_as_finding, mismatches), *_unplaced(database)])
    for name in WORK_TABLES:
        database.execute(f"drop table temp.{name}")
    return len(lattice.i)


def read_tree(database: duckdb.DuckDBPyConnection) -> GridTree:
    rows = database.execute(
        "select grid_id, name, level, parent_id, drivers, people from grids order by grid_id"
    ).fetchall()
    return GridTree({row[0]: Grid(*row) for row in rows})


def _create_tree_tables(database: duckdb.DuckDBPyConnection, tree: GridTree) -> list[Mismatch]:
    counted = database.execute("select home_grid, count(*) from drivers where home_grid is not null group by all")
    drivers, mismatches = driver_pots(tree, dict(counted.fetchall()))
    named = [("drivers", pot) for pot in drivers] + [("people", pot) for pot in people_pots(tree)]
    create_work_table(database, "pots", pa.Table.from_pylist([_pot_row(*one) for one in enumerate(named)], POT_SCHEMA))
    create_work_table(database, "leaves", pa.table({"grid_id": pa.array(sorted(tree.leaves), pa.string())}))
    townships = {
        "grid_id": pa.array(tree.townships.keys(), pa.string()),
        "township_id": pa.array(tree.townships.values(), pa.string()),
    }
    create_work_table(database, "townships", pa.table(townships))
    return mismatches


def _pot_row(pot_id: int, named: tuple[str, Pot]) -> dict[str, object]:
    noun, pot = named
    return {
        "pot_id": pot_id,
        "grid_id": pot.grid_id,
        "noun": noun,
        "amount": pot.amount,
        "grid_ids": list(pot.grid_ids),
    }


def _check_nothing_is_lost(database: duckdb.DuckDBPyConnection) -> None:
    """What was spread adds up to what was known: a fault of ours if not, so no sentence for an office."""
    wrong = database.execute(read_sql("etl.derived", "portions_check")).fetchall()
    if wrong:
        raise ArithmeticError(f"spread onto cells, but not whole: {wrong[:5]}")


def _as_finding(mismatch: Mismatch) -> Finding:
    rule = "parts_exceed_whole" if mismatch.difference > 0 else "parts_short_of_whole"
    return Finding(rule, "grids", mismatch.grid_id, row_count=abs(mismatch.difference))


def _unplaced(database: duckdb.DuckDBPyConnection) -> list[Finding]:
    """Numbers of grids that no cell of the place touches."""
    rows = database.execute(read_sql("etl.derived", "pots_outside")).fetchall()
    return [Finding("grid_outside_place", "grids", grid_id, row_count=amount) for grid_id, amount in rows]
