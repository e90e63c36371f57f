"""Rows as KML, which Ovital and the phone open: folders by kind, colours, every value in words."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

import shapely

from dashboard.exports.feature_rows import batches, in_words, keys_of, row_title, shapes_of
from dashboard.exports.kinds import kinds_of
from wording import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dashboard.exports.provenance import Provenance
    from planning.features import Features

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n'
_DEGREES = 7
_LINE_PX, _POINT_SIZE = "3", "1.1"
# What XML cannot hold at all, however it is written.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def kml_file(features: Features, provenance: Provenance) -> bytes:
    """One placemark a row; rows without a position are left out and counted in the description."""
    placed = sum(int((~shapely.is_missing(shapes_of(batch))).sum()) for batch in batches(features))
    kinds = list(kinds_of(features))
    target = io.BytesIO()
    target.write((_HEAD + _document(features, provenance, features.table.num_rows - placed)).encode())
    target.writelines(_style(f"kind{at}", kind.colour).encode() for at, kind in enumerate(kinds))
    for at, kind in enumerate(kinds):
        name = f"{features.title} {kind.label}" if len(kinds) > 1 else features.title
        target.write(f"<Folder><name>{_escaped(name)}</name>\n".encode())
        target.writelines(placemark.encode() for placemark in _placemarks(kind.features, f"#kind{at}"))
        target.write(b"</Folder>\n")
    target.write(b"</Document></kml>\n")
    return target.getvalue()


def _document(features: Features, provenance: Provenance, left_out: int) -> str:
    lines = [f"{label}: {text}" for label, text in provenance.lines(features)]
    if left_out:
        lines.append(say("{count} rows have no position and are left out here.", count=f"{left_out:,}"))
    name = f"{features.title} {provenance.place_name}"
    return f"<name>{_escaped(name)}</name>\n<description>{_escaped(_shown(lines))}</description>\n"


def _style(name: str, colour: str) -> str:
    """Looks without any picture, since pictures would be fetched from elsewhere."""
    blue_green_red = f"{colour[5:7]}{colour[3:5]}{colour[1:3]}"
    return (
        f'<Style id="{name}">'
        f"<IconStyle><color>ff{blue_green_red}</color><scale>{_POINT_SIZE}</scale></IconStyle>"
        f"<LineStyle><color>ff{blue_green_red}</color><width>{_LINE_PX}</width></LineStyle>"
        f"<PolyStyle><color>40{blue_green_red}</color></PolyStyle></Style>\n"
    )


def _placemarks(features: Features, style: str) -> Iterator[str]:
    words = [in_words(column) for column in features.columns]
    headings = [column.heading for column in features.columns]
    for batch in batches(features):
        columns = [batch.column(column.name).to_pylist() for column in features.columns]
        for key, shape, *row in zip(keys_of(batch), shapes_of(batch), *columns, strict=True):
            if shape is None:
                continue
            values = [(heading, word(value)) for heading, word, value in zip(headings, words, row, strict=True)]
            if key is not None:
                values.insert(0, (say("ID"), key))
            yield _placemark(row_title(features, key, row), values, style, shape)


def _placemark(title: str, values: list[tuple[str, str]], style: str, shape: Any) -> str:  # noqa: ANN401
    described = _escaped(_shown([f"{label}: {value}" for label, value in values]))
    data = "".join(f"<Data name={quoteattr(label)}><value>{_escaped(value)}</value></Data>" for label, value in values)
    return (
        f"<Placemark><name>{_escaped(title)}</name><description>{described}</description>"
        f"<styleUrl>{style}</styleUrl><ExtendedData>{data}</ExtendedData>{_shape(shape)}</Placemark>\n"
    )


def _shape(shape: Any) -> str:  # noqa: ANN401
    if shape.geom_type == "Polygon":
        rings = (("outerBoundaryIs", shape.exterior), *(("innerBoundaryIs", hole) for hole in shape.interiors))
        drawn = "".join(f"<{tag}><LinearRing>{_coordinates(ring)}</LinearRing></{tag}>" for tag, ring in rings)
        return f"<Polygon>{drawn}</Polygon>"
    if shape.geom_type in {"Point", "LineString"}:
        return f"<{shape.geom_type}>{_coordinates(shape)}</{shape.geom_type}>"
    return f"<MultiGeometry>{''.join(map(_shape, shape.geoms))}</MultiGeometry>"


def _coordinates(shape: Any) -> str:  # noqa: ANN401
    spots = shapely.get_coordinates(shape).round(_DEGREES).tolist()
    return f"<coordinates>{' '.join(f'{lon},{lat}' for lon, lat in spots)}</coordinates>"


def _shown(lines: list[str]) -> str:
    """A description is read as HTML: what would be a tag is written out, the rest stays plain for Ovital."""
    return escape("\n".join(lines))


def _escaped(text: str) -> str:
    return escape(_UNWRITABLE.sub("\ufffd", text))
