"""A place of a few files, built in a fraction of a second."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from etl.build import BuildResult, build_place
from etl.snapshot_check import open_snapshot

WEST, SOUTH, EAST, NORTH = 107.30, 35.28, 107.42, 35.38
OUTLINE = [[WEST, SOUTH], [EAST, SOUTH], [EAST, NORTH], [WEST, NORTH], [WEST, SOUTH]]


class SmallPlace:
    """A folder with an outline; files and sources are added one by one."""

    def __init__(self, folder: Path, margin_km: float = 60) -> None:
        self.folder = folder
        (folder / "files").mkdir(parents=True)
        outline = {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [OUTLINE]}}
        (folder / "files" / "outline.geojson").write_text(json.dumps(outline))
        self._manifest = (
            '[place]\nname = "小地方"\nboundary = "files/outline.geojson"\n'
            f"margin_km = {margin_km}\ncell_size_m = 2000\n"
        )

    def add(self, noun: str, file: str, rows: Sequence[Sequence[object]] | None = None, **settings: Any) -> SmallPlace:
        """Name a source; rows, the headings first, are written as plain CSV."""
        if rows is not None:
            lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
            (self.folder / "files" / file).write_text("\n".join(lines) + "\n", "utf-8")
        settings = {"datum": "wgs84", **settings}
        said = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in settings.items())
        self._manifest += f'[[source]]\nnoun = "{noun}"\nfiles = "files/{file}"\n{said}'
        return self

    def build(self, **options: Any) -> tuple[BuildResult, duckdb.DuckDBPyConnection]:
        (self.folder / "sources.toml").write_text(self._manifest, "utf-8")
        result = build_place(self.folder, **options)
        return result, open_snapshot(result.snapshot)


def tally(snapshot: duckdb.DuckDBPyConnection) -> list[tuple[int, ...]]:
    """Read, kept, rejected, merged and repaired of each origin."""
    return snapshot.execute(
        "select read_rows, kept_rows, rejected_rows, merged_rows, repaired_rows from origins order by origin_id"
    ).fetchall()


def reasons(snapshot: duckdb.DuckDBPyConnection) -> list[tuple[int, str, str]]:
    """Row, rule and column of everything refused."""
    return snapshot.execute(
        'select row_number, reason.rule, reason."column" '
        "from (select row_number, unnest(reasons) as reason from rejects) order by all"
    ).fetchall()
