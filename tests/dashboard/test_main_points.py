from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.overview.main_points import Point, main_points, points_html
from dashboard.overview.wall import ON_THE_WALL
from planning.atlas import open_atlas
from planning.coverage import coverage
from planning.gaps import gaps
from planning.kpis import REGISTER, kpi
from tests.etl.small_place import SmallPlace
from wording import Language, use_language

PAGES = Path(__file__).parents[2] / "dashboard" / "app_pages"


def test_the_points_say_what_the_figures_say(sample_place: Path) -> None:
    atlas = open_atlas(sample_place)
    told = main_points(atlas)
    assert len(told) >= 6
    assert kpi(atlas, "covered_drivers_pct").value_text in told[0].sentence
    listed = gaps(atlas, coverage(atlas))
    worst = listed[0]
    assert ("≥" in told[0].sentence) == any(gap.is_drivers_lower_bound for gap in listed)
    assert worst.name in told[1].sentence
    assert worst.owner.smallest is not None
    assert (worst.owner.smallest.post or "") in told[1].sentence


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_point_leads_to_a_page_that_there_is(sample_place: Path, language: Language) -> None:
    use_language(language)
    told = main_points(open_atlas(sample_place))
    assert all((PAGES / f"{point.page}.py").is_file() for point in told)
    written = points_html(told, is_linked=True)
    assert written.count("<a ") == len(told)
    assert ("lang=en" in written) == (language == "en")
    assert "<a " not in points_html(told, is_linked=False)


def test_where_nothing_is_known_nothing_is_said(tmp_path: Path) -> None:
    SmallPlace(tmp_path / "empty").build()
    assert main_points(open_atlas(tmp_path / "empty")) == []


def test_data_in_a_point_is_text() -> None:
    assert "<img" not in points_html([Point("<img src=x>${1}`2`", "coverage")], is_linked=True)


def test_figures_of_the_wall_are_in_the_register() -> None:
    assert set(ON_THE_WALL) <= set(REGISTER)
