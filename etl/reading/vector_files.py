"""One door to the files that hold shapes: what a file is, its content says, not its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeAlias

from etl.reading.flatgeobuf_files import read_flatgeobuf
from etl.reading.geojson_files import read_geojson
from etl.reading.geopackage_files import read_geopackage
from etl.reading.gpx_files import read_gpx
from etl.reading.json_stream import encoding_of
from etl.reading.kml_files import read_kml
from etl.reading.parquet_files import read_parquet
from etl.reading.raw_table import RawTable
from etl.reading.shapefiles import read_shapefile
from etl.reading.topojson_files import read_topojson
from etl.reading.xml_guard import refuse_document_type, xml_encoding
from wording import Refusal

Reader: TypeAlias = Callable[[Path, str], list[RawTable]]

_START_CHARACTERS: Final = 64 * 1024
_SHAPEFILE_PARTS: Final = (".shp", ".shx", ".dbf")
_BY_MAGIC: Final[tuple[tuple[bytes, Reader], ...]] = (
    (b"SQLite format 3\0", read_geopackage),
    (b"fgb", read_flatgeobuf),
    (b"PAR1", read_parquet),
    (b"\x00\x00\x27\x0a", read_shapefile),
    (b"PK\x03\x04", read_kml),
)


def read_vector(path: Path, file: str, layer: str | None = None) -> list[RawTable]:
    """The tables of a file with shapes; `layer` names the one of them that is wanted."""
    with path.open("rb") as stream:
        start = stream.read(16)
    if not start.strip():
        raise Refusal("{file} is empty.", file=file)
    reader = next((one for magic, one in _BY_MAGIC if start.startswith(magic)), None)
    if reader is None and path.suffix.lower() in _SHAPEFILE_PARTS:
        reader = read_shapefile
    tables = (reader or _reader_of_text(path, file))(path, file)
    return tables if layer is None else _chosen(tables, file, layer)


def _reader_of_text(path: Path, file: str) -> Reader:
    with path.open(encoding=encoding_of(path), errors="replace") as stream:
        start = stream.read(_START_CHARACTERS).lstrip("\ufeff \t\r\n\x1e")
    if start.startswith("{"):
        return read_topojson if re.search(r'"type"\s*:\s*"Topology"', start) else read_geojson
    if start.startswith(("<", "\0<", "<\0")):
        refuse_document_type(path, file, xml_encoding(path))
        if re.search(r"<(?:\w+:)?gpx[\s>]", start):
            return read_gpx
        if re.search(r"<(?:\w+:)?kml[\s>]|<(?:\w+:)?(?:Document|Placemark)[\s>]", start):
            return read_kml
    raise Refusal(
        "{file} is none of the map files that can be read: shapefile, GeoJSON, TopoJSON, GeoPackage, "
        "FlatGeobuf, KML, GPX or Parquet.",
        file=file,
    )


def _chosen(tables: list[RawTable], file: str, layer: str) -> list[RawTable]:
    chosen = [one for one in tables if one.sheet == layer or (one.sheet is None and len(tables) == 1)]
    if not chosen:
        raise Refusal(
            "{file} has no table {layer}. It has: {layers}.",
            file=file,
            layer=layer,
            layers=", ".join(one.sheet or "-" for one in tables[:20]),
        )
    return chosen
