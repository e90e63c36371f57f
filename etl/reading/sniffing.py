"""Tells what a file is by its content; its suffix is never asked."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from etl.reading.encodings import utf16_kind
from etl.reading.ole_streams import ole_stream_names
from wording import Refusal, mark

HEAD_BYTES = 64 * 1024


class FileKind(StrEnum):
    """What a file holds."""

    XLSX = "xlsx"
    ODS = "ods"
    XLS = "xls"
    ENCRYPTED_WORKBOOK = "encrypted workbook"
    XLSB = "xlsb"
    SHAPEFILE_ZIP = "shapefile zip"
    KMZ = "kmz"
    ZIP = "zip"
    GZIP = "gzip"
    PARQUET = "parquet"
    GEOPACKAGE = "gpkg"
    SQLITE = "sqlite"
    FLATGEOBUF = "flatgeobuf"
    SHAPEFILE = "shp"
    DBF = "dbf"
    KML = "kml"
    GPX = "gpx"
    OSM_XML = "osm"
    OSM_PBF = "osm.pbf"
    GDAL_XML = "gdal xml"
    XML_WORKBOOK = "xml workbook"
    XML = "xml"
    GEOJSON = "geojson"
    GEOJSON_SEQUENCE = "geojson sequence"
    TOPOJSON = "topojson"
    JSON = "json"
    HTML = "html"
    DELIMITED_TEXT = "delimited text"
    OLE = "ole"
    EMPTY = "empty"
    BINARY = "binary"


REFUSED_KINDS = {
    FileKind.ENCRYPTED_WORKBOOK: mark(
        "{file} is locked with a password. Open it in Excel, take the password off (File, Info, Protect "
        "Workbook) and save it again."
    ),
    FileKind.HTML: mark(
        "{file} is a web page that only bears a spreadsheet's name, as many systems export it. Open it in "
        "Excel and save it as an .xlsx workbook."
    ),
    FileKind.XML_WORKBOOK: mark(
        "{file} is a workbook in an old XML form. Open it in Excel and save it as an .xlsx workbook."
    ),
    FileKind.XLSB: mark("{file} is a binary workbook (.xlsb). Open it in Excel and save it as an .xlsx workbook."),
    FileKind.GDAL_XML: mark("{file} only points to other files. Give the file with the data itself."),
    FileKind.XML: mark("{file} is XML of a kind that is not read. Export it as KML, GPX, GeoJSON or a spreadsheet."),
    FileKind.JSON: mark("{file} is JSON without map data. Export it as GeoJSON or a spreadsheet."),
    FileKind.OLE: mark("{file} is an Office file but no workbook. Save its table as an .xlsx workbook."),
    FileKind.SQLITE: mark("{file} is a database without map layers. Export its table as a spreadsheet."),
    FileKind.EMPTY: mark("{file} is empty. Check that it is the right file and save it again."),
    FileKind.BINARY: mark("{file} is of no kind that is read here. Save it as .xlsx, .csv, a shapefile or GeoJSON."),
}

MAGIC = (
    (b"\x1f\x8b", FileKind.GZIP),
    (b"PAR1", FileKind.PARQUET),
    (b"fgb\x03fgb", FileKind.FLATGEOBUF),
    (b"\x00\x00\x27\x0a", FileKind.SHAPEFILE),
)
XML_ROOTS = {
    "kml": FileKind.KML,
    "gpx": FileKind.GPX,
    "osm": FileKind.OSM_XML,
    "osmchange": FileKind.OSM_XML,
    "html": FileKind.HTML,
    "workbook": FileKind.XML_WORKBOOK,
}
GDAL_ROOTS = re.compile(r"(ogr|gdal|vrt|srcdatasource|ogrvrtdatasource|wms_capabilities|gml_vrt)", re.IGNORECASE)
ROOT = re.compile(r"<\s*(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
PROLOGUE = re.compile(r"\s*(<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(\[.*?\])?\s*>)", re.DOTALL | re.IGNORECASE)
HTML_MARKS = re.compile(r"<\s*(html|table|!doctype\s+html|head|body|meta|style|div)\b", re.IGNORECASE)
GEO_TYPE = re.compile(
    r'"type"\s*:\s*"(FeatureCollection|Feature|Point|LineString|Polygon|Multi\w+|GeometryCollection)"'
)


def sniff(path: Path) -> FileKind:  # noqa: PLR0911  (one line for each kind)
    """The kind of file, from its head and, for a zip, its list of contents."""
    with path.open("rb") as raw:
        head = raw.read(HEAD_BYTES)
    if not head:
        return FileKind.EMPTY
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_kind(path)
    if head.startswith(b"SQLite format 3\0"):
        return FileKind.GEOPACKAGE if head[68:72] in (b"GPKG", b"GP10", b"GP11") else FileKind.SQLITE
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    if b"OSMHeader" in head[:64]:
        return FileKind.OSM_PBF
    return FileKind.DBF if _is_dbf(head, path.stat().st_size) else _text_kind(head)


def sniff_packed(path: Path) -> FileKind:
    """The kind of the file inside a gzip."""
    try:
        with gzip.open(path) as unpacking:
            head = unpacking.read(HEAD_BYTES)
    except (EOFError, OSError, zlib.error):
        return FileKind.BINARY
    return _text_kind(head) if head else FileKind.EMPTY


def refuse_unreadable(kind: FileKind, file: str) -> None:
    """Raises the sentence for a kind that no reader takes."""
    if kind in REFUSED_KINDS:
        raise Refusal(REFUSED_KINDS[kind], file=file)


def _zip_kind(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.lower() for name in archive.namelist()]
            kind_named = archive.read("mimetype")[:200] if _has_small_mimetype(archive) else b""
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, zlib.error):
        return FileKind.ZIP
    if "xl/workbook.bin" in names:
        return FileKind.XLSB
    if "[content_types].xml" in names and any(name.startswith("xl/") for name in names):
        return FileKind.XLSX
    if b"opendocument.spreadsheet" in kind_named:
        return FileKind.ODS
    if any(name.endswith(".shp") for name in names):
        return FileKind.SHAPEFILE_ZIP
    return FileKind.KMZ if any(name.endswith(".kml") for name in names) else FileKind.ZIP


def _has_small_mimetype(archive: zipfile.ZipFile) -> bool:
    return any(member.filename == "mimetype" and member.file_size <= 200 for member in archive.infolist())


def _ole_kind(path: Path) -> FileKind:
    names = ole_stream_names(path)
    if names & {"EncryptedPackage", "EncryptionInfo"}:
        return FileKind.ENCRYPTED_WORKBOOK
    return FileKind.XLS if names & {"Workbook", "Book"} else FileKind.OLE


def _is_dbf(head: bytes, size: int) -> bool:
    """A plausible version, date, record size and header length, and the header's end mark in its place."""
    if len(head) < 33 or head[0] not in (0x02, 0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x83, 0x8B, 0xF5):
        return False
    header_size = int.from_bytes(head[8:10], "little")
    record_size = int.from_bytes(head[10:12], "little")
    dated = head[2] <= 12 and head[3] <= 31
    # A header longer than the head read has its end mark further on; 32 bytes a field tell it too.
    ends = header_size > len(head) or head[header_size - 1] == 0x0D or (header_size - 33) % 32 == 0
    return dated and ends and 33 <= header_size <= size and record_size > 0


def _text_kind(head: bytes) -> FileKind:
    wide = utf16_kind(head[:4096])
    if wide is None and _is_binary(head):
        return FileKind.BINARY
    text = head.decode(wide.value if wide else "utf-8", "replace").lstrip("\ufeff\x00 \t\r\n")
    if not text:
        return FileKind.DELIMITED_TEXT
    if text.startswith("<"):
        return _markup_kind(text)
    if text[0] in "{[\x1e":
        return _json_kind(text)
    return FileKind.DELIMITED_TEXT


def _is_binary(head: bytes) -> bool:
    nuls = head.count(0)
    controls = sum(head.count(sign) for sign in range(1, 32) if sign not in (9, 10, 11, 12, 13, 26, 30))
    return nuls * 10 > len(head) or controls * 100 > len(head)


def _markup_kind(text: str) -> FileKind:
    rest = text
    while (prologue := PROLOGUE.match(rest)) is not None:
        rest = rest[prologue.end() :]
    root = ROOT.search(rest)
    name = root.group(1).lower() if root else ""
    if GDAL_ROOTS.match(name):
        return FileKind.GDAL_XML
    if name in XML_ROOTS:
        return XML_ROOTS[name]
    if HTML_MARKS.match(text) or HTML_MARKS.match(rest.lstrip()):
        return FileKind.HTML
    return FileKind.XML


def _json_kind(text: str) -> FileKind:  # noqa: PLR0911  (one line for each kind)
    """JSON by its first keys; text that only begins with a bracket is delimited text."""
    if text.startswith("\x1e"):
        return FileKind.GEOJSON_SEQUENCE
    if text.startswith("[") and not re.match(r"\[\s*([\[{\"\d\]-]|true|false|null)", text):
        return FileKind.DELIMITED_TEXT
    if text.startswith("{") and not re.match(r'\{\s*["}]', text):
        return FileKind.DELIMITED_TEXT
    if re.search(r'"type"\s*:\s*"Topology"', text):
        return FileKind.TOPOJSON
    if text.startswith("{") and GEO_TYPE.search(text):
        return FileKind.GEOJSON_SEQUENCE if _is_sequence(text) else FileKind.GEOJSON
    if text.startswith("{") and re.search(r'"features"\s*:\s*\[', text):
        return FileKind.GEOJSON
    return FileKind.JSON


def _is_sequence(text: str) -> bool:
    """Whether the first line is a whole feature and another one follows."""
    first, _, rest = text.partition("\n")
    if not rest.lstrip().startswith("{"):
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True
