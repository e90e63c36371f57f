"""Flows of trucks as vector tiles: each piece of road once, with all its hours, so that the browser can play a day."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pyarrow as pa

from dashboard.tiles.tile_address import UNITS, frame_of
from dashboard.tiles.vector_tiles import SHAPE_MARGIN_PX, SQL, named_in
from etl.sql_files import read_sql
from planning.snapshot_cache import SnapshotCache

if TYPE_CHECKING:
    from dashboard.freight_choice import FreightChoice
    from dashboard.tiles.tile_address import Tile
    from planning.atlas import Atlas

LAYER = "flows"
_CHOICES_HELD = 8

_flows: SnapshotCache[pa.Table] = SnapshotCache(_CHOICES_HELD)


def flow_tile(atlas: Atlas, choice: FreightChoice, tile: Tile) -> bytes:
    """The tile, gzipped; nothing at all where there is nothing to draw."""
    known = {**vars(frame_of(tile, SHAPE_MARGIN_PX)), "layer": LAYER, "zoom": tile.z, "units": UNITS}
    sql = read_sql(SQL, "layer_flows")
    cursor = atlas.cursor()
    cursor.register("flows_at_hand", _flows_of(atlas, choice))  # a name that this thread's cursor alone knows
    try:
        found = cursor.execute(sql, named_in(sql, known)).fetchone()
    finally:
        cursor.unregister("flows_at_hand")
    return gzip.compress(bytes(found[0]), compresslevel=5, mtime=0) if found and found[1] else b""


def _flows_of(atlas: Atlas, choice: FreightChoice) -> pa.Table:
    return _flows.get(atlas.path, f"{choice.day_kind} {choice.cargo}", lambda: _read(atlas, choice))


def _read(atlas: Atlas, choice: FreightChoice) -> pa.Table:
    rows = atlas.query("flows_by_piece", day_kind=choice.day_kind, cargo=choice.cargo)
    for name in ("along", "against"):
        written = [_written(hours) for hours in rows.column(name).to_pylist()]
        rows = rows.set_column(rows.column_names.index(name), name, pa.array(written, pa.string()))
    return rows.drop_columns(["along_direction", "against_direction"])


def _written(hours: list[float | None] | None) -> str | None:
    """Tenths of trucks, the whole day first; what is unknown stands empty."""
    return None if hours is None else ",".join("" if one is None else str(round(one * 10)) for one in hours)
