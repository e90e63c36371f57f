"""A place's snapshots: which one is in force, which came before, and the one way to make the next."""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from etl.build_id import build_of, next_build
from etl.build_lock import only_build
from etl.durable_file import remove
from etl.snapshot_check import digest_beside, is_sound
from etl.snapshot_draft import POINTER_NAME, Draft, is_disk_full, pointed_name, refusal_of
from wording import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

_MEGABYTE = 1_000_000
_POINTER_READS = 3


@dataclass(frozen=True)
class Found:
    """The snapshot to show, and what to tell where it is not the newest."""

    path: Path
    notice: Message | None = None


class SnapshotFolder:
    """The folder `<place>/snapshots`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def current(self) -> Path | None:
        """The snapshot that the pointer names, sound or not; None where it names none of this folder."""
        name = pointed_name(self.path)
        if name is None or build_of(name) is None:
            return None
        pointed = self.path / name
        return pointed if pointed.is_file() and not pointed.is_symlink() else None

    def history(self) -> list[Path]:
        """Every published snapshot, newest first."""
        current = self.current()
        # One newer than the pointer says was being published when its build died: whole, but never in force.
        return [path for path in self._published() if current is None or path.name <= current.name]

    def newest_sound(self) -> Found | None:
        """The snapshot in force, or, where that is damaged, the newest before it that is sound."""
        for _ in range(_POINTER_READS):
            name = pointed_name(self.path)
            current = self.current()
            if current and is_sound(current):
                return Found(current)
            if pointed_name(self.path) == name:
                break  # else a build has just published, and may have cleared what the pointer named
        return self._fallback()

    def notice(self) -> Message | None:
        """What to tell whoever looks at this place, if its newest snapshot cannot be shown."""
        found = self.newest_sound()
        return found.notice if found else None

    @contextmanager
    def building(self, *, needed_bytes: int = 0, keep: int = 5, readable: tuple[Path, ...] = ()) -> Iterator[Draft]:
        """Make the next snapshot: publish the draft, or leave the block and nothing of it stays."""
        try:
            with only_build(self.path):
                yield from self._one_build(needed_bytes, keep, readable)
        except (OSError, duckdb.Error) as fault:
            if not is_disk_full(fault):
                raise
            raise refusal_of(fault, self.path) from fault

    def _one_build(self, needed_bytes: int, keep: int, readable: tuple[Path, ...]) -> Iterator[Draft]:
        build = next_build(entry.name for entry in self.path.iterdir())
        self._clear_leftovers()
        self._check_space(needed_bytes)
        draft = Draft.begin(self.path, build, readable)
        try:
            yield draft
        finally:
            draft.discard()
            if pointed_name(self.path) == draft.snapshot.name:
                with suppress(OSError):  # published it is, whatever stays lying about
                    self._keep_newest(keep)

    def _fallback(self) -> Found | None:
        name = pointed_name(self.path)
        named = name if name and build_of(name) else None
        earlier = [path for path in self.history() if path.name != named]
        shown = next((path for path in earlier if is_sound(path)), None)
        if shown is None:
            if named is None and not earlier:
                return None
            raise Refusal("Every snapshot in {folder} is damaged. Build the place again.", folder=self.path)
        if named is None:
            lost = "The file {pointer} is missing or damaged, so {shown} is shown. Build the place again."
            return Found(shown, Message(lost, {"pointer": POINTER_NAME, "shown": shown.name}))
        damaged = "The newest snapshot {damaged} is damaged or missing, so {shown} is shown. Build the place again."
        return Found(shown, Message(damaged, {"damaged": named, "shown": shown.name}))

    def _published(self) -> list[Path]:
        try:
            found = [path for path in self.path.iterdir() if build_of(path.name) and not path.is_symlink()]
        except FileNotFoundError:
            return []
        return sorted(found, key=lambda path: path.name, reverse=True)

    def _clear_leftovers(self) -> None:
        """Remove what crashed builds left, and nothing that isn't ours by name."""
        published = {path.name for path in self._published()}
        # DuckDB lays a reader's spilled rows beside the file it reads; they go with that file.
        kept = published | {digest_beside(Path(name)).name for name in published} | {f"{n}.tmp" for n in published}
        for entry in list(self.path.iterdir()):
            if entry.name in kept or not entry.name.startswith(("atlas-", f"{POINTER_NAME}.")):
                continue
            _remove_any(entry)

    def _check_space(self, needed_bytes: int) -> None:
        free_bytes = shutil.disk_usage(self.path).free
        if free_bytes < needed_bytes:
            raise Refusal(
                "The build needs about {needed} MB in {folder}, but only {free} MB are free. "
                "Remove or move away other files, then build again.",
                needed=-(-needed_bytes // _MEGABYTE),
                free=free_bytes // _MEGABYTE,
                folder=self.path,
            )

    def _keep_newest(self, keep: int) -> None:
        for old in self._published()[max(keep, 1) :]:
            for gone in (old, digest_beside(old), old.with_name(f"{old.name}.tmp")):
                _remove_any(gone)


def _remove_any(path: Path) -> None:
    # Windows keeps a file that a reader has open: the next build tries again.
    with suppress(OSError):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            remove(path)
