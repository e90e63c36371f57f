"""Real tracks through Berlin; the first half of them drawn as roads, the other half to be matched with those.

No map goes with the tracks, so roads are where somebody drove. The tracks have an order and no moments.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from etl.projection import LocalProjection
from tests.etl.derived.small_roads import add_shape, empty_roads

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

GAP_M = 200.0  # a receiver was off
SAME_ROAD_M = 10.0  # two lanes of a wide road may become two roads: so there is something to choose
SHORTEST_ROAD_M = 100.0
BENDS_M = 5.0
APART_M = 100.0  # a ping a minute at the pace of a town
FEWEST = 5


@dataclass(frozen=True)
class Berlin:
    here: LocalProjection
    roads: duckdb.DuckDBPyConnection
    tracks: list[Any]
    around: Any


def berlin(public_data: Path) -> Berlin:
    rows = pd.read_csv(public_data / "gps" / "berlin_gps_traces.csv.gz")
    here = LocalProjection(float(rows["Longitude"].median()), float(rows["Latitude"].median()))
    x_m, y_m = here.forward(rows["Longitude"], rows["Latitude"])
    drives = [
        list(unbroken(spots_m[["x", "y"]].to_numpy()))
        for _, spots_m in pd.DataFrame({"track": rows["TrackID"], "x": x_m, "y": y_m}).groupby("track")
    ]
    roads = empty_roads()
    for number, road_m in enumerate(roads_along([one for some in drives[::2] for one in some])):
        add_shape(roads, f"r{number}", here.to_degrees(road_m))
    thinned = [thin(one) for some in drives[1::2] for one in some]
    tracks = [np.column_stack(here.inverse(*one.T)) for one in thinned if len(one) >= FEWEST]
    return Berlin(here, roads, tracks, here.to_degrees(shapely.MultiPoint(np.column_stack((x_m, y_m))).envelope))


def unbroken(spots_m: Any) -> Iterator[Any]:
    """The track cut where it leaps."""
    leaps = np.flatnonzero(np.hypot(*np.diff(spots_m, axis=0).T) > GAP_M) + 1
    yield from (piece for piece in np.split(spots_m, leaps) if len(piece) > 1)


def roads_along(drives: list[Any]) -> Iterator[Any]:
    """Where several drove along one road, it is drawn once."""
    taken: Any = shapely.Polygon()
    for spots_m in drives:
        course = shapely.simplify(shapely.LineString(spots_m), BENDS_M)
        new = shapely.get_parts(shapely.difference(course, taken))
        yield from (piece for piece in new if piece.length >= SHORTEST_ROAD_M)
        taken = shapely.union(taken, shapely.buffer(course, SAME_ROAD_M))


def thin(spots_m: Any) -> Any:
    kept = [spots_m[0]]
    for spot_m in spots_m[1:]:
        if np.hypot(*(spot_m - kept[-1])) >= APART_M:
            kept.append(spot_m)
    return np.array(kept)
