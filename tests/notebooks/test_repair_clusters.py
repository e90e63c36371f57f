"""The notebook of repair clusters says the figures of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planning.atlas import open_atlas
from planning.clusters import repair_clusters
from planning.clusters.words import cluster_name
from planning.kpis import kpi
from tests.etl.small_place import SmallPlace
from tests.notebooks.running import FOLDER, running

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.notebooks.running import Run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def run(ran: Callable[[str], Run]) -> Run:
    return ran("repair_clusters")


def test_its_table_is_that_of_the_page(run: Run, sample_place: Path) -> None:
    found = repair_clusters(open_atlas(sample_place))
    assert run.ask("words['聚集区'].tolist()") == [cluster_name(one) for one in found.clusters]
    assert run.ask("clusters['shops'].tolist()") == [one.facts.shops for one in found.clusters]
    assert run.ask("clusters['elongation'].tolist()") == [one.measures.elongation for one in found.clusters]
    assert run.ask("words['最近运营驿站'].tolist()") == [one.station and one.station.name for one in found.clusters]
    assert run.ask("clusters['station_min'].tolist()") == [
        one.station and one.station.minutes for one in found.clusters
    ]
    assert run.ask("filed['已备案'].tolist()") == [one.facts.filed.yes for one in found.clusters]


def test_its_figures_are_those_of_the_tiles(run: Run, sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    for name, value in run.ask("[(one.name, one.value_text) for one in figures]"):
        assert value == kpi(atlas, name).value_text


def test_at_the_standard_distance_it_finds_what_the_page_shows(run: Run, sample_place: Path) -> None:
    found = repair_clusters(open_atlas(sample_place))
    assert run.ask("distances.loc[300].tolist()") == [
        len(found.clusters),
        sum(one.shape == "strip" for one in found.clusters),
        found.clustered.shops,
        found.shops_alone,
    ]
    apart = run.ask("distances['聚集区外维修点'].tolist()")
    assert apart == sorted(apart, reverse=True)


def test_a_place_without_clusters_is_no_fault(tmp_path: Path) -> None:
    SmallPlace(tmp_path / "place").build()
    with running(FOLDER / "repair_clusters.ipynb", tmp_path / "place") as run:
        assert run.ask("len(clusters)") == 0
        assert run.ask("distances['聚集区'].tolist()") == [0] * 5


def test_it_shows_two_charts_and_a_map(run: Run) -> None:
    assert len(run.shown("image/png")) == 2
    assert any("offlineMap.shapes(" in page for page in run.shown("text/html"))
