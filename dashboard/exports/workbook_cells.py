"""What all our workbooks have alike: texts that stay texts, widths that fit, names of sheets that Excel accepts."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from wording import say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

CELL_LENGTH: Final = 32_000  # Excel holds 32,767 characters in a cell
# Texts are written as texts whatever they look like; these hold should another way of writing slip in.
PLAIN_TEXT: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_NARROWEST, _WIDEST = 8, 42
_LOOKED_AT = 500
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def sheet_name(name: str, taken: set[str]) -> str:
    """A name that Excel accepts and no other sheet has; `taken` remembers it."""
    legal = _NOT_IN_SHEET_NAMES.sub(" ", name).strip().strip("'")[:31].strip().strip("'") or say("Source")
    if legal.lower() == "history":  # Excel keeps this one for itself
        legal += "_"
    chosen, number = legal, 1
    while chosen.lower() in taken:
        number += 1
        ending = f" ({number})"
        chosen = legal[: 31 - len(ending)] + ending
    taken.add(chosen.lower())
    return chosen


def cell_formats(book: Workbook) -> dict[str, Format]:
    """The looks of cells: text, whole number, any number, day, moment, heading."""
    top = {"valign": "top"}
    text = {**top, "num_format": "@", "text_wrap": True}
    return {
        # The mark before a text keeps even one that begins like a formula from becoming one when edited.
        "cell": book.add_format({**text, "quote_prefix": True}),
        "number": book.add_format({**top, "num_format": "0"}),
        "measure": book.add_format({**top, "num_format": "General"}),
        "degrees": book.add_format({**top, "num_format": "0.000000"}),
        "day": book.add_format({**top, "num_format": "yyyy-mm-dd"}),
        "moment": book.add_format({**top, "num_format": "yyyy-mm-dd hh:mm"}),
        "head": book.add_format({**text, "bold": True, "bg_color": "#E6ECF1", "bottom": 1}),
    }


def width_for(heading: str, texts: Iterable[object]) -> int:
    """A column's width for its heading, with the mark of the filter, and the texts in it."""
    widest = max([_width(heading) + 3, *(_width(text) for text in texts)])
    return min(max(widest, _NARROWEST), _WIDEST)


def _width(value: object) -> int:
    """In characters of Excel, of which a Chinese one takes two."""
    if value is None:
        return 0
    lines = str(value)[:_LOOKED_AT].splitlines() or [""]
    return max(sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in line) for line in lines) + 1
