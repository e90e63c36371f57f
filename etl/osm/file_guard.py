"""Looks a file of OpenStreetMap over before its reader sees it: what it is, whether it is whole, whether it is a bomb.

The reader keeps 16 bytes for each node, so a file that unpacks to far more than it should would fill the memory.
"""

from __future__ import annotations

import gzip
import zlib
from typing import TYPE_CHECKING, BinaryIO, Final

from etl.osm.pbf_blobs import BlobError, unpacked_bytes
from etl.reading.sniffing import FileKind, sniff, sniff_packed
from etl.reading.xml_guard import refuse_document_type, xml_encoding
from wording import Refusal

if TYPE_CHECKING:
    from pathlib import Path

_PBF, _XML, _PACKED_XML = "pbf", "osm", "osm.gz"
_RATIO_FREE_BYTES: Final = 64 * 1024**2  # below this a file may be packed as tightly as it likes
_MOST_RATIO: Final = {_PBF: 12, _PACKED_XML: 40}  # real ones have 2 to 3, and 10 to 15
_MOST_TOKEN_BYTES: Final = 4 * 1024**2
_STEP_BYTES: Final = 1024**2


def osm_format(path: Path, file: str) -> str:
    """What the reader must take the file for, as its content says; refused where it is not fit to be read."""
    try:
        found = _format(path)
        if found is None:
            raise Refusal(
                "{file} is no file of OpenStreetMap. Give an .osm.pbf, .osm or .osm.gz file as it was downloaded.",
                file=file,
            )
        _check_size(path, found, file)
    except (BlobError, EOFError, zlib.error, gzip.BadGzipFile) as wrong:
        raise damaged(file) from wrong
    except OSError as fault:
        raise Refusal("{file} cannot be read: {fault}.", file=file, fault=fault.strerror or fault) from fault
    return found


def damaged(file: str) -> Refusal:
    return Refusal("{file} is cut off or damaged, or no file of OpenStreetMap. Download it again.", file=file)


def _format(path: Path) -> str | None:
    kind = sniff(path)
    if kind is FileKind.GZIP:
        packed = sniff_packed(path)
        if packed is FileKind.BINARY:  # it breaks off, or is none
            raise EOFError
        return _PACKED_XML if packed is FileKind.OSM_XML else None
    return {FileKind.OSM_PBF: _PBF, FileKind.OSM_XML: _XML}.get(kind)


def _check_size(path: Path, form: str, file: str) -> None:
    size = path.stat().st_size
    if form == _PBF:
        limit = max(_RATIO_FREE_BYTES, size * _MOST_RATIO[form])
        if unpacked_bytes(path) > limit:
            raise _too_large(file)
    elif form == _PACKED_XML:
        with gzip.open(path) as stream:
            _check_text(stream, max(_RATIO_FREE_BYTES, size * _MOST_RATIO[form]), file)
    else:
        refuse_document_type(path, file, xml_encoding(path))
        with path.open("rb") as stream:
            _check_text(stream, size, file)


def _check_text(stream: BinaryIO | gzip.GzipFile, limit: int, file: str) -> None:
    """Read all of it once: no element may be endless, and the whole no larger than it should be."""
    total = since_last_end = 0
    while block := stream.read(_STEP_BYTES):
        total += len(block)
        end = block.rfind(b">")
        since_last_end = since_last_end + len(block) if end < 0 else len(block) - end
        if total > limit or since_last_end > _MOST_TOKEN_BYTES:
            raise _too_large(file)


def _too_large(file: str) -> Refusal:
    return Refusal("{file} unpacks to far more than it should, so it was not read. Download it again.", file=file)
