"""The catalogue of bad input has 72 classes, and each has a file here."""

from __future__ import annotations

import re
from pathlib import Path

from tests.etl.bad_input.bad_file import BadFile
from tests.etl.bad_input.coordinates import BAD_COORDINATES
from tests.etl.bad_input.hostile import BOMBS, HOSTILE
from tests.etl.bad_input.shapes_and_files import BAD_SHAPES_AND_FILES
from tests.etl.bad_input.test_coordinates import EXPECTED as OF_COORDINATES
from tests.etl.bad_input.test_hostile import EXPECTED as OF_HOSTILE
from tests.etl.bad_input.test_hostile import EXPECTED_OF_BOMBS
from tests.etl.bad_input.test_shapes_and_files import EXPECTED as OF_SHAPES_AND_FILES
from tests.etl.bad_input.test_text import EXPECTED as OF_TEXTS
from tests.etl.bad_input.test_values import EXPECTED as OF_VALUES
from tests.etl.bad_input.text import BAD_TEXTS
from tests.etl.bad_input.values import BAD_VALUES

WITH_A_TEST_OF_THEIR_OWN = re.compile(r'id=f?"(\d\d)_')
GROUPS: list[tuple[dict[str, BadFile], dict[str, object]]] = [
    (BAD_TEXTS, dict(OF_TEXTS)),
    (BAD_VALUES, dict(OF_VALUES)),
    (BAD_COORDINATES, dict(OF_COORDINATES)),
    (BAD_SHAPES_AND_FILES, dict(OF_SHAPES_AND_FILES)),
    (HOSTILE, dict(OF_HOSTILE)),
    (BOMBS, dict(EXPECTED_OF_BOMBS)),
]


def test_all_72_classes_have_a_file() -> None:
    titles = [title for files, _ in GROUPS for title in files]
    own = WITH_A_TEST_OF_THEIR_OWN.findall(Path(__file__).with_name("test_hostile.py").read_text("utf-8"))
    assert {int(title[:2]) for title in titles} | {int(number) for number in own} == set(range(1, 73))


def test_every_file_says_what_must_come_of_it() -> None:
    for files, expected in GROUPS:
        assert files.keys() == expected.keys()
