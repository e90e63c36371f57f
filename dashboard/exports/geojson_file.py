"""Rows as GeoJSON for analysts: English names, codes as they are, unknown as null."""

from __future__ import annotations

import datetime as dt
import io
import json
import math
from typing import TYPE_CHECKING, Any

import shapely

from dashboard.exports.feature_rows import batches, keys_of, plain_table, shapes_of
from planning.features import KEY, SHAPE, Features

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from dashboard.exports.provenance import Provenance

_DEGREES_STEP = 1e-7  # about a centimetre, as the standard advises


def geojson_file(features: Features, provenance: Provenance) -> bytes:
    """One feature a row as RFC 7946 asks; the place and the build stand beside them."""
    plain = Features(features.noun, features.title, features.columns, plain_table(features.table))
    about = {
        "type": "FeatureCollection",
        "name": features.noun,
        "title": features.title,
        "place": provenance.place_name,
        "build": provenance.build_id,
        "is_made_up": provenance.is_made_up,
        "labels": {column.name: column.heading for column in features.columns},
        "sources": [source.sentence for source in provenance.sources],
    }
    target = io.BytesIO()
    target.write(_json(about).encode().removesuffix(b"}") + b',"features":[')
    between = b"\n"
    for batch in batches(plain):
        for line in _lines(batch):
            target.write(between + line.encode())
            between = b",\n"
    target.write(b"\n]}\n")
    return target.getvalue()


def _lines(batch: pa.RecordBatch) -> Iterator[str]:
    names = [name for name in batch.schema.names if name not in {KEY, SHAPE}]
    columns = [batch.column(name).to_pylist() for name in names]
    shapes = shapely.orient_polygons(shapely.set_precision(shapes_of(batch), _DEGREES_STEP, mode="pointwise"))
    drawn = shapely.to_geojson(shapes).tolist()
    for key, shape, *values in zip(keys_of(batch), drawn, *columns, strict=True):
        properties = dict(zip(names, map(_plain, values), strict=True))
        if key is not None:
            properties = {"id": key, **properties}
        head = "" if key is None else f'"id":{_json(key)},'
        yield f'{{"type":"Feature",{head}"properties":{_json(properties)},"geometry":{shape or "null"}}}'


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
