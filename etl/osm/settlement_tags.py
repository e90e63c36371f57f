"""What the tags of a node or area say of a village or town."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS: Final = ("city", "town", "village", "hamlet")
_GROUPED: Final = re.compile(r"(?<=\d)[,. \u00a0'](?=\d{3}(?:\D|$))")
_MOST_PEOPLE: Final = 50_000_000

PLACE_TAGS: Final = tuple(("place", kind) for kind in _KINDS)


def place_kind(tags: Mapping[str, str]) -> str | None:
    kind = tags.get("place")
    return kind if kind in _KINDS else None


def people_of(tags: Mapping[str, str]) -> str | None:
    """A whole number; what is written about (~500, 1000-2000) is not known."""
    written = _GROUPED.sub("", tags.get("population", "").strip())
    is_plausible = written.isascii() and written.isdigit() and int(written[:12]) <= _MOST_PEOPLE
    return written if is_plausible else None
