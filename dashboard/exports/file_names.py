"""What a file that is taken away is called."""

from __future__ import annotations

import re

from wording import say

_NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]')
_LONGEST = 120


def file_name_of(title: str, suffix: str, *, place_name: str, is_made_up: bool, build_id: str) -> str:
    """Title, place, the word that the data are made up where they are, and the build."""
    made_up = f"_{say('Sample data')}" if is_made_up else ""
    ending = f"{made_up}_{build_id}"
    subject = _NOT_IN_FILE_NAMES.sub(" ", f"{title}_{place_name}")
    return f"{subject[: _LONGEST - len(ending)]}{ending}.{suffix}"
