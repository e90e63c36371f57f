"""Names on the map: counties, towns and villages, road numbers. Each stands in one tile only."""

from __future__ import annotations

import gzip
import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dashboard.tiles.tile_address import degrees_of_map, frame_of, tile_holding
from dashboard.tiles.vector_tiles import SQL, named_in
from etl.datum import from_wgs84
from etl.sql_files import read_sql

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.tiles.tile_address import Tile
    from planning.atlas import Atlas

MOST_LABELS = 150  # of a tile
COUNTIES_UP_TO_ZOOM = 11
OWN_COUNTY_ZOOMS = range(7, 10)  # farther away the place is smaller than its name, nearer its towns speak for it
PLACES_FROM_ZOOM = {"city": 8, "town": 8, "village": 12}
GREAT_ROADS_FROM_ZOOM, ALL_ROADS_FROM_ZOOM = 8, 11
GREAT_ROADS = ("expressway", "first")
MARGIN_PX = 1  # a name on the very edge is looked for on both sides, and stands on one

# The lower, the more important; what stands between two is filled by size.
COUNTY, CITY, GREAT_ROAD, TOWN, ROAD, VILLAGE = 0, 100, 200, 300, 400, 500
_RANK_OF_PLACE = {"city": CITY, "town": TOWN, "village": VILLAGE}


@dataclass(frozen=True)
class Label:
    """A name and where its middle stands, WGS-84."""

    lon: float
    lat: float
    text: str
    kind: str
    rank: int


def label_tile(atlas: Atlas, tile: Tile) -> bytes:
    """The names of a tile as gzipped JSON: lon, lat (in the map's own datum), text, kind, rank; the best rank first."""
    labels = [*_counties(atlas, tile), *_places(atlas, tile), *_roads(atlas, tile)]
    rows = _within(labels, tile)
    rows.sort(key=lambda row: row[4])  # stable: those of one rank stay in the order of their query
    written = json.dumps(rows[:MOST_LABELS], ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(written.encode(), compresslevel=5, mtime=0)


def _within(labels: list[Label], tile: Tile) -> list[list[Any]]:
    """The labels of this tile and no other, placed as the map's datum has it."""
    if not labels:
        return []
    lon, lat = from_wgs84([label.lon for label in labels], [label.lat for label in labels], tile.datum)
    x, y = tile_holding(lon, lat, tile.z)
    is_here = (x == tile.x) & (y == tile.y)
    return [
        [round(float(lon[n]), 6), round(float(lat[n]), 6), labels[n].text, labels[n].kind, labels[n].rank]
        for n in np.flatnonzero(is_here)
    ]


def _counties(atlas: Atlas, tile: Tile) -> Iterator[Label]:
    if tile.z <= COUNTIES_UP_TO_ZOOM:
        for name, is_inside, lon, lat in _asked(atlas, "labels_counties", tile):
            if tile.z in OWN_COUNTY_ZOOMS or not is_inside:
                yield Label(lon, lat, name, "county", COUNTY + (0 if is_inside else 1))


def _places(atlas: Atlas, tile: Tile) -> Iterator[Label]:
    kinds = [kind for kind, zoom in PLACES_FROM_ZOOM.items() if tile.z >= zoom]
    if kinds:
        for name, kind, people, lon, lat in _asked(atlas, "labels_places", tile, kinds=kinds, most=MOST_LABELS):
            yield Label(lon, lat, name, kind, _RANK_OF_PLACE[kind] + _smallness(people))


def _roads(atlas: Atlas, tile: Tile) -> Iterator[Label]:
    if tile.z >= GREAT_ROADS_FROM_ZOOM:
        is_great_only = tile.z < ALL_ROADS_FROM_ZOOM
        for ref, road_class, x_m, y_m in _asked(atlas, "labels_roads", tile, margin_px=0, is_great_only=is_great_only):
            lon, lat = degrees_of_map(x_m, y_m)
            yield Label(float(lon), float(lat), ref, "road", GREAT_ROAD if road_class in GREAT_ROADS else ROAD)


def _smallness(people: int | None) -> int:
    """0 for ten million people, 99 for none or an unknown number."""
    return round(99 * (1 - min(math.log10(max(people or 1, 1)) / 7, 1)))


def _asked(atlas: Atlas, query: str, tile: Tile, *, margin_px: int = MARGIN_PX, **more: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401
    sql = read_sql(SQL, query)
    known = {**vars(frame_of(tile, margin_px)), "zoom": tile.z, **more}
    return atlas.cursor().execute(sql, named_in(sql, known)).fetchall()
