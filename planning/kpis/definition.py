"""What makes a KPI: its words, how it is counted, and the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from planning.features import features
from planning.kpis.figure import figure_from
from wording import say

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planning.atlas import Atlas
    from planning.features import Features
    from planning.kpis.figure import Figure

    Count: TypeAlias = "Callable[[Atlas], Figure]"
    Rows: TypeAlias = "Callable[[Atlas], Features]"
    PartWord: TypeAlias = "Callable[[str], str]"


@dataclass(frozen=True)
class Definition:
    """One KPI. Its words are English marked for the catalogue; `sentence` may name facts of the figure in braces."""

    name: str
    group: str
    label: str
    unit: str
    sentence: str
    count: Count
    part_word: PartWord
    noun: str = ""  # whose rows stand behind it, chosen by `filters`
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rows_apart: Rows | None = None  # where the rows need more than a choice
    part_unit: str = ""
    decimals: int = 0
    needs: tuple[str, ...] = ()  # nouns without which nothing is known
    adds: tuple[str, ...] = ()  # nouns of which a refused source would have made it more
    standards: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()

    def rows(self, atlas: Atlas) -> Features:
        """The rows behind it, under its own label."""
        found = self.rows_apart(atlas) if self.rows_apart else features(atlas, self.noun, self.filters)
        return replace(found, title=say(self.label))


def counted_by(query: str, **params: object) -> Count:
    """Counting by one query of `planning/queries`."""

    def count(atlas: Atlas) -> Figure:
        return figure_from(atlas.query(query, **params).to_pylist())

    return count
