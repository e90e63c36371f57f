"""Tracks driven along Liechtenstein's roads, matched by us and by meili, the matcher of Valhalla.

Valhalla drives the ways, so it is known on which road each ping truly was; the receiver then wavers. Meili looks at the
whole track and at how roads hang together, we at one ping and its heading. It also drives over field tracks, which are
no routes here: pings on those are told and left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from etl.contract import contract_parts
from etl.engine import open_database
from etl.projection import LocalProjection
from etl.sql_files import read_sql
from tests.etl.derived.tracks.matching import courses_m, ground, matched
from tests.planning.osm_highways import fill_routes
from tests.planning.valhalla import Valhalla, program_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import duckdb

pytestmark = pytest.mark.slow
DRIVES = 40
APART_M = 250.0
WAVERS_M, TURNS_DEG = 8.0, 10.0
FEWEST = 8
HERE = LocalProjection(9.55, 47.15)
AROUND = shapely.box(9.45, 47.04, 9.65, 47.28)
ENDS = "select st_x(st_startpoint(geom)), st_y(st_startpoint(geom)) from routes where class in $classes order by all"
CLASSES = ["first", "second", "third", "fourth", "unclassified", "residential"]


@dataclass(frozen=True)
class Driven:
    """A track of wavering positions in equal steps, with headings, and the way that each position truly lies on."""

    spots: Any
    headings_deg: Any
    ways: Any


@dataclass(frozen=True)
class Case:
    """By driving ping: the way it was driven on, and those that meili and we say, with headings and without."""

    true: Any
    is_route: Any
    by_meili: Any
    by_us: Any
    by_us_without_headings: Any


@pytest.fixture(scope="module")
def case(public_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Case:
    programs = program_folder()
    if programs is None:
        pytest.skip("pyvalhalla is not installed, and YITU_VALHALLA names no folder that it was unpacked into")
    file = public_data / "osm" / "liechtenstein-latest.osm.pbf"
    judge = Valhalla(programs, file, tmp_path_factory.mktemp("judge"))
    database = ground(roads_of(file), HERE, AROUND)
    drives = list(driven(judge, database))
    tracks = [one.spots for one in drives]
    with_headings = matched(database, HERE, tracks, [one.headings_deg for one in drives])
    without = matched(database, HERE, tracks)
    assert (without.track == with_headings.track).all()
    assert (without.minute == with_headings.minute).all()
    way_of_edge = np.array([int(name.removeprefix("way/")) for name in courses_m(database, HERE)[1]])
    by_meili = [judge.matched_ways(track) for track in tracks]
    pings = list(zip(without.track, without.minute, strict=True))
    true = np.array([drives[track].ways[minute] for track, minute in pings])
    return Case(
        true=true,
        is_route=np.isin(true, way_of_edge),
        by_meili=np.array([by_meili[track][minute] for track, minute in pings]),
        by_us=np.where(with_headings.edge >= 0, way_of_edge[with_headings.edge], -1),
        by_us_without_headings=np.where(without.edge >= 0, way_of_edge[without.edge], -1),
    )


def roads_of(file: Path) -> duckdb.DuckDBPyConnection:
    database = open_database(readable=(file.resolve().parent,))
    database.execute(read_sql("etl", "bookkeeping"))
    for noun in ("grids", "places", "drivers", "stations", "resources", "routes"):
        database.execute(contract_parts(noun)[0])
    fill_routes(database, file.resolve())
    return database


def driven(judge: Valhalla, roads: duckdb.DuckDBPyConnection) -> Iterator[Driven]:
    dice = np.random.default_rng(3)
    ends = roads.execute(ENDS, {"classes": CLASSES}).fetchall()
    found = 0
    while found < DRIVES:
        begin, end = dice.choice(len(ends), 2, replace=False).tolist()
        corners, ways = judge.drive(ends[begin], ends[end])
        steps_m = np.diff(np.column_stack(HERE.forward(*corners.T)), axis=0)
        until_m = np.cumsum(np.hypot(*steps_m.T))
        along_m = np.arange(APART_M / 2, until_m[-1], APART_M)
        if len(along_m) < FEWEST:
            continue
        found += 1
        step = np.searchsorted(until_m, along_m)
        course = shapely.LineString(np.column_stack(HERE.forward(*corners.T)))
        spots_m = shapely.get_coordinates(shapely.line_interpolate_point(course, along_m))
        wavering_m = spots_m + dice.normal(0, WAVERS_M, spots_m.shape)
        headings_deg = np.degrees(np.arctan2(*steps_m[step].T)) + dice.normal(0, TURNS_DEG, len(step))
        yield Driven(np.column_stack(HERE.inverse(*wavering_m.T)), headings_deg % 360, ways[step])


def test_nearly_as_many_pings_are_on_their_road_as_by_meili(
    case: Case, record_property: Callable[[str, object], None]
) -> None:
    routes = case.is_route
    true, by_meili, by_us = case.true[routes], case.by_meili[routes], case.by_us[routes]
    told = {
        "pings": len(routes),
        "on routes": routes.mean(),
        "right by meili": (by_meili == true).mean(),
        "right by us": (by_us == true).mean(),
        "right by us, without headings": (case.by_us_without_headings[routes] == true).mean(),
        "placed by us": (by_us >= 0).mean(),
        "the same by us and meili": (by_us == by_meili).mean(),
    }
    for what, number in told.items():
        record_property(what, float(number))
        print(f"{what}: {number:.4g}")  # noqa: T201  (shown by -rP)
    assert told["pings"] > 1000
    assert told["on routes"] > 0.9
    assert told["right by meili"] > 0.93
    assert told["right by us"] > 0.93
    assert told["right by us, without headings"] > 0.88
    assert told["placed by us"] > 0.98
    assert told["the same by us and meili"] > 0.92
