"""What a snapshot's tables and columns are called; their comments read "中文 | unit | meaning"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from wording import current_language, mark, say

if TYPE_CHECKING:
    from planning.atlas import Atlas

Labels: TypeAlias = "dict[tuple[str, str | None], ColumnLabel]"  # by table, and column or none

# What no file brings and no table holds, but people look at as rows.
COMPUTED_NOUNS = {"grid_faults": mark("Holes and overlaps of grids")}


@dataclass(frozen=True)
class ColumnLabel:
    """The Chinese name, the unit where there is one, and the meaning in English."""

    zh: str
    unit: str | None = None
    meaning: str | None = None


def parse_label(comment: str) -> ColumnLabel:
    """The label in a comment; parts that are left out or empty are unknown."""
    zh, unit, meaning = (part.strip() or None for part in [*comment.split("|", 2), "", ""][:3])
    return ColumnLabel(zh or meaning or "", unit, meaning)


def column_labels(atlas: Atlas) -> Labels:
    """Every label that the snapshot holds."""
    computed = {(name, None): ColumnLabel(say(label)) for name, label in COMPUTED_NOUNS.items()}
    return computed | {
        (row["table_name"], row["column_name"]): parse_label(row["comment"])
        for row in atlas.query("column_labels").to_pylist()
    }


def label_of(labels: Labels, table: str, column: str | None = None) -> str:
    """What people call a column, or a table: in English its own name, which is made of plain words."""
    label = labels.get((table, column))
    if label and current_language() == "zh":
        return label.zh
    return (column or table).replace("_", " ")
