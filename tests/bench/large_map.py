"""A large place to draw, published as a snapshot: a million cells, a net of roads, many repair shops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from etl.contract import contract_parts
from etl.derived.cells import lay_cells
from etl.derived.corridors import lay_corridors
from etl.derived.findings import find_between_rows
from etl.derived.on_map import draw_on_map
from etl.derived.road_network import join_roads
from etl.derived.tracks import follow_tracks
from etl.shapes import Area
from etl.snapshot import SnapshotFolder
from etl.sources import NOUNS
from etl.sql_files import read_sql
from tests.bench.cells import CELL_SIZE_M, SEED, _fill
from tests.etl.derived.small_county import HERE

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

# The roads wind on their way, so that simplifying has something to do.
ROADS = """
insert into routes by name
with dice as (select setseed(0.5)),
ends as (
    select
        number,
        $west + random() * ($east - $west) as lon,
        $south + random() * ($north - $south) as lat,
        random() * 2 * pi() as towards
    from range($count) as numbers (number), dice
)
select
    1 as origin_id,
    number as row_number,
    'route-' || number as route_id,
    ['G', 'S', 'X'][1 + number % 3] || (number // 300)::varchar as ref,
    case
        when number % 100 < 3 then 'expressway'
        when number % 100 < 6 then 'first'
        when number % 100 < 15 then 'second'
        when number % 100 < 35 then 'third'
        when number % 100 < 80 then 'fourth'
        else 'unclassified'
    end as class,
    (number % 5000)::double as trucks_per_day,
    st_makeline(
        [
            st_point(
                lon + step * 0.002 * cos(towards) + 0.0005 * sin(step * 2.1),
                lat + step * 0.002 * sin(towards) + 0.0005 * cos(step * 1.7)
            )
            for step in range(12)
        ]
    ) as geom
from ends
"""
SHOPS = """
insert into repair_shops by name
select
    1 as origin_id,
    number as row_number,
    'shop-' || number as shop_id,
    'shop ' || number as name,
    ['first', 'second', 'third'][1 + number % 3] as class,
    number % 2 = 0 as is_filed,
    $west + random() * ($east - $west) as lon,
    $south + random() * ($north - $south) as lat
from range($count) as numbers (number)
"""


def publish_large_map(folder: Path, cells: int, roads: int, shops: int) -> Path:
    """Publish it in `<folder>/snapshots`."""
    radius_m = float(np.sqrt(cells / np.pi) * CELL_SIZE_M)
    place_m = shapely.Point(0, 0).buffer(radius_m, quad_segs=1000)
    boundary = HERE.to_degrees(place_m)
    (folder / "snapshots").mkdir(parents=True)
    with SnapshotFolder(folder / "snapshots").building() as draft:
        database = draft.database
        for text in (
            read_sql("etl", "macros"),
            read_sql("etl", "bookkeeping"),
            read_sql("etl.derived", "surroundings"),
        ):
            database.execute(text)
        for noun in NOUNS:
            database.execute(contract_parts(noun)[0])
        _fill(database, place_m, radius_m, np.random.default_rng(SEED))
        box = dict(zip(("west", "south", "east", "north"), boundary.bounds, strict=True))
        database.execute(ROADS, {**box, "count": roads})
        database.execute(SHOPS, {**box, "count": shops})
        _write_build(database, shapely.to_wkb(boundary))
        lay_cells(database, boundary, HERE, CELL_SIZE_M)
        join_roads(database, HERE)
        lay_corridors(database, HERE)
        follow_tracks(database, HERE, Area(*boundary.bounds), CELL_SIZE_M)
        draw_on_map(database)
        find_between_rows(database, boundary, HERE)
        return draft.publish({})


def _write_build(database: duckdb.DuckDBPyConnection, boundary: bytes) -> None:
    database.execute(
        "insert into build by name select 'large' as place_name, true as is_made_up, 'none' as product_version, "
        "'none' as inputs, now()::timestamp as started_at, $size as cell_size_m, $projection as projection, "
        "st_geomfromwkb($boundary) as boundary",
        {"size": CELL_SIZE_M, "projection": HERE.proj_string, "boundary": boundary},
    )
