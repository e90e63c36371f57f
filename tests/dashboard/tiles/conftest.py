"""The sample county's newest build, opened; nothing made before in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.build_answers import forget_answers
from dashboard.tiles import cell_pictures
from planning.atlas import Atlas, open_atlas


@pytest.fixture
def atlas(sample_place: Path) -> Atlas:
    return open_atlas(sample_place)


@pytest.fixture(autouse=True)
def _empty_memory() -> Iterator[None]:
    cell_pictures._drawn.forget()
    forget_answers()
    yield
    cell_pictures._drawn.forget()
    forget_answers()
