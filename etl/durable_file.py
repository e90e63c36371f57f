"""Writing that a power cut cannot halve: flushed to the disk, then moved into place in one step."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MOVE_TRIES = 20


def flush_file(path: Path) -> None:
    """Return only when the disk holds the file."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Return only when the disk holds the folder's list of names, where the system can promise that."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as fault:
        if fault.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet, and flush it."""
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def new_text_of(path: Path) -> Path:
    """Where a file's next text is written before it takes its place."""
    return path.with_name(f"{path.name}.new")


def replace_text(path: Path, text: str) -> None:
    """Put a new text in a file's place: readers see the old one or the new one, whole."""
    beside = new_text_of(path)
    remove(beside)
    write_new(beside, text)
    for tries_left in reversed(range(_MOVE_TRIES)):
        try:
            beside.replace(path)
            break
        except PermissionError:
            # Windows refuses while a reader has the file open, which it has for an instant only.
            if not tries_left:
                raise
            time.sleep(0.05)


def remove(path: Path) -> None:
    """Remove a file, write-protected or not; never what a link leads to."""
    try:
        path.unlink(missing_ok=True)
    except PermissionError:
        if path.is_symlink():
            raise
        with suppress(OSError):  # Windows keeps write-protected files
            path.chmod(stat.S_IRUSR | stat.S_IWUSR)
        path.unlink(missing_ok=True)
