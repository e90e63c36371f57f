"""The page 维修聚集: its tiles, its table, the cluster that the address names, and what it says where nothing is known."""

from __future__ import annotations

import io
import json
import re
import sqlite3
from typing import TYPE_CHECKING

import openpyxl
import pytest

from dashboard.repair_clusters.cluster_file import cluster_file
from dashboard.repair_clusters.taken_away import cluster_rows_file
from planning.atlas import Atlas, open_atlas
from planning.clusters import repair_clusters
from planning.clusters.words import cluster_name, new_or_grown_text, pct_text, station_in_short, station_text
from planning.kpis import kpi
from tests.etl.small_place import SmallPlace
from tests.planning.clusters.shop_ledger import found, heap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

PAGE = "repair_clusters"


@pytest.fixture
def sample(sample_place: Path) -> Atlas:
    return open_atlas(sample_place)


def written(app: AppTest) -> str:
    return "\n".join(part.proto.body for part in app.get("html"))


def publishers(atlas: Atlas, *nouns: str) -> list[str]:
    rows = atlas.cursor().execute("select publisher from sources where list_contains(?, noun)", [list(nouns)])
    return [row[0] for row in rows.fetchall()]


def test_tiles_say_what_planning_says(opened_page: Callable[..., AppTest], sample_place: Path, sample: Atlas) -> None:
    app = opened_page(sample_place, PAGE)
    assert not app.exception
    found = repair_clusters(sample)
    shown = {metric.label: metric.value for metric in app.metric}
    assert shown["维修聚集区"] == f"{kpi(sample, 'repair_clusters').value_text} 处"
    assert shown["聚集区待查维修点"] == f"{kpi(sample, 'repair_clusters_to_inspect').value_text} 家"
    assert shown["聚集区备案率"] == pct_text(found.clustered.filed)
    assert shown["聚集区内维修点"] == f"{found.clustered.shops}／{found.clustered.shops + found.shops_alone} 家"
    assert shown["新增或扩大"] == "未知"


def test_the_table_is_in_the_order_of_inspection(
    opened_page: Callable[..., AppTest], sample_place: Path, sample: Atlas
) -> None:
    table = opened_page(sample_place, PAGE).dataframe[0].value
    clusters = repair_clusters(sample).clusters
    assert table["聚集区"].tolist() == [cluster_name(one) for one in clusters]
    assert table["待查"].tolist() == [str(one.facts.to_inspect) for one in clusters]
    assert table["最近运营驿站"].tolist() == [station_in_short(one) for one in clusters]
    assert table["谁来负责"].tolist() == [one.grids[-1].post for one in clusters]


def test_one_shape_can_be_looked_at_alone(
    opened_page: Callable[..., AppTest], sample_place: Path, sample: Atlas
) -> None:
    table = opened_page(sample_place, PAGE, shape="strip").dataframe[0].value
    assert len(table) == sum(one.shape == "strip" for one in repair_clusters(sample).clusters) > 0


def test_the_panel_shows_the_measures_beside_their_limits(
    opened_page: Callable[..., AppTest], sample_place: Path, sample: Atlas
) -> None:
    one = next(one for one in repair_clusters(sample).clusters if one.shape == "strip")
    told = written(opened_page(sample_place, PAGE, cluster=one.cluster_id))
    panel = re.search(r'data-cluster="[^"]*".*', told, re.DOTALL)
    assert panel is not None
    assert f"{one.measures.elongation:.1f}（带状为≥ 3，符合）" in panel[0]
    assert "沿 G312" in panel[0]
    assert station_text(one) in panel[0]
    assert "直线" not in panel[0]
    assert all(grid.post in panel[0] for grid in one.grids if grid.post)


def test_a_cluster_that_is_none_is_as_if_none_was_named(
    opened_page: Callable[..., AppTest], sample_place: Path
) -> None:
    app = opened_page(sample_place, PAGE, cluster="<script>")
    assert not app.exception
    assert "data-cluster" not in written(app)


def test_a_place_without_shops_says_so(opened_page: Callable[..., AppTest], tmp_path: Path) -> None:
    SmallPlace(tmp_path / "place").build()
    app = opened_page(tmp_path / "place", PAGE)
    assert not app.exception
    assert "没有相互靠近到足以成为聚集区的维修点" in written(app)
    assert {metric.value for metric in app.metric} == {"未知", "0／0 家"}


def test_a_ledger_of_two_surveys_is_compared_with_itself(opened_page: Callable[..., AppTest], tmp_path: Path) -> None:
    """Six shops became nine, ten were told twice, and of five more nobody knows whether they are new."""
    old, new = {"day": "2025-03-01"}, {"day": "2026-02-01"}
    ledger = [*heap(1, 0, 0, 6, **old), *heap(20, 2000, 0, 30, **old), *heap(1, 0, 0, 9, **new),
              *heap(20, 2000, 0, 30, **new), *heap(60, 0, 3000, 5, **new)]  # fmt: skip
    answer = found(tmp_path, ledger)
    app = opened_page(tmp_path / "place", PAGE)
    assert not app.exception
    shown = {metric.label: metric for metric in app.metric}
    assert (shown["新增或扩大"].value, new_or_grown_text(answer)) == ("≥ 1 处", "≥ 1 处")
    assert "消失未知" in shown["新增或扩大"].help
    assert sorted(app.dataframe[0].value["较上次调查"]) == sorted(["扩大 (6 → 9)", "基本不变 (30 → 30)", "未知"])


def test_the_map_is_told_outline_order_and_name(sample: Atlas) -> None:
    told = json.loads(cluster_file(sample))["features"]
    clusters = repair_clusters(sample).clusters
    assert [one["properties"]["id"] for one in reversed(told)] == [one.cluster_id for one in clusters]
    assert [one["properties"]["sign"] for one in reversed(told)] == [str(one.rank) for one in clusters]
    assert {one["geometry"]["type"] for one in told} == {"Polygon"}


def test_files_hold_every_cluster(sample: Atlas, tmp_path: Path) -> None:
    clusters = repair_clusters(sample).clusters
    book = openpyxl.load_workbook(io.BytesIO(cluster_rows_file(sample, "xlsx")))
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    assert [row[headings.index("聚集区")].value for row in sheet.iter_rows(min_row=2)] == [
        cluster_name(one) for one in clusters
    ]
    assert [row[headings.index("长宽比")].value for row in sheet.iter_rows(min_row=2)] == pytest.approx(
        [one.measures.elongation for one in clusters]
    )
    assert [row[headings.index("半数店货车车程不超过 (分钟)")].value for row in sheet.iter_rows(min_row=2)] == (
        pytest.approx([one.station.minutes for one in clusters if one.station])
    )
    notes = " ".join(str(cell.value) for row in book.worksheets[-1].iter_rows() for cell in row)
    assert all(publisher in notes for publisher in publishers(sample, "repair_shops", "routes", "stations", "grids"))
    (tmp_path / "clusters.gpkg").write_bytes(cluster_rows_file(sample, "gpkg"))
    with sqlite3.connect(tmp_path / "clusters.gpkg") as package:
        tables = [row[0] for row in package.execute("select table_name from gpkg_contents")]
        count = package.execute(f'select count(*) from "{tables[0]}"').fetchone()
    package.close()
    assert count == (len(clusters),)
    kml = cluster_rows_file(sample, "kml").decode()
    assert kml.count("<Placemark") == len(clusters)
