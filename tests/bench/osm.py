"""Times a place begun from a file of OpenStreetMap, and its build: Porto, 51,000 highways, from the public data.

`python -m tests.bench.osm FILE` does the same with any other file, for example of a whole province.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.figure import Figure, Settings
from tests.bench.measuring import Clock, tried

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PORTO = Path(os.environ.get("YITU_PUBLIC_DATA", ROOT.parent / "shared" / "data")) / "osm" / "porto_portugal.osm.pbf"
GOAL_S = 30.0  # begun and built, so that trying a place out costs less than finding its file


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for figure in _measured(Path(sys.argv[1]), Path(folder)):
            sys.stdout.write(json.dumps(figure.as_json()) + "\n")


def figures(settings: Settings) -> Iterator[Figure]:
    """The same at every scale: the file is as large as it is."""
    if PORTO.is_file():
        yield from _measured(PORTO, settings.folder)
    else:
        yield Figure("osm", None, None, note=f"{PORTO} is not here")


def _measured(file: Path, folder: Path) -> Iterator[Figure]:
    place = folder / "place"
    begun = tried(begin, place, file)
    roads = tried(read_roads_with_duckdb, file, folder)
    note = f"the peer reads {roads.value:,} roads and rivers only, with {roads.peak_mb or 0:,.0f} MB"
    rows = sum(begun.value.values())
    yield Figure.of("osm: init", rows, begun, peer="ST_ReadOSM", peer_s=roads.seconds, note=note)
    built = tried(build, place)
    took_s = begun.seconds + built.seconds
    yield Figure.of("osm: build", built.value, built, goal=f"{GOAL_S:g} s with init", is_met=took_s <= GOAL_S)


def begin(clock: Clock, place: Path, file: Path) -> dict[str, int]:
    from etl.new_place.beginning import Wanted, begin_place  # noqa: PLC0415  (only this process is measured)

    with clock.running():
        begun = begin_place(place, Wanted(osm=file))
    return begun.counts.rows if begun.counts else {}


def build(clock: Clock, place: Path) -> int:
    from etl.build import build_place  # noqa: PLC0415
    from etl.snapshot_check import open_snapshot  # noqa: PLC0415

    with clock.running():
        result = build_place(place)
    counted: Any = open_snapshot(result.snapshot).execute("select sum(kept_rows) from origins").fetchone()
    return int(counted[0])


def read_roads_with_duckdb(clock: Clock, file: Path, folder: Path) -> int:
    """Lines of all roads and rivers by a join in the database: what an intake through ST_ReadOSM would begin with."""
    from etl.engine import open_database  # noqa: PLC0415

    database = open_database(readable=(file.resolve().parent,), spill_folder=folder)
    with clock.running():
        found = database.execute(
            """
            with ways as (
                select id, unnest(refs) as node_id, generate_subscripts(refs, 1) as place
                from st_readosm($file)
                where kind = 'way' and len(refs) > 1
                    and (tags['highway'] is not null or tags['waterway'] is not null)
            ),
            nodes as (select id, lon, lat from st_readosm($file) where kind = 'node'),
            lines as (
                select ways.id, list(st_point(nodes.lon, nodes.lat) order by ways.place) as places
                from ways join nodes on nodes.id = ways.node_id
                group by ways.id
            )
            select count(st_length(st_makeline(places))) from lines where len(places) > 1
            """,
            {"file": str(file.resolve())},
        ).fetchone()
    return int(found[0]) if found else 0


if __name__ == "__main__":
    main()
