"""Vector tiles taken apart by hand, from the published format, to check what the database writes."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

POINT, LINE, POLYGON = 1, 2, 3
MOVE_TO, LINE_TO, CLOSE = 1, 2, 7


@dataclass
class MvtFeature:
    """A feature with its parts in units of the tile."""

    id: int | None
    kind: int
    properties: dict[str, Any]
    parts: list[list[tuple[int, int]]]


@dataclass
class MvtLayer:
    name: str = ""
    extent: int = 4096
    version: int = 1
    features: list[MvtFeature] = field(default_factory=list)


def read_mvt(tile: bytes) -> dict[str, MvtLayer]:
    layers = [_layer(part) for number, part in _fields(tile) if number == 3]
    assert len({layer.name for layer in layers}) == len(layers)
    return {layer.name: layer for layer in layers}


def doubled_area(ring: list[tuple[int, int]]) -> int:
    """By the format's own formula: positive for an outer ring, with y downwards."""
    return sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(ring, [*ring[1:], ring[0]], strict=True))


def _layer(message: bytes) -> MvtLayer:
    layer, keys, values, features = MvtLayer(), [], [], []
    for number, part in _fields(message):
        if number == 1:
            layer.name = part.decode()
        elif number == 2:
            features.append(part)
        elif number == 3:
            keys.append(part.decode())
        elif number == 4:
            values.append(_value(part))
        elif number == 5:
            layer.extent = part
        elif number == 15:
            layer.version = part
    layer.features = [_feature(part, keys, values) for part in features]
    return layer


def _feature(message: bytes, keys: list[str], values: list[Any]) -> MvtFeature:
    told = dict(_fields(message))
    tags = list(_numbers(told.get(2, b"")))
    properties = {keys[key]: values[value] for key, value in zip(tags[::2], tags[1::2], strict=True)}
    return MvtFeature(told.get(1), told[3], properties, _parts(list(_numbers(told[4]))))


def _parts(commands: list[int]) -> list[list[tuple[int, int]]]:
    parts: list[list[tuple[int, int]]] = []
    x = y = at = 0
    while at < len(commands):
        command, count = commands[at] & 7, commands[at] >> 3
        at += 1
        if command == CLOSE:
            continue
        for _ in range(count):
            x, y, at = x + _signed(commands[at]), y + _signed(commands[at + 1]), at + 2
            if command == MOVE_TO:
                parts.append([])
            parts[-1].append((x, y))
    return parts


def _value(message: bytes) -> Any:
    ((number, part),) = _fields(message)
    if number == 1:
        return part.decode()
    if number in {2, 3}:
        return struct.unpack("<f" if number == 2 else "<d", part)[0]
    if number == 6:
        return _signed(part)
    if number == 7:
        return bool(part)
    return part - (1 << 64) if part >> 63 else part


def _signed(number: int) -> int:
    return (number >> 1) ^ -(number & 1)


def _numbers(packed: bytes) -> Iterator[int]:
    at = 0
    while at < len(packed):
        number, at = _number(packed, at)
        yield number


def _number(data: bytes, at: int) -> tuple[int, int]:
    number = shift = 0
    while True:
        number |= (data[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if data[at - 1] < 0x80:
            return number, at


def _fields(message: bytes) -> Iterator[tuple[int, Any]]:
    at = 0
    while at < len(message):
        tag, at = _number(message, at)
        wire = tag & 7
        if wire == 0:
            value, at = _number(message, at)
            yield tag >> 3, value
            continue
        size, at = (8, at) if wire == 1 else (4, at) if wire == 5 else _number(message, at)
        yield tag >> 3, message[at : at + size]
        at += size
