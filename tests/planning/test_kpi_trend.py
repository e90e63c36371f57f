from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from planning.atlas import open_atlas
from planning.kpis import REGISTER, kpi_rows, kpi_trend
from tests.etl.small_place import SmallPlace
from tests.planning.health_build import build_empty, build_health
from tests.planning.kpi_place import STATIONS, station
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path


def test_the_trend_tells_each_build(tmp_path: Path) -> None:
    ledgers = ([station(1)], [station(1), station(2)], [station(1), station(2, bays=""), station(3)])
    atlases = []
    (tmp_path / "one").mkdir()
    for number, ledger in enumerate(ledgers):
        folder = tmp_path / str(number)
        SmallPlace(folder).add("stations", "a.csv", [STATIONS, *ledger]).build(snapshots_in=tmp_path / "one")
        atlases.append(open_atlas(tmp_path / "one"))
    trend = kpi_trend(atlases[-1], "bays_open")
    assert [(point.value, point.is_lower_bound) for point in trend] == [(10, False), (20, False), (20, True)]
    assert [point.value for point in kpi_trend(atlases[1], "stations_open")] == [1, 2]
    assert [point.build_id for point in trend] == [atlas.build_id for atlas in atlases]
    assert all(isinstance(point.moment, dt.datetime) for point in trend)
    assert [point.value for point in kpi_trend(atlases[-1], "requests_open")] == [None, None, None]


def test_an_older_snapshot_without_a_table_or_a_column_is_unknown(tmp_path: Path) -> None:
    build_health(tmp_path)
    build_empty(tmp_path)
    atlas = open_atlas(tmp_path)
    for name in REGISTER:
        assert all(point.value is None for point in kpi_trend(atlas, name) if name != "rows_kept_pct")
    assert [point.value is None for point in kpi_trend(atlas, "rows_kept_pct")] == [False, True]
    with pytest.raises(Refusal):
        kpi_rows(atlas, "stations_open")
