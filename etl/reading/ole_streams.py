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
        self.directory_sector = struct.unpack_from("<I", header, 48)[0]
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


def ole_stream_names(path: Path) -> set[str]:
    """The names of the streams in the container."""
    with path.open("rb") as raw:
        return {entry.name for entry in OleFile(raw).entries()}
