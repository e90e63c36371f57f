"""A short sign of the program as it draws: a browser that kept tiles asks anew when it has changed."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_ROOT = Path(__file__).parent.parent
_DRAWING = ("dashboard", "planning", "wording")
_SUFFIXES = frozenset({".py", ".sql", ".po"})
_DIGITS = 8


@cache
def drawing_version() -> str:
    """A sign of all that decides what an answer about a build looks like, beside the build itself."""
    sign = hashlib.sha256()
    for room in _DRAWING:
        for file in sorted((_ROOT / room).rglob("*")):
            if file.suffix in _SUFFIXES:
                sign.update(file.read_bytes())
    return sign.hexdigest()[:_DIGITS]
