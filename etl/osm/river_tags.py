"""What the tags of a way say of a river."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from etl.osm.names import name_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.osm.noun_files import Row

_KINDS: Final = ("river", "stream", "canal")
_WIDTH_M: Final = re.compile(r"(\d{1,5}(?:\.\d+)?)\s*m?")

RIVER_TAGS: Final = tuple(("waterway", kind) for kind in _KINDS)


def river_row(tags: Mapping[str, str]) -> Row | None:
    """The river's columns, or None where the way is none."""
    kind = tags.get("waterway")
    if kind not in _KINDS:
        return None
    width = _WIDTH_M.fullmatch(tags.get("width", "").strip())
    is_plausible = width is not None and float(width[1]) <= 50_000
    return {"name": name_of(tags), "kind": kind, "width_m": width[1] if width and is_plausible else None}
