"""Rows as tables of geopandas and pandas, for analysts: the values as they are, or in words.

Column names carry their unit, and `frame.attrs` says it again with each label. Unknown is `<NA>` and never 0; a sum
leaves it out, so it is a lower bound where `frame[column].isna().any()`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from planning.features import KEY, SHAPE

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from planning.features import Features

_LON_LAT = "OGC:CRS84"  # WGS-84, longitude first, as the snapshot has it


def frame(features: Features) -> gpd.GeoDataFrame:
    """The rows by their number, with English names, codes, and shapes in WGS-84; `attrs` holds labels and units."""
    import geopandas as gpd  # noqa: PLC0415  (it takes a second to start)

    values = _plain(features.table.drop_columns([SHAPE])).set_index(KEY)
    shapes = gpd.GeoSeries.from_wkb(features.table[SHAPE].to_pylist(), index=values.index, crs=_LON_LAT)
    found = gpd.GeoDataFrame(values, geometry=shapes)
    found.attrs = {
        "title": features.title,
        "labels": {column.name: column.label for column in features.columns},
        "units": {column.name: column.unit for column in features.columns if column.unit},
    }
    return found


def worded(features: Features) -> pd.DataFrame:
    """The same rows as people read them: headings with their units, codes in words, unknown called so."""
    import pandas as pd  # noqa: PLC0415

    columns = {
        column.heading: [column.shown(value) for value in features.table[column.name].to_pylist()]
        for column in features.columns
    }
    return pd.DataFrame(columns, index=pd.Index(features.table[KEY].to_pylist(), name=KEY), dtype="str")


def _plain(table: pa.Table) -> pd.DataFrame:
    """Numbers and flags keep their type beside an unknown one, which arrow's own way would turn into floats."""
    import pandas as pd  # noqa: PLC0415

    kinds: dict[pa.DataType, Any] = {
        pa.bool_(): pd.BooleanDtype(),
        pa.int8(): pd.Int8Dtype(),
        pa.int16(): pd.Int16Dtype(),
        pa.int32(): pd.Int32Dtype(),
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
    }
    plain: pd.DataFrame = table.to_pandas(types_mapper=kinds.get, date_as_object=False)
    return plain
