from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from planning.atlas import open_atlas
from planning.column_labels import ColumnLabel, column_labels, label_of, parse_label
from tests.planning.health_build import build_health
from wording import use_language

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("comment", "label"),
    [
        ("停车位 | 个 | Bays for trucks", ColumnLabel("停车位", "个", "Bays for trucks")),
        ("驿站 | | One row per station", ColumnLabel("驿站", None, "One row per station")),
        ("图形|| Outline | WGS-84", ColumnLabel("图形", None, "Outline | WGS-84")),
        ("名称", ColumnLabel("名称")),
        ("", ColumnLabel("")),
    ],
)
def test_a_comment_is_a_label_a_unit_and_a_meaning(comment: str, label: ColumnLabel) -> None:
    assert parse_label(comment) == label


def test_a_snapshot_tells_what_its_columns_are_called(tmp_path: Path) -> None:
    build_health(tmp_path)
    labels = column_labels(open_atlas(tmp_path))
    assert labels["stations", "bays"].unit == "个"
    assert label_of(labels, "stations", "bays") == "停车位"
    assert label_of(labels, "stations") == "驿站"
    assert label_of(labels, "stations", "no_such") == "no such"
    use_language("en")
    assert label_of(labels, "stations", "opened_on") == "opened on"
    use_language("zh")
