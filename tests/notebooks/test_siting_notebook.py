"""The notebook 驿站选址 says what the page says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planning.atlas import open_atlas
from planning.siting.answer import answered
from planning.siting.question import usual_question

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.notebooks.running import Run

pytestmark = pytest.mark.slow


def test_its_plan_is_that_of_the_page(sample_place: Path, ran: Callable[[str], Run]) -> None:
    atlas, run = open_atlas(sample_place), ran("siting")
    answer = answered(atlas, usual_question(atlas, new=3))
    assert run.ask("sites['name'].tolist()") == [site.candidate.name for site in answer.sites]
    assert run.ask("float(curve.set_index('新增驿站').loc[3, '覆盖率'])") == pytest.approx(answer.covered_pct)
