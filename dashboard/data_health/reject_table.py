"""Refused rows as a table on the page, every cell as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from wording import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planning.health_records import RejectedRow

COLUMNS_LISTED = 60
_CELL_LENGTH = 300


def reject_frame(rows: Sequence[RejectedRow]) -> pd.DataFrame:
    """Where each row stands, why it was refused, and its cells under the office's headings."""
    records = [_leading(row) | {_own(heading): _cut(text) for heading, text in row.original.items()} for row in rows]
    frame = pd.DataFrame.from_records(records).iloc[:, :COLUMNS_LISTED]
    if not any(row.origin.sheet for row in rows):
        frame = frame.drop(columns=say("Sheet"), errors="ignore")
    return frame


def _leading(row: RejectedRow) -> dict[str, str | int | None]:
    return {
        say("File"): row.origin.file,
        say("Sheet"): row.origin.sheet,
        say("Row"): row.row_number,
        say("Reasons"): "; ".join(reason.sentence for reason in row.reasons),
    }


def _own(heading: str) -> str:
    """An office's heading that is one of ours too gets a mark, so that both columns are shown."""
    ours = {say("File"), say("Sheet"), say("Row"), say("Reasons")}
    return f"{heading} *" if heading in ours else heading


def _cut(text: str | None) -> str | None:
    return text if text is None or len(text) <= _CELL_LENGTH else text[:_CELL_LENGTH] + "…"
