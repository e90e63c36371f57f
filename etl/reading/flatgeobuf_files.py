"""FlatGeobuf, read through GDAL batch by batch."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, Final

from etl.reading.arrow_text import texts_of
from etl.reading.gdal_drivers import ogr, private_folder, quietly, unreadable
from etl.reading.raw_table import RawTable
from etl.reading.row_batches import Row, batches_of, column_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from wording import Message

_ROWS_AT_ONCE: Final = 4_096
_PLAIN_NAME: Final = "layer.fgb"
_MAGIC: Final = b"fgb"
_SHAPE: Final = "wkb_geometry"


def read_flatgeobuf(path: Path, file: str) -> list[RawTable]:
    """The one table of the file."""
    with path.open("rb") as stream:
        if stream.read(3) != _MAGIC:
            raise unreadable(file)
    notes: list[Message] = []
    with private_folder({_PLAIN_NAME: path}) as folder:
        about = quietly(lambda: ogr().read_info(str(folder / _PLAIN_NAME)), file, notes)
    fields = [str(name) for name in about["fields"]]
    columns = column_names(fields, file, notes)
    rows = _rows(path, file, fields, notes)
    batches = batches_of(rows, columns, has_geometry=True, notes=notes)
    return [RawTable(file, None, columns, batches, has_geometry=True, crs=about["crs"], notes=notes)]


def _rows(path: Path, file: str, fields: list[str], notes: list[Message]) -> Iterator[Row]:
    number = 0
    with ExitStack() as held:
        folder = held.enter_context(private_folder({_PLAIN_NAME: path}))
        source = str(folder / _PLAIN_NAME)
        opened = ogr().raw.open_arrow(source, batch_size=_ROWS_AT_ONCE, use_pyarrow=True, datetime_as_string=True)
        about, reader = quietly(lambda: held.enter_context(opened), file, notes)
        shape_name = about["geometry_name"] or _SHAPE
        while (batch := quietly(lambda: _next(reader), file, notes)) is not None:
            shapes = batch.column(shape_name).to_pylist()
            texts = [texts_of(batch.column(name)) for name in fields]
            for shape, *values in zip(shapes, *texts, strict=True):
                number += 1
                yield Row(number, None, shape, values)


def _next(reader: Any) -> Any:  # noqa: ANN401  (pyarrow and pyogrio have no types)
    try:
        batch = reader.read_next_batch()
    except StopIteration:
        return None
    batch.validate(full=True)
    return batch
