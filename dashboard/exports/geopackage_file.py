"""Rows as a GeoPackage for analysts: English names with the page's labels beside them, codes as they are."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from dashboard.exports.feature_rows import plain_table
from etl.reading.gdal_drivers import ogr, quietly
from planning.features import KEY, SHAPE
from wording import say

if TYPE_CHECKING:
    from dashboard.exports.provenance import Provenance
    from planning.features import Features

_LABEL = "GDAL:OGR:alternative_name"
_ID = "id"
_BETWEEN_CODES = ","
_SINGLE = {0: "Point", 1: "LineString", 3: "Polygon"}
_GATHER: dict[str, Any] = {
    "Point": shapely.MultiPoint,
    "LineString": shapely.MultiLineString,
    "Polygon": shapely.MultiPolygon,
}
_SEVERAL = {4: 0, 5: 1, 6: 3}


def geopackage_file(features: Features, provenance: Provenance) -> bytes:
    """One layer named as the noun; rows without a position are kept without a shape."""
    table = plain_table(features.table)
    shape, kind = _shapes(table)
    columns = {_ID if name == KEY else name: _held(table[name]) for name in table.column_names if name != SHAPE}
    labels = {_ID: say("ID"), **{column.name: column.heading for column in features.columns}}
    fields = [pa.field(name, values.type, metadata={_LABEL: labels[name]}) for name, values in columns.items()]
    if kind:
        columns[SHAPE] = shape
        fields.append(pa.field(SHAPE, pa.binary()))
    written = pa.table(list(columns.values()), schema=pa.schema(fields))
    description = "\n".join(f"{label}: {text}" for label, text in provenance.lines(features))
    with tempfile.TemporaryDirectory(prefix="yitu-") as folder:
        path = Path(folder) / f"{features.noun}.gpkg"
        options = {"IDENTIFIER": f"{features.title} {provenance.place_name}", "DESCRIPTION": description}
        quietly(lambda: _write(written, path, features.noun, kind, options), path.name, [])
        return path.read_bytes()


def _write(table: pa.Table, path: Path, layer: str, kind: str | None, options: dict[str, str]) -> None:
    shape = {"geometry_name": SHAPE, "geometry_type": kind, "crs": "EPSG:4326"} if kind else {}
    ogr().write_arrow(table, str(path), layer=layer, driver="GPKG", layer_options=options, **shape)


def _shapes(table: pa.Table) -> tuple[Any, str | None]:
    """The shapes, of one kind where they can be, and what the kind is called; none where a table has none."""
    if SHAPE not in table.column_names:
        return None, None
    kinds = {kind for chunk in table[SHAPE].chunks for kind in np.unique(_kinds(chunk)).tolist()} - {-1}
    single = {_SEVERAL.get(kind, kind) for kind in kinds}
    if len(single) != 1 or not single <= set(_SINGLE):
        return table[SHAPE], "Unknown"
    name = _SINGLE[single.pop()]
    if len(kinds) == 1:
        return table[SHAPE], name if kinds <= set(_SINGLE) else f"Multi{name}"
    return pa.chunked_array([_as_several(chunk) for chunk in table[SHAPE].chunks], pa.binary()), f"Multi{name}"


def _kinds(chunk: pa.Array) -> Any:  # noqa: ANN401
    return shapely.get_type_id(_read(chunk))


def _read(chunk: pa.Array) -> Any:  # noqa: ANN401
    return shapely.from_wkb(np.array(chunk.to_pylist(), dtype=object))


def _as_several(chunk: pa.Array) -> pa.Array:
    several = [shape if shape is None else _gathered(shape) for shape in _read(chunk)]
    return pa.array(shapely.to_wkb(np.array(several, dtype=object)).tolist(), pa.binary())


def _gathered(shape: Any) -> Any:  # noqa: ANN401
    return _GATHER[shape.geom_type]([shape]) if shape.geom_type in _GATHER else shape


def _held(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Lists as one text, since a GeoPackage has none."""
    return pc.binary_join(values, _BETWEEN_CODES) if pa.types.is_list(values.type) else values
