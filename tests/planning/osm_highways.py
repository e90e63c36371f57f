"""Roads of an OpenStreetMap file as routes, read in the plainest way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import osmium
import shapely

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

ROADS = """
create or replace temp table ways as
select id, tags, refs from st_readosm($file)
where kind = 'way' and tags['highway'] in (
    'motorway', 'trunk', 'primary', 'secondary', 'tertiary', 'unclassified', 'residential', 'living_street', 'road',
    'motorway_link', 'trunk_link', 'primary_link', 'secondary_link', 'tertiary_link', 'service'
) and coalesce(tags['area'], 'no') <> 'yes';
create or replace temp table spots as
select id, lon, lat from st_readosm($file) where kind = 'node'
"""
INSERT = """
insert into routes by name
with steps as (
    select id, unnest(refs) as node, generate_subscripts(refs, 1) as place from ways
),

courses as (
    select steps.id, list(st_point(spots.lon, spots.lat) order by steps.place) as places
    from steps inner join spots on steps.node = spots.id
    group by steps.id having count(*) > 1
),

tagged as (
    select
        ways.id,
        ways.tags['highway'] as highway,
        coalesce(ways.tags['oneway'], '') as oneway,
        coalesce(ways.tags['junction'], '') as junction,
        coalesce(ways.tags['hgv'], ways.tags['motor_vehicle'], ways.tags['vehicle'], ways.tags['access'], '') as access,
        ways.tags
    from ways
)

select
    1 as origin_id,
    row_number() over (order by tagged.id) as row_number,
    'way/' || tagged.id as route_id,
    tagged.tags['ref'] as ref,
    case
        when highway = 'motorway' then 'expressway' when highway = 'trunk' then 'first'
        when highway = 'primary' then 'second' when highway = 'secondary' then 'third'
        when highway = 'tertiary' then 'fourth' when highway like '%_link' then 'ramp' else highway
    end as class,
    oneway in ('yes', '1', 'true', '-1') or junction in ('roundabout', 'circular')
    or (oneway = '' and highway in ('motorway', 'motorway_link')) as is_oneway,
    try_cast(tagged.tags['maxspeed'] as double) as speed_km_per_h,
    access not in ('no', 'private', 'agricultural', 'forestry', 'delivery', 'destination') as is_truck_allowed,
    coalesce(tagged.tags['bridge'], 'no') <> 'no' as is_bridge,
    coalesce(tagged.tags['tunnel'], 'no') <> 'no' as is_tunnel,
    try_cast(tagged.tags['layer'] as smallint) as layer,
    st_makeline(case when oneway = '-1' then list_reverse(places) else places end) as geom
from tagged inner join courses using (id)
"""


def fill_routes(database: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Fill `routes` with the roads of the file; the database must be allowed to read it."""
    for statement in ROADS.split(";"):
        database.execute(statement, {"file": str(file)})
    database.execute(INSERT)


HIGHWAYS = {
    "expressway": "motorway", "first": "trunk", "second": "primary", "third": "secondary", "fourth": "tertiary",
    "ramp": "motorway_link",
}  # fmt: skip


def write_osm(snapshot: duckdb.DuckDBPyConnection, file: Path) -> None:
    """The routes of a snapshot as an OpenStreetMap file, with one node for each place that a vertex has."""
    found = snapshot.execute(
        "select class, is_oneway, speed_km_per_h, is_bridge, is_tunnel, st_aswkb(geom) from routes order by route_id"
    ).fetchall()
    ids: dict[tuple[float, float], int] = {}
    ways: list[tuple[list[int], dict[str, str]]] = []
    for road_class, is_oneway, speed, is_bridge, is_tunnel, shape in found:
        places = shapely.get_coordinates(shapely.from_wkb(bytes(shape))).round(7)
        refs = [ids.setdefault((lon, lat), len(ids) + 1) for lon, lat in places.tolist()]
        tags = {"highway": HIGHWAYS.get(road_class, "unclassified"), "oneway": "yes" if is_oneway else "no"}
        tags |= {"maxspeed": f"{speed:g}"} if speed else {}
        tags |= {"bridge": "yes"} if is_bridge else {"tunnel": "yes"} if is_tunnel else {}
        ways.append((refs, tags))
    with osmium.SimpleWriter(str(file)) as writer:
        for place, number in ids.items():
            writer.add_node(osmium.osm.mutable.Node(id=number, location=place, version=1))
        for number, (refs, tags) in enumerate(ways, start=1):
            writer.add_way(osmium.osm.mutable.Way(id=number, nodes=refs, tags=tags, version=1))
