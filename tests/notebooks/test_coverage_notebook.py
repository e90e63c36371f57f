"""The notebook 覆盖盲区 says what the page and the figures say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planning.atlas import open_atlas
from planning.coverage import coverage
from planning.gaps import gaps
from planning.kpis import kpi
from planning.need import Need

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.notebooks.running import Run

pytestmark = pytest.mark.slow


def test_its_figures_are_those_of_the_page(sample_place: Path, ran: Callable[[str], Run]) -> None:
    atlas, run = open_atlas(sample_place), ran("coverage")
    found = coverage(atlas)
    assert run.ask("float(shares.loc['drivers', 'covered_pct'])") == kpi(atlas, "covered_drivers_pct").value
    assert run.ask("len(gap_table)") == len(gaps(atlas, found))
    assert run.ask("gap_table['name'].iloc[0]") == gaps(atlas, found)[0].name
    assert run.ask("int(cells['is_covered'].sum())") == int(found.is_covered.sum())
    assert run.ask("int(villages['is_covered'].sum())") == int(found.is_place_covered.sum())
    assert run.ask("float(covered_pct['须有淋浴'])") == coverage(atlas, Need(("shower",))).shares["drivers"].pct
