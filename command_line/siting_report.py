"""A kept plan as a Word document: worked out again on the snapshot in force, from what was asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from command_line.terminal import tell
from dashboard.exports.brief import brief_file
from planning.atlas import open_atlas
from planning.scenarios import run_again, scenario
from wording import say

if TYPE_CHECKING:
    from pathlib import Path


def write_report(place: Path, name: str, file: Path) -> None:
    atlas, kept = open_atlas(place), scenario(place, name)
    if kept.is_stale(atlas):
        tell(say("“{name}” was made on another snapshot or by other standards; it is worked out anew.", name=name))
    file.write_bytes(brief_file(run_again(atlas, kept)))
