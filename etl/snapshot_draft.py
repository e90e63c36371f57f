"""A snapshot in the making: built aside, checked, and published in one step or not at all."""

from __future__ import annotations

import errno
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import duckdb

from etl.build_id import snapshot_name
from etl.durable_file import flush_file, flush_folder, new_text_of, remove, replace_text, write_new
from etl.engine import connect, open_database
from etl.snapshot_check import digest_beside, digest_of, row_counts, wal_beside
from wording import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

POINTER_NAME = "CURRENT"
STORAGE_VERSION = "v1.5.0"
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FULL_WORDS = ("No space left", "Could not write all bytes", "max_temp_directory_size", "File too large")


@dataclass
class Draft:
    """One build's own database. Leave it unpublished, and nothing of it stays."""

    folder: Path
    build: str
    spill_folder: Path
    database: duckdb.DuckDBPyConnection

    @classmethod
    def begin(cls, folder: Path, build: str, readable: tuple[Path, ...]) -> Self:
        building = _building(folder, build)
        spill_folder = folder / f"atlas-{build}.spill"
        database = open_database(
            building, readable=readable, spill_folder=spill_folder, storage_version=STORAGE_VERSION
        )
        return cls(folder, build, spill_folder, database)

    @property
    def snapshot(self) -> Path:
        """The file's name once it is published."""
        return self.folder / snapshot_name(self.build)

    def publish(self, expected_rows: Mapping[str, int]) -> Path:
        """Check the draft and put it in force; on any fault the snapshot before it stays in force."""
        try:
            self._finish_writing()
            self._check_rows(expected_rows)
            self._put_in_force()
        except (OSError, duckdb.Error) as fault:
            raise refusal_of(fault, self.folder) from fault
        return self.snapshot

    def discard(self) -> None:
        """Take away all that is not in force."""
        with suppress(duckdb.Error):
            self.database.close()
        shutil.rmtree(self.spill_folder, ignore_errors=True)
        building = _building(self.folder, self.build)
        leftovers = [building, wal_beside(building), new_text_of(self.folder / POINTER_NAME)]
        # The pointer is asked, not a flag of ours: an interruption may fall between the two.
        if pointed_name(self.folder) != self.snapshot.name:
            leftovers += [self.snapshot, digest_beside(self.snapshot)]
        for leftover in leftovers:
            with suppress(OSError):  # the next build clears what cannot go now
                remove(leftover)

    def _finish_writing(self) -> None:
        building = _building(self.folder, self.build)
        self.database.execute("checkpoint")
        self.database.close()
        # Refused by DuckDB while a cursor of the build still has the file open for writing.
        connect(building, read_only=True).close()
        if wal_beside(building).exists():
            raise OSError(errno.EBUSY, "the write-ahead log is still there")

    def _check_rows(self, expected_rows: Mapping[str, int]) -> None:
        found_rows = row_counts(_building(self.folder, self.build))
        wrong = [
            Message(
                "{table}: {expected} rows written, {found} found",
                {"table": table, "expected": expected, "found": found_rows.get(table, 0)},
            )
            for table, expected in expected_rows.items()
            if found_rows.get(table) != expected
        ]
        if wrong:
            raise Refusal(
                "The new snapshot does not hold what was written to it ({tables}). "
                "The one before stays in force. Build again; if this returns, have the disk checked.",
                tables="; ".join(str(table) for table in wrong),
            )

    def _put_in_force(self) -> None:
        building = _building(self.folder, self.build)
        digest = digest_of(building)
        flush_file(building)
        building.chmod(0o444)
        write_new(digest_beside(self.snapshot), f"{digest}  {self.snapshot.name}\n")
        building.rename(self.snapshot)
        # The pointer must never reach the disk before the name it holds.
        flush_folder(self.folder)
        replace_text(self.folder / POINTER_NAME, f"{self.snapshot.name}\n")
        with suppress(OSError):  # whichever pointer a power cut leaves, it names a whole snapshot
            flush_folder(self.folder)


def pointed_name(folder: Path) -> str | None:
    """What the pointer says, unjudged; None where it cannot be read."""
    pointer = folder / POINTER_NAME
    try:
        if not pointer.is_file():
            return None
        with pointer.open("rb") as file:
            return file.read(200).decode("ascii", errors="replace").strip()
    except OSError:
        return None


def refusal_of(fault: Exception, folder: Path) -> Refusal:
    """The sentence for a fault met while a snapshot was written."""
    if is_disk_full(fault):
        return Refusal(
            "The disk of {folder} is full. The last good snapshot stays in force. Make room, then build again.",
            folder=folder,
        )
    return Refusal(
        "The snapshot could not be written to {folder} ({reason}). The last good snapshot stays in force. "
        "Check the disk and your rights to the folder, then build again.",
        folder=folder,
        reason=fault,
    )


def is_disk_full(fault: BaseException) -> bool:
    if isinstance(fault, duckdb.Error):
        return any(words in str(fault) for words in _FULL_WORDS)
    return isinstance(fault, OSError) and fault.errno in _FULL


def _building(folder: Path, build: str) -> Path:
    return folder / f"{snapshot_name(build)}.building"
