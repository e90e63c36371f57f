"""The container that old Office files lie in: the names of its streams, and one stream's bytes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

LAST_SECTOR = 0xFFFFFFFA
ENTRY_BYTES = 128
MAX_DIRECTORY_SECTORS = 64
SMALL_STREAM_BYTES = 4096  # smaller ones lie in a stream of their own, with a table of their own
USUAL_LAYOUTS = {(0xFFFE, 3, 9), (0xFFFE, 4, 12)}  # byte order, version and size of a sector that go together
STREAM, ROOT = 2, 5


@dataclass(frozen=True)
class OleEntry:
    """One stream in the directory."""

    name: str
    first_sector: int
    size: int


class OleFile:
    """An open container; a damaged one gives fewer entries or a shorter stream, never an endless one."""

    def __init__(self, raw: BinaryIO) -> None:
        self.raw = raw
        header = raw.read(512).ljust(512, b"\0")
        self.sector_bytes = 1 << min(max(struct.unpack_from("<H", header, 30)[0], 9), 12)
        version, byte_order, power = struct.unpack_from("<HHH", header, 26)
        self.is_usual = (byte_order, version, power) in USUAL_LAYOUTS
        self.directory_sector = struct.unpack_from("<I", header, 48)[0]
        self.small_table_sector, self.further_tables_sector = (
            struct.unpack_from("<I", header, at)[0] for at in (60, 68)
        )
        self.table_sectors = list(self._table_sectors(header))

    def entries(self) -> list[OleEntry]:
        found = []
        for _, sector in zip(range(MAX_DIRECTORY_SECTORS), self._chain(self.directory_sector), strict=False):
            block = self._sector(sector)
            for start in range(0, len(block) - ENTRY_BYTES + 1, ENTRY_BYTES):
                entry = block[start : start + ENTRY_BYTES]
                name = entry[: max(0, min(64, struct.unpack_from("<H", entry, 64)[0]) - 2)]
                if entry[66] == 2:
                    first, size = struct.unpack_from("<II", entry, 116)
                    found.append(OleEntry(name.decode("utf-16-le", "replace"), first, size))
        return found

    def blocks(self, entry: OleEntry) -> Iterator[bytes]:
        """The stream's bytes, sector by sector; small streams lie elsewhere and are not followed."""
        left = entry.size
        for sector in self._chain(entry.first_sector):
            if left <= 0:
                return
            block = self._sector(sector)[:left]
            left -= len(block)
            yield block

    def ends_everywhere(self) -> bool:
        """Whether no list of sectors leads back into itself: a reader that follows one never comes to its end."""
        table = self._numbers(self.table_sectors)
        small_table = self._numbers(list(self._chain(self.small_table_sector)))
        starts, small_starts = [self.directory_sector, self.small_table_sector], list[int]()
        for kind, first, size in self._starts():
            is_small = kind == STREAM and size < SMALL_STREAM_BYTES
            (small_starts if is_small else starts).append(first)
        return self._tables_end() and _all_end(table, starts) and _all_end(small_table, small_starts)

    def _starts(self) -> Iterator[tuple[int, int, int]]:
        for sector in self._chain(self.directory_sector):
            block = self._sector(sector)
            for at in range(0, len(block) - ENTRY_BYTES + 1, ENTRY_BYTES):
                if block[at + 66] in (STREAM, ROOT):
                    yield (block[at + 66], *struct.unpack_from("<II", block, at + 116))

    def _numbers(self, sectors: list[int]) -> list[int]:
        found: list[int] = []
        for sector in sectors:
            block = self._sector(sector)
            found += struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])
        return found

    def _tables_end(self) -> bool:
        seen, sector = set[int](), self.further_tables_sector
        while sector < LAST_SECTOR and sector not in seen:
            seen.add(sector)
            block = self._sector(sector)
            if len(block) < self.sector_bytes:
                return True
            (sector,) = struct.unpack_from("<I", block, self.sector_bytes - 4)
        return sector not in seen

    def _sector(self, number: int) -> bytes:
        self.raw.seek((number + 1) * self.sector_bytes)
        return self.raw.read(self.sector_bytes)

    def _table_sectors(self, header: bytes) -> Iterator[int]:
        for sector in struct.unpack_from("<109I", header, 76):
            if sector < LAST_SECTOR:
                yield sector
        following, count = struct.unpack_from("<II", header, 68)
        for _ in range(min(count, 4096)):
            if following >= LAST_SECTOR:
                return
            block = self._sector(following)
            if len(block) < self.sector_bytes:
                return
            numbers = struct.unpack(f"<{self.sector_bytes // 4}I", block)
            yield from (number for number in numbers[:-1] if number < LAST_SECTOR)
            following = numbers[-1]

    def _chain(self, sector: int) -> Iterator[int]:
        a_table = self.sector_bytes // 4
        cached_at, cached = -1, b""
        for _ in range(len(self.table_sectors) * a_table):
            if sector >= LAST_SECTOR or sector // a_table >= len(self.table_sectors):
                return
            yield sector
            if cached_at != sector // a_table:
                cached_at = sector // a_table
                cached = self._sector(self.table_sectors[cached_at]).ljust(self.sector_bytes, b"\xff")
            sector = struct.unpack_from("<I", cached, sector % a_table * 4)[0]


def _all_end(table: list[int], starts: list[int]) -> bool:
    known: set[int] = set()
    for start in starts:
        seen, sector = set[int](), start
        while sector < len(table) and sector not in known:
            if sector in seen:
                return False
            seen.add(sector)
            sector = table[sector]
        known |= seen
    return True


def ole_stream_names(path: Path) -> set[str]:
    """The names of the streams in the container."""
    with path.open("rb") as raw:
        return {entry.name for entry in OleFile(raw).entries()}
