from __future__ import annotations

import pytest

# The expectations are asserted there, and a failure must show both sides.
pytest.register_assert_rewrite("tests.etl.bad_input.tiny_place")
