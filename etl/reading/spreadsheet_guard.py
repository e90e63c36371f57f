"""Looks over a zipped workbook before anything opens it: bombs, document types, damage, twins."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from wording import Refusal

CHUNK_BYTES = 1 << 20
MAX_UNPACKED_BYTES = 1 << 30
MAX_SHARED_TEXT_BYTES = 200 << 20  # an empty shared text takes 5 bytes here and 5 times that in memory
MAX_RATIO = 200
RATIO_MATTERS_BYTES = 20 << 20
MAX_MEMBERS = 10_000
OVERLAP = 32
DECLARATION = re.compile(rb"<\0?!\0?(D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)", re.IGNORECASE)


def guard_archive(path: Path, file: str) -> None:
    """Refuses a zipped workbook that would harm the machine, or is damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _guard_sizes(members, path.stat().st_size, file)
            for member in members:
                if member.flag_bits & 1:
                    raise Refusal(
                        "{file} is locked with a password. Take the password off and save it again.",
                        file=file,
                    )
                _guard_member(archive, member, file)
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, zlib.error, ValueError) as broken:
        raise damaged(file) from broken


def damaged(file: str) -> Refusal:
    return Refusal(
        "{file} is damaged and cannot be opened. Open it in Excel, let Excel repair it, and save it as an "
        ".xlsx workbook; or ask for it again.",
        file=file,
    )


def _guard_sizes(members: list[zipfile.ZipInfo], packed: int, file: str) -> None:
    unpacked = sum(member.file_size for member in members)
    shared = sum(member.file_size for member in members if member.filename.lower().endswith("sharedstrings.xml"))
    swells = unpacked > RATIO_MATTERS_BYTES and unpacked > MAX_RATIO * max(packed, 1)
    if unpacked > MAX_UNPACKED_BYTES or shared > MAX_SHARED_TEXT_BYTES or swells or len(members) > MAX_MEMBERS:
        raise Refusal(
            "{file} would unpack to {unpacked} MB from {packed} MB, which no ordinary workbook does. Copy "
            "its table into a new workbook, or split it.",
            file=file,
            unpacked=round(unpacked / 1e6),
            packed=round(packed / 1e6, 1),
        )
    names = {member.filename.lower().replace("\\", "/").lstrip("/") for member in members}
    if len(names) < len(members):
        raise damaged(file)  # two members of one name: what was looked over might not be what is read


def _guard_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, file: str) -> None:
    """Reads the member to its end, which also compares its checksum."""
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    tail = b""
    with archive.open(member) as packed:
        while chunk := packed.read(CHUNK_BYTES):
            if is_xml and DECLARATION.search(tail + chunk):
                raise Refusal(
                    "{file} holds a document type declaration, which no spreadsheet program writes. Copy "
                    "its table into a new workbook.",
                    file=file,
                )
            tail = chunk[-OVERLAP:]
