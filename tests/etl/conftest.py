"""The etl's sentences are held in English, as they stand in its code."""

from __future__ import annotations

import pytest

from wording import Language


@pytest.fixture
def language() -> Language:
    return "en"
