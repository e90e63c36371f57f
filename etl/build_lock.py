"""One build at a time: a lock that the operating system lets go when its process dies."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from wording import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_NAME = ".lock"


@contextmanager
def only_build(folder: Path) -> Iterator[None]:
    """Hold the folder's lock, or refuse at once where another build holds it."""
    # The file stays for ever: whoever removed it would let two builds lock two files of one name.
    handle = _open_lock(folder)
    try:
        _lock(handle, folder)
        yield
    finally:
        os.close(handle)


def _open_lock(folder: Path) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    except OSError as fault:
        raise Refusal(
            "The folder {folder} cannot be written to ({reason}). Check your rights to it, then build again.",
            folder=folder,
            reason=fault.strerror or fault,
        ) from fault


def _lock(handle: int, folder: Path) -> None:
    try:
        _try_lock(handle)
    except (BlockingIOError, PermissionError) as taken:
        raise Refusal(
            "Another build is running in {folder}. Wait until it has finished, then build again.",
            folder=folder,
        ) from taken
    except OSError as fault:
        raise Refusal(
            "The folder {folder} cannot be locked ({reason}). Move the place to a disk of this computer.",
            folder=folder,
            reason=fault.strerror or fault,
        ) from fault


if sys.platform == "win32":
    import msvcrt

    def _try_lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(handle: int) -> None:
        # flock, not lockf: it also keeps out a second build of the same process.
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
