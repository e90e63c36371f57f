from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest

from planning.atlas import open_atlas
from planning.kpis.kpi import value_text
from planning.services.equipping import cheapest_equipping
from planning.services.item_coverage import item_coverage
from planning.services.item_lists import FIVE, SIX, price_yuan
from planning.services.scores import scores
from planning.standards.of_place import standards_of
from planning.standards.own_numbers import write_numbers
from tests.dashboard.test_coverage_page import asking, tiles
from tests.dashboard.test_data_health_page import written

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest


@pytest.fixture
def own_sample(sample_place: Path, tmp_path: Path) -> Path:
    """The sample in a folder of its own, in which standards may be written."""
    return shutil.copytree(sample_place, tmp_path / "own")


def test_tiles_and_table_say_what_planning_counts(sample_place: Path, opened_page: Callable[..., AppTest]) -> None:
    app = opened_page(sample_place, "services")
    assert not app.exception
    atlas = open_atlas(sample_place)
    shown = tiles(app)
    for one, text in zip(item_coverage(atlas, FIVE), shown.values(), strict=True):
        assert text == f"{value_text(one.drivers.pct, '%', decimals=1, is_lower_bound=one.drivers.is_lower_bound)} %"
    table = app.dataframe[0].value
    found = scores(atlas)
    assert list(table["名称"]) == [score.station.name for score in found.stations]
    offered = sum(len(score.of(FIVE).offered) for score in found.stations)
    assert int((table == "✓").to_numpy().sum()) == offered
    told = written(app)
    assert all(station.name in told for one in cheapest_equipping(atlas, FIVE) for station in one.stations)


def test_the_other_list_and_other_minutes_by_the_address(
    sample_place: Path, opened_page: Callable[..., AppTest]
) -> None:
    app = asking(opened_page(sample_place, "services"), list=SIX, within="20")
    assert not app.exception
    assert int((app.dataframe[0].value == "?").to_numpy().sum()) == sum(
        len(score.of(SIX).unknown) for score in scores(open_atlas(sample_place)).stations
    )


def test_a_price_that_is_written_down_holds_for_the_place(
    own_sample: Path, opened_page: Callable[..., AppTest]
) -> None:
    before = cheapest_equipping(open_atlas(own_sample), FIVE)
    shower = next(one for one in before if one.item == "shower")
    write_numbers(own_sample, {"price_shower_yuan": 12_345}, source='县里"询价"', dated_on=dt.date(2026, 11, 1))
    write_numbers(own_sample, {"price_shower_yuan": 23_456}, source="县里", dated_on=dt.date(2026, 11, 2))
    own = standards_of(own_sample)
    assert price_yuan("shower", own) == 23_456
    assert price_yuan("laundry", own) == price_yuan("laundry")
    dearer = next(one for one in cheapest_equipping(open_atlas(own_sample), FIVE) if one.item == "shower")
    assert dearer.cost_yuan == 23_456 * len(shower.stations)
    assert (own_sample / "standards.toml").read_text("utf-8").count("price_shower_yuan") == 1
    app = opened_page(own_sample, "services")
    assert not app.exception
