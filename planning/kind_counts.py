"""Which kinds a snapshot holds of each noun, and how many of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from planning.code_words import UNKNOWN

if TYPE_CHECKING:
    from planning.atlas import Atlas

KindCounts: TypeAlias = "dict[str, dict[str, int]]"  # by noun, then by code


def kind_counts(atlas: Atlas) -> KindCounts:
    """Rows by noun and kind; those of unknown kind stand under `unknown`."""
    counts: KindCounts = {}
    for row in atlas.query("kind_counts").to_pylist():
        counts.setdefault(row["noun"], {})[UNKNOWN if row["kind"] is None else row["kind"]] = row["row_count"]
    return counts
