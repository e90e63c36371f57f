from __future__ import annotations

import pytest

from wording import Language


@pytest.fixture
def language() -> Language:
    return "en"
