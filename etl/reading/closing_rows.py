"""Rows that sum up or sign a table and are no rows of it."""

from __future__ import annotations

import re

from etl.reading.written_rows import BLANK_SIGNS, WrittenRow, filled_cells

TOTAL = re.compile(
    r"[^\d,，。;；]{0,8}(合\s*计|总\s*计|小\s*计|共\s*计|累\s*计)\s*[:：]?(\s*[\d.,]{1,12}\s*[^\W\d]{0,3})?"
)
BARE_TOTAL = re.compile(r"(grand\s+|sub)?totals?\s*:?\s*[\d.,]*", re.IGNORECASE)
REMARK = re.compile(
    r"\s*[（(\[【*※]*\s*(备?\s*注|说\s*明|附\s*注|填\s*[表报]\s*(人|单位|日期|时间|说明)?|制\s*表\s*(人|单位|日期|时间)?"
    r"|审\s*[核批]\s*人?|复\s*核\s*人?|(单位)?负责人|统计(人|员|负责人)|经办人|(资料|数据)?来\s*源"
    r"|notes?|remarks?|source|prepared by|checked by)\s*\d?\s*([:：].*|[)）\]】]?\s*)",
    re.IGNORECASE | re.DOTALL,
)


def first_words(row: WrittenRow) -> str:
    """The row's first filled cell."""
    for cell in row.cells:
        words = cell.strip(BLANK_SIGNS)
        if words:
            return words
    return ""


def is_total(row: WrittenRow) -> bool:
    """A Chinese total: left out wherever it stands, since no name reads like one."""
    words = first_words(row)
    return row.fault is None and "计" in words and TOTAL.fullmatch(words) is not None


def may_close(row: WrittenRow, width: int) -> bool:
    """A remark, or a total that could also be a name: left out only below the last row of data."""
    if row.fault is not None:
        return False
    words = first_words(row)
    if BARE_TOTAL.fullmatch(words):
        return True
    return REMARK.fullmatch(words) is not None and filled_cells(row) <= max(1, (width + 1) // 2)


def may_continue_closing(row: WrittenRow, width: int) -> bool:
    """The second line of a remark: one lonely cell in a table of several columns."""
    return row.fault is None and width >= 3 and filled_cells(row) == 1
