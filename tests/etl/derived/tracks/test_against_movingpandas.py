"""Stops of a real delivery vehicle beside those that movingpandas finds; left out where it is not installed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from etl.derived.tracks import follow_tracks
from etl.projection import LocalProjection
from tests.etl.derived.tracks.small_tracks import AREA, CELL_SIZE_M, county_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]
LEAST_MIN = 20
DIAMETER_M = 200
MINUTE_S = 60


def positions(public_data: Path) -> pd.DataFrame:
    rows = pd.read_csv(public_data / "gps" / "india_vehicle_stops.csv")
    rows["at"] = pd.to_datetime(rows["eventGeneratedTime"], unit="ms")
    return rows.drop_duplicates("at").sort_values("at").reset_index(drop=True)


def ours(rows: pd.DataFrame) -> list[tuple[dt.datetime, dt.datetime]]:
    pings = [
        {"vehicle": "甲", "pinged_at": at.to_pydatetime(), "lon": lon, "lat": lat, "speed_km_per_h": float(speed)}
        for at, lon, lat, speed in zip(rows["at"], rows["longitude"], rows["latitude"], rows["speed"], strict=True)
    ]
    database = county_of(pings)
    here = LocalProjection(float(rows["longitude"].median()), float(rows["latitude"].median()))
    follow_tracks(database, here, AREA.__class__(60, 0, 100, 40), CELL_SIZE_M)
    return database.execute("select begins_at, ends_at from stops order by begins_at").fetchall()


def theirs(rows: pd.DataFrame, movingpandas: Any) -> list[tuple[dt.datetime, dt.datetime]]:
    track = movingpandas.Trajectory(
        rows[["at", "longitude", "latitude"]].assign(id=1), "id", t="at", x="longitude", y="latitude", crs=4326
    )
    found = movingpandas.TrajectoryStopDetector(track).get_stop_time_ranges(
        max_diameter=DIAMETER_M, min_duration=dt.timedelta(minutes=LEAST_MIN)
    )
    return [(one.t_0, one.t_n) for one in found]


def test_both_say_for_most_of_the_time_whether_it_stands(public_data: Path) -> None:
    movingpandas = pytest.importorskip("movingpandas", reason="movingpandas is not installed")
    rows = positions(public_data)
    begin = rows["at"].iloc[0].to_pydatetime()
    minutes = int((rows["at"].iloc[-1].to_pydatetime() - begin).total_seconds() // MINUTE_S)
    standing = [np.zeros(minutes + 1, dtype=bool) for _ in range(2)]
    for which, stops in enumerate((ours(rows), theirs(rows, movingpandas))):
        for first, last in stops:
            low, high = (int((moment - begin).total_seconds() // MINUTE_S) for moment in (first, last))
            standing[which][max(low, 0) : high + 1] = True
    both, either = standing[0] & standing[1], standing[0] | standing[1]
    assert both.sum() / either.sum() > 0.9
