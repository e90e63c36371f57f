"""Layers as vector tiles: shapes stored in the map's metres, moved into the tile by the database."""

from __future__ import annotations

import gzip
import math
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from dashboard.tiles.drawn_areas import drawn_areas
from dashboard.tiles.shape_cutting import cut_to_box
from dashboard.tiles.tile_address import UNITS, UNITS_PER_PX, frame_of
from dashboard.tiles.tile_memory import TileMemory
from etl.projection import MAP_RADIUS_M, TILE_PX, pixel_on_map_m
from etl.sql_files import read_sql
from planning.cell_raster import lattice_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dashboard.tiles.tile_address import Frame, Tile
    from planning.atlas import Atlas

SQL = "dashboard.tiles"
BASE, CELLS, GRIDS, SURROUNDINGS = "base", "cells", "grids", "surroundings"
POINT_NOUNS = ("stations", "resources", "repair_shops", "requests", "incidents", "places", "enterprises")
LINE_KEYS = {"rivers": "river_id", "routes": "route_id"}
LAYERS = (BASE, CELLS, GRIDS, *POINT_NOUNS)

MOST_POINTS = 2000  # of a tile that are drawn one by one
MOST_HEAPS = 4000  # of a tile without its margin
HEAP_SIDES_PX = (4, 8, 16, 32)  # each divides a tile's side and the margin, so that heaps have no seams
LEAST_CELL_PX = 4.0
# What is drawn across a tile's edge must be in both tiles: lines by their width, points by their signs' size.
SHAPE_MARGIN_PX, POINT_MARGIN_PX = 8, 32
FAR_TILES = 4  # a line so many tiles long is cut
MOST_TENTHS = 2_000_000_000  # the greatest number that a property holds, in tenths
_HEAP_SIDES_KEPT = 10_000
_heap_sides: TileMemory[int | None] = TileMemory(_HEAP_SIDES_KEPT, lambda _: 1)
_PARAMETER = re.compile(r"\$([a-z_]+)")


def vector_tile(atlas: Atlas, layer: str, tile: Tile) -> bytes:
    """A layer's tile, gzipped; nothing at all where there is nothing to draw."""
    if layer == BASE:
        # Tiles of single layers, one after another, are a tile of all.
        drawn = _areas(atlas, SURROUNDINGS, tile) + b"".join(_lines(atlas, noun, tile) for noun in LINE_KEYS)
    elif layer == CELLS:
        drawn = _cells(atlas, tile)
    elif layer == GRIDS:
        drawn = _areas(atlas, GRIDS, tile)
    elif layer in POINT_NOUNS:
        drawn = _points(atlas, layer, tile)
    else:
        raise KeyError(layer)
    return gzip.compress(drawn, compresslevel=5, mtime=0) if drawn else b""


def cells_from_zoom(atlas: Atlas) -> int:
    """The first zoom at which a cell is large enough to be drawn, and clicked, by itself."""
    side_m = _cell_side_on_map_m(atlas)
    return max(0, math.ceil(math.log2(LEAST_CELL_PX * pixel_on_map_m(0) / side_m)))


def _cell_side_on_map_m(atlas: Atlas) -> float:
    lattice = lattice_of(atlas)
    return lattice.cell_size_m / math.cos(math.radians(lattice.projection.centre_lat_deg))


def _cells(atlas: Atlas, tile: Tile) -> bytes:
    if tile.z < cells_from_zoom(atlas):
        return b""
    # A square turned by half a right angle reaches so far from its middle; mind that north of it they are larger.
    reach_m = _cell_side_on_map_m(atlas)
    return _asked(atlas, read_sql(SQL, "layer_cells"), CELLS, tile, SHAPE_MARGIN_PX, cell_reach_m=reach_m)


def _areas(atlas: Atlas, noun: str, tile: Tile) -> bytes:
    zoom_from = _fetched(atlas, _of_noun("band_of_zoom", noun), {"zoom": tile.z})[0][0]
    sql = read_sql(SQL, f"areas_of_{noun}")
    areas = drawn_areas(
        (atlas.path, noun, zoom_from), lambda: atlas.cursor().execute(sql, {"zoom": tile.z}).to_arrow_table()
    )
    in_tile = areas.in_box(frame_of(tile, SHAPE_MARGIN_PX))
    # A name that this thread's cursor alone knows.
    atlas.cursor().register("areas_in_tile", in_tile)
    try:
        return _asked(atlas, read_sql(SQL, "area_tile"), noun, tile, SHAPE_MARGIN_PX)
    finally:
        atlas.cursor().unregister("areas_in_tile")


def _lines(atlas: Atlas, noun: str, tile: Tile) -> bytes:
    frame = frame_of(tile, SHAPE_MARGIN_PX)
    long = _fetched(atlas, _of_noun("lines_to_cut", noun), _known(frame, noun, tile))
    cut = cut_to_box(shapely.from_wkb(np.array([row[1] for row in long], dtype=object)), frame)
    return _asked(
        atlas, _lines_sql(noun), noun, tile, SHAPE_MARGIN_PX, cut_ids=[row[0] for row in long], cut_shapes=cut
    )


def _points(atlas: Atlas, noun: str, tile: Tile) -> bytes:
    """Each point by itself, or, where they are too many, heaps of them: none is left out without being counted."""
    side_px = heap_side_px(atlas, noun, tile.z)
    raster = None if side_px is None else float(side_px * UNITS_PER_PX)
    return _asked(atlas, _points_sql("point_tile", noun), noun, tile, POINT_MARGIN_PX, raster=raster)


def heap_side_px(atlas: Atlas, noun: str, zoom: int) -> int | None:
    """How large the squares are whose points make heaps at a zoom; None where each point is drawn by itself.

    One answer for all tiles of a zoom, since neighbours must make the same heaps where they meet.
    """
    return _heap_sides.recall((atlas.path, noun, zoom), lambda: _found_side_px(atlas, noun, zoom))


def _found_side_px(atlas: Atlas, noun: str, zoom: int) -> int | None:
    sql = _points_sql("point_loads", noun)
    for side_px in HEAP_SIDES_PX:
        asked = {"zoom": zoom, "side_px": side_px, "tile_px": TILE_PX}
        points, heaps = atlas.cursor().execute(sql, asked).fetchone() or (0, 0)
        if points <= MOST_POINTS:
            return None
        if heaps <= MOST_HEAPS:
            return side_px
    return HEAP_SIDES_PX[-1]


def _asked(atlas: Atlas, sql: str, layer: str, tile: Tile, margin_px: int, **more: Any) -> bytes:  # noqa: ANN401
    """The tile that a query makes; nothing where it has no features."""
    found = _fetched(atlas, sql, {**_known(frame_of(tile, margin_px), layer, tile), **more})
    return bytes(found[0][0]) if found and found[0][1] else b""


def _known(frame: Frame, layer: str, tile: Tile) -> dict[str, Any]:
    """All that a query of a tile may ask for."""
    return {
        **vars(frame),
        "layer": layer,
        "zoom": tile.z,
        "units": UNITS,
        "radius_m": MAP_RADIUS_M,
        "far_m": FAR_TILES * TILE_PX * pixel_on_map_m(tile.z),
        "most": MOST_TENTHS,
    }


def _fetched(atlas: Atlas, sql: str, known: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return atlas.cursor().execute(sql, named_in(sql, known)).fetchall()


def named_in(sql: str, known: Mapping[str, Any]) -> dict[str, Any]:
    """Of all that is known, what a query asks for: the database refuses what it was not asked."""
    return {name: known[name] for name in set(_PARAMETER.findall(sql))}


@cache
def _of_noun(query: str, noun: str) -> str:
    """A query for the shapes of any noun, as one for this noun's."""
    return read_sql(SQL, query).replace("shapes_on_map", f"{noun}_on_map").replace("shape_id", LINE_KEYS.get(noun, ""))


@cache
def _lines_sql(noun: str) -> str:
    return read_sql(SQL, f"layer_{noun}").replace("from lines_in_box", f"from (\n{_of_noun('lines_in_box', noun)})")


@cache
def _points_sql(query: str, noun: str) -> str:
    points = read_sql(SQL, f"points_{noun}")
    return read_sql(SQL, query).replace("from points_of_noun", f"from (\n{points})")
