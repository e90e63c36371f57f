"""The rows of a noun kind by kind, each with its words and its colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from dashboard.kind_colours import NO_KIND, kind_colour, kind_column
from planning.code_words import codes_of
from planning.features import Features

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.palette import Theme


@dataclass(frozen=True)
class Kind:
    """Rows of one kind: its code, what people call it, its colour."""

    code: str
    label: str
    colour: str
    features: Features


def kinds_of(features: Features, theme: Theme = "light") -> Iterator[Kind]:
    """Each kind that has rows, in the order of its list; those of unknown kind come last."""
    name = kind_column(features)
    if name is None:
        yield Kind(NO_KIND, features.title, kind_colour(features.noun, NO_KIND, 0, theme), features)
        return
    column = features.column(name)
    codes = pc.cast(_decoded(features.table[name]), pa.string())
    found = set(pc.unique(codes).to_pylist())
    listed = list(codes_of(column.codes)) if column.codes else sorted(found - {None})
    order = [*listed, *sorted(found - {None} - set(listed)), None]
    for place, code in enumerate(order):
        if code in found:
            mask = pc.is_null(codes) if code is None else pc.fill_null(pc.equal(codes, code), False)  # noqa: FBT003
            rows = Features(features.noun, features.title, features.columns, features.table.filter(mask))
            colour = kind_colour(features.noun, code or NO_KIND, place, theme)
            yield Kind(code or NO_KIND, column.shown(code), colour, rows)


def _decoded(values: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.cast(values, values.type.value_type) if pa.types.is_dictionary(values.type) else values
