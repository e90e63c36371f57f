"""The corridors: all edges of one road number in one direction, in the order in which a truck drives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from etl.derived.corridors.reference_line import reference_line
from etl.derived.road_network.edges import insert
from etl.sql_files import read_sql

if TYPE_CHECKING:
    import duckdb

    from etl.derived.road_network.arrays import Flags, Numbers
    from etl.projection import LocalProjection

# Of a road's length so much must have stakes that fit it, else its kilometres are counted on its course.
LEAST_STAKED = 0.8
STAKE_FITS = (0.5, 2.0)  # stakes and course differ where a road was straightened; more than that is a slip


def lay_corridors(database: duckdb.DuckDBPyConnection, projection: LocalProjection) -> None:
    """Create and fill `corridor_edges`; wants the road network."""
    database.execute(read_sql("etl.derived.corridors", "corridor_edges"))
    edges = database.execute(read_sql("etl.derived.corridors", "edges_of_refs")).to_arrow_table()
    nodes = database.execute("select lon, lat from road_nodes order by node_id").fetchnumpy()
    x_m, y_m = projection.forward(nodes["lon"], nodes["lat"])
    refs = edges.column("ref").to_numpy(zero_copy_only=False)
    if not len(refs):
        return
    bounds = np.flatnonzero(np.append(True, refs[1:] != refs[:-1]))
    for first, after in zip(bounds, np.append(bounds[1:], len(refs)), strict=True):
        road = edges.slice(first, after - first)
        from_km, to_km, is_by_stake = _by_stake(road)
        if not is_by_stake:
            from_km, to_km = _by_course(road, x_m, y_m)
        _write(database, road, from_km, to_km, is_by_stake=is_by_stake)


def _by_stake(road: pa.Table) -> tuple[Numbers, Numbers, bool]:
    begins, ends = (road.column(name).to_numpy() for name in ("stake_from_km", "stake_to_km"))
    low, high = (road.column(name).to_numpy() for name in ("low_fraction", "high_fraction"))
    forward = road.column("is_forward").to_numpy(zero_copy_only=False).astype(bool)
    # One-way roads are often written with the lower stake first, whichever way they run: their direction says it.
    falls = np.isin(road.column("direction").to_numpy(zero_copy_only=False), ["down"])
    oneway = road.column("is_oneway").to_numpy(zero_copy_only=False).astype(bool)
    rises = oneway & np.isin(road.column("direction").to_numpy(zero_copy_only=False), ["up"])
    least, most = np.fmin(begins, ends), np.fmax(begins, ends)
    begins, ends = (
        np.where(oneway & falls, most, np.where(rises, least, begins)),
        np.where(oneway & falls, least, np.where(rises, most, ends)),
    )
    at_low, at_high = begins + low * (ends - begins), begins + high * (ends - begins)
    from_km, to_km = np.where(forward, at_low, at_high), np.where(forward, at_high, at_low)
    length_km = road.column("length_km").to_numpy()
    fits = _fits(np.abs(to_km - from_km), length_km)
    return from_km, to_km, bool(length_km[fits].sum() >= LEAST_STAKED * length_km.sum())


def _fits(staked_km: Numbers, length_km: Numbers) -> Flags:
    ratio = staked_km / np.maximum(length_km, 1e-9)
    fits: Flags = (ratio >= STAKE_FITS[0]) & (ratio <= STAKE_FITS[1])
    return fits


def _by_course(road: pa.Table, x_m: Numbers, y_m: Numbers) -> tuple[Numbers, Numbers]:
    begin, end = (road.column(name).to_numpy() for name in ("from_node", "to_node"))
    line = reference_line(begin, end, road.column("length_km").to_numpy(), x_m, y_m)
    return line.km_at(x_m[begin], y_m[begin]), line.km_at(x_m[end], y_m[end])


def _write(
    database: duckdb.DuckDBPyConnection, road: pa.Table, from_km: Numbers, to_km: Numbers, *, is_by_stake: bool
) -> None:
    known = np.flatnonzero(np.isfinite(from_km) & np.isfinite(to_km) & (from_km != to_km))
    rows = {
        "edge_id": road.column("edge_id").to_numpy()[known],
        "ref": road.column("ref").take(pa.array(known)),
        "direction": np.where(to_km > from_km, "up", "down")[known],
        "from_km": from_km[known],
        "to_km": to_km[known],
        "is_by_stake": np.full(len(known), is_by_stake),
    }
    insert(database, "corridor_edges", pa.table(rows))
