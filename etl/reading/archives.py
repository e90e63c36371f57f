"""Packed files: unpacked into a folder of our own, after and while their sizes and names are checked."""

from __future__ import annotations

import errno
import gzip
import re
import stat
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Final

from wording import Message, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_UNPACKED_BYTES: Final = 2 * 1024**3
MAX_RATIO: Final = 100
RATIO_FREE_BYTES: Final = 64 * 1024**2  # below this a file may be packed as tightly as it likes
MAX_MEMBERS: Final = 10_000
_MAX_DIRECTORY_BYTES: Final = 16 * 1024**2
_MAX_NAME_BYTES: Final = 240
_STEP_BYTES: Final = 1024**2
# What the zip reader stumbles over where a list of members is damaged.
_MALFORMED: Final = (struct.error, IndexError, ValueError, NotImplementedError)
_UTF8_FLAG: Final = 0x800
_ENCRYPTED_FLAG: Final = 0x1
_KNOWN_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2)
_GZIP_MAGIC: Final = b"\x1f\x8b"
_PACKED_ENDINGS: Final = (".zip", ".rar", ".7z", ".gz", ".tar", ".tgz", ".bz2", ".xz")
_SYSTEM_FILES: Final = ("thumbs.db", "desktop.ini", ".ds_store")
_SIDE_PARTS: Final = (
    ".dbf",
    ".shx",
    ".prj",
    ".cpg",
    ".sbn",
    ".sbx",
    ".qpj",
    ".qix",
    ".shp.xml",
    ".qmd",
    ".fix",
)


@dataclass(frozen=True)
class Unpacked:
    """A temporary folder with the members; `files` are those to be read, each for one table or more."""

    folder: Path
    files: list[Path]
    notes: list[Message] = field(default_factory=list)


@contextmanager
def open_archive(path: Path, file: str) -> Iterator[Unpacked]:
    """The unpacked content of a zip or gz file; the folder is gone when the block is left."""
    with tempfile.TemporaryDirectory(prefix="yitu-") as name:
        folder = Path(name).resolve()
        notes: list[Message] = []
        try:
            with path.open("rb") as stream:
                is_gzip = stream.read(2) == _GZIP_MAGIC
            members = _unpack_gzip(path, file, folder) if is_gzip else _unpack_zip(path, file, folder, notes)
        except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, *_MALFORMED) as wrong:
            raise _damaged(file) from wrong
        yield Unpacked(folder, _to_be_read(members), notes)


def member_name(info: zipfile.ZipInfo) -> str:
    """The name as it was meant: without the flag for UTF-8, Chinese programs write GBK."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8_FLAG:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _unpack_zip(path: Path, file: str, folder: Path, notes: list[Message]) -> list[Path]:
    _check_directory(path, file)
    with zipfile.ZipFile(path) as archive:
        infos = [one for one in archive.infolist() if not one.is_dir() and not member_name(one).endswith("/")]
        _check_sizes(infos, file)
        members: list[Path] = []
        left = MAX_UNPACKED_BYTES
        for info in infos:
            name = _checked_name(info, file)
            if name.lower().endswith(_PACKED_ENDINGS):
                text = "{file} contains another packed file, {member}; it was not opened. Unpack it yourself."
                notes.append(Message(text, {"file": file, "member": name}))
                continue
            if _is_system_file(name):
                continue
            target = _target(folder, name, file)
            try:
                with archive.open(info) as source:
                    left -= _copy(source, target, min(left, info.file_size), file)
            except (RuntimeError, NotImplementedError, OSError) as wrong:
                if isinstance(wrong, OSError) and wrong.errno == errno.ENOSPC:
                    raise Refusal("There is no room on the disk to unpack {file}.", file=file) from wrong
                raise _damaged(file) from wrong
            members.append(target)
    return members


def _unpack_gzip(path: Path, file: str, folder: Path) -> list[Path]:
    limit = min(MAX_UNPACKED_BYTES, max(RATIO_FREE_BYTES, path.stat().st_size * MAX_RATIO))
    target = folder / (path.stem if path.suffix.lower() == ".gz" else path.name)
    with gzip.open(path) as source:
        _copy(source, target, limit, file)
    return [target]


def _copy(source: IO[bytes] | gzip.GzipFile, target: Path, limit: int, file: str) -> int:
    """Copies and counts: what the directory says of a member's size may be a lie."""
    written = 0
    with target.open("xb") as sink:
        while block := source.read(_STEP_BYTES):
            written += len(block)
            if written > limit:
                raise _too_large(file)
            sink.write(block)
    return written


def _check_directory(path: Path, file: str) -> None:
    """The list of members is read as a whole, so it must be short."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        stream.seek(max(0, size - 66_000))
        tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or at + 20 > len(tail):
        raise _damaged(file)
    count, directory_bytes = struct.unpack_from("<HI", tail, at + 10)
    if directory_bytes == 0xFFFFFFFF or count == 0xFFFF:
        wide = tail.rfind(b"PK\x06\x06")
        count, directory_bytes = struct.unpack_from("<QQ", tail, wide + 32) if 0 <= wide < at - 48 else (0, size)
    if count > MAX_MEMBERS or directory_bytes > _MAX_DIRECTORY_BYTES:
        raise Refusal("{file} contains more than {limit} files. Unpack it yourself.", file=file, limit=MAX_MEMBERS)


def _check_sizes(infos: list[zipfile.ZipInfo], file: str) -> None:
    if not infos:
        raise Refusal("{file} is an empty packed file.", file=file)
    if any(info.flag_bits & _ENCRYPTED_FLAG for info in infos):
        raise Refusal("{file} is protected by a password. Unpack it yourself and give the files in it.", file=file)
    unpacked = sum(info.file_size for info in infos)
    packed = sum(info.compress_size for info in infos)
    if unpacked > MAX_UNPACKED_BYTES or (unpacked > RATIO_FREE_BYTES and unpacked > MAX_RATIO * max(1, packed)):
        raise _too_large(file)
    if any(info.compress_type not in _KNOWN_METHODS for info in infos):
        raise Refusal("{file} is packed in a way that is not known. Pack it again as an ordinary zip.", file=file)


def _checked_name(info: zipfile.ZipInfo, file: str) -> str:
    name = member_name(info)
    kind = stat.S_IFMT(info.external_attr >> 16)
    is_link = kind not in (0, stat.S_IFREG)
    parts = PurePosixPath(name).parts
    if is_link or name.startswith("/") or ".." in parts or re.match(r"[A-Za-z]:", name) or "\0" in name or not parts:
        raise Refusal(
            "{file} contains a member that would lead out of its folder ({member}), so it was not unpacked.",
            file=file,
            member=name[:200].replace("\0", "?"),
        )
    return name


def _target(folder: Path, name: str, file: str) -> Path:
    """Where a member goes: inside the folder, under a name that no member had before."""
    parts = [_short(part) for part in PurePosixPath(name).parts if part != "."]
    target = folder.joinpath(*parts)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists():
            raise Refusal("{file} contains two members of the name {member}.", file=file, member=name[:200])
    except (OSError, ValueError) as wrong:
        raise _damaged(file) from wrong
    return target


def _short(part: str) -> str:
    """A name the disk can hold: the ending stays."""
    tidied = "".join("_" if unicodedata.category(one) in ("Cc", "Cs") or one in '<>:"|?*' else one for one in part)
    if len(tidied.encode()) <= _MAX_NAME_BYTES:
        return tidied
    stem, ending = Path(tidied).stem, Path(tidied).suffix[:10]
    return stem.encode()[: _MAX_NAME_BYTES - 40].decode("utf-8", "ignore") + ending


def _is_system_file(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.lower() in _SYSTEM_FILES


def _to_be_read(members: list[Path]) -> list[Path]:
    """The members without the parts of shapefiles, which are read with their .shp."""
    shapes = {str(one.with_suffix("")).casefold() for one in members if one.suffix.lower() == ".shp"}
    return sorted(one for one in members if not _is_side_part(one, shapes))


def _is_side_part(member: Path, shapes: set[str]) -> bool:
    name = str(member).casefold()
    return any(name.endswith(ending) and name.removesuffix(ending) in shapes for ending in _SIDE_PARTS)


def _too_large(file: str) -> Refusal:
    return Refusal(
        "{file} unpacks to far more than it should (limit {limit_gb} GB, or {ratio} times its size), "
        "so it was not unpacked. Unpack it yourself if you trust it.",
        file=file,
        limit_gb=MAX_UNPACKED_BYTES // 1024**3,
        ratio=MAX_RATIO,
    )


def _damaged(file: str) -> Refusal:
    return Refusal("{file} is a damaged packed file. Copy it again from where it comes from.", file=file)
