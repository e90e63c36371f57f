from __future__ import annotations

from pathlib import Path

import pytest

from planning.atlas import Atlas, open_atlas


@pytest.fixture(scope="session")
def sample(sample_place: Path) -> Atlas:
    return open_atlas(sample_place)
