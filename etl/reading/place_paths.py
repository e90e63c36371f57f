"""From a source's `files` entry to real files, inside the place's folder and nowhere else."""

from __future__ import annotations

import difflib
import glob
import hashlib
import os
import re
import stat
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from wording import Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_FILES: Final = 10_000
_STEP_BYTES: Final = 1024**2
_SIMILAR: Final = 5


def files_of(place_folder: Path, pattern: str, also: Sequence[Path] = ()) -> list[Path]:
    """The files that a name or pattern means, sorted; each lies inside the place or a folder in `also`."""
    roots = [folder.resolve() for folder in (place_folder, *also)]
    _check_pattern(pattern, roots)
    literal = place_folder / pattern
    found = [literal] if os.path.lexists(literal) else [place_folder / one for one in _matches(place_folder, pattern)]
    if not found:
        raise _nothing_found(place_folder, pattern)
    if len(found) > _MAX_FILES:
        raise Refusal('"{pattern}" means more than {limit} files.', pattern=pattern, limit=_MAX_FILES)
    return sorted(_checked(one, roots) for one in found)


def fingerprint(path: Path) -> tuple[int, str]:
    """The file's size and SHA-256, taken before and after reading to notice a change between."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        while block := stream.read(_STEP_BYTES):
            digest.update(block)
            size += len(block)
    return size, digest.hexdigest()


def _check_pattern(pattern: str, roots: list[Path]) -> None:
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", pattern) or pattern.lower().startswith(("/vsi", "\\vsi", "vsi")):
        raise Refusal('"{pattern}" is an address, not a file. Copy the file into the place\'s folder.', pattern=pattern)
    if "\0" in pattern or not pattern.strip():
        raise Refusal('A file\'s name is empty or not usable: "{pattern}".', pattern=pattern.replace("\0", "?"))
    written = PurePosixPath(pattern.replace("\\", "/"))
    if ".." in written.parts:
        raise _outside(pattern)
    is_absolute = written.is_absolute() or re.match(r"[A-Za-z]:", pattern) is not None
    if is_absolute and not any(Path(pattern).is_relative_to(root) for root in roots):
        raise _outside(pattern)


def _matches(folder: Path, pattern: str) -> list[str]:
    """Files that fit the pattern; folders are left out, `**` is allowed."""
    try:
        found = glob.glob(pattern, root_dir=folder, recursive=True)  # noqa: PTH207  (it must not leave the folder)
    except (re.error, ValueError, RecursionError):
        return []
    return [one for one in found if not (folder / one).is_dir() and not _is_by_product(Path(one).name)]


def _is_by_product(name: str) -> bool:
    """What Office and file managers leave beside the files: a lock, a thumbnail, a folder's view."""
    return name.startswith(("~$", ".~")) or name.lower() in {"thumbs.db", ".ds_store", "desktop.ini"}


def _checked(path: Path, roots: list[Path]) -> Path:
    try:
        real = path.resolve(strict=True)
        kind = real.stat().st_mode
    except (OSError, RuntimeError) as wrong:
        raise Refusal("{file} is a link to nothing.", file=path.name) from wrong
    if not any(real.is_relative_to(root) for root in roots):
        raise _outside(path.name)
    if stat.S_ISDIR(kind):
        raise Refusal("{file} is a folder. Name the files in it, for example {file}/*.xlsx.", file=path.name)
    if not stat.S_ISREG(kind):
        raise Refusal("{file} is no ordinary file but a device or a pipe.", file=path.name)
    if not os.access(real, os.R_OK):
        raise Refusal("{file} may not be read. Ask for the right to read it.", file=path.name)
    return real


def _outside(name: str) -> Refusal:
    return Refusal(
        '"{name}" leads out of the place\'s folder. Copy the file into the folder and name it from there.',
        name=name,
    )


def _nothing_found(place_folder: Path, pattern: str) -> Refusal:
    folder = (place_folder / pattern).parent
    shown = folder if folder.is_dir() else place_folder
    names = sorted(one.name for one in shown.iterdir()) if shown.is_dir() else []
    wanted = PurePosixPath(pattern).name
    similar = difflib.get_close_matches(wanted, names, n=_SIMILAR, cutoff=0.4) or names[:_SIMILAR]
    if not similar:
        return Refusal(
            'No file "{pattern}" was found; the folder {folder} is empty.', pattern=pattern, folder=shown.name
        )
    return Refusal(
        'No file "{pattern}" was found. The folder {folder} holds, among others: {similar}.',
        pattern=pattern,
        folder=shown.name,
        similar=", ".join(similar),
    )
