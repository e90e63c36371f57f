"""What an office should do about a refused row, in a sentence that names the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from etl.contract import word_lists
from etl.vocabulary import listed_words
from wording import current_language, mark, say

if TYPE_CHECKING:
    from planning.health_records import Reason, RejectedRow

_DEFAULT = mark("Correct {heading} in row {row}, then build again.")
_WHOLE_ROW = mark("Correct row {row}, then build again.")
_MISSING = mark("Fill in {heading} in row {row}, then build again.")
_DUPLICATE = mark("Give row {row} a {heading} of its own, or delete the row, then build again.")
_EARLIER = mark("Row {row} needs no correction; it stays as an earlier survey.")
_WORD = mark("Write one of these under {heading} in row {row}, then build again: {words}.")
_BY_RULE = {"missing": _MISSING, "duplicate": _DUPLICATE, "undated_survey": _MISSING, "earlier_survey": _EARLIER}
_EMPTY_CELL = {"missing", "undated_survey"}
_WRITTEN_TOGETHER = {"lon": "coordinates", "lat": "coordinates"}


def how_to_mend(row: RejectedRow) -> list[str]:
    """One sentence for each cell to be mended; two reasons in one cell need no two sentences."""
    return list(dict.fromkeys(_sentence(reason, row) for reason in row.reasons))


def _sentence(reason: Reason, row: RejectedRow) -> str:
    heading = _heading(reason, row)
    if heading is None and reason.rule in _EMPTY_CELL:
        heading = reason.column_label
    if heading is None:
        return say(_WHOLE_ROW, row=row.row_number)
    if reason.rule == "unknown_word":
        words = listed_words(word_lists(row.noun)[reason.column or ""], current_language())
        return say(_WORD, heading=heading, row=row.row_number, words=say(", ").join(words))
    return say(_BY_RULE.get(reason.rule, _DEFAULT), heading=heading, row=row.row_number)


def _heading(reason: Reason, row: RejectedRow) -> str | None:
    """What the office's file calls the column; none where it has no such column."""
    column = reason.column or ""
    for candidate in (column, _WRITTEN_TOGETHER.get(column, "")):
        if candidate in row.origin.headings:
            return row.origin.heading_of(candidate)
    return None
