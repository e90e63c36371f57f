"""Which place is shown, and which builds of it can be asked for."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from etl.build_id import build_of
from etl.snapshot import SnapshotFolder
from planning.atlas import open_atlas
from planning.place_folder import PLACE_VARIABLE, SAMPLE, place_folder
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from planning.atlas import Atlas

__all__ = ["PLACE_VARIABLE", "SAMPLE", "atlas_of", "current_atlas", "place_folder", "place_folders"]

# A page that was opened before the newest build goes on asking for its own: opening that takes 0.2 s, so it stays
# open between two questions, but not for long, since an open file cannot be removed on Windows.
_EARLIER_KEPT_S = 60.0
_EARLIER_KEPT = 2
_earlier: WeakValueDictionary[tuple[Path, str], Atlas] = WeakValueDictionary()
_asked_lately: dict[tuple[Path, str], tuple[float, Atlas]] = {}
_looking = threading.Lock()


def place_folders() -> tuple[Path, ...]:
    """All places that this server shows; one, for now."""
    return (place_folder(),)


def current_atlas() -> Atlas:
    """The place's newest snapshot as of now: ask once in a run, hold it for that run, keep it no longer."""
    return open_atlas(place_folder())


def atlas_of(build_id: str) -> Atlas | None:
    """The build of that name, the newest or one kept before it; None where no place has such a build."""
    for folder in place_folders():
        try:
            newest = open_atlas(folder)
        except Refusal:
            continue
        if newest.build_id == build_id:
            return newest
        with _looking:
            earlier = _earlier_build(newest, build_id)
        if earlier is not None:
            return earlier
    return None


def _earlier_build(newest: Atlas, build_id: str) -> Atlas | None:
    now = time.monotonic()
    for key, (asked_at, _) in list(_asked_lately.items()):
        if now - asked_at > _EARLIER_KEPT_S:
            del _asked_lately[key]
    key = (newest.place_folder, build_id)
    found = _earlier.get(key)
    if found is None:
        # The names first: a name that nobody made must not open every file.
        names = SnapshotFolder(newest.path.parent).history()
        if all(build_of(path.name) != build_id for path in names):
            return None
        found = next((atlas for atlas in newest.history() if atlas.build_id == build_id), None)
        if found is None:
            return None
        _earlier[key] = found
    _asked_lately.pop(key, None)
    _asked_lately[key] = (now, found)
    while len(_asked_lately) > _EARLIER_KEPT:
        del _asked_lately[next(iter(_asked_lately))]
    return found
