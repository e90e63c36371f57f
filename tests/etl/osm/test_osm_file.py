"""Files that are cut off, damaged, hostile or no map at all end in one sentence."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest

from etl.osm.osm_objects import OsmFile
from etl.osm.pbf_blobs import BlobError, unpacked_bytes
from tests.etl.osm.osm_text import BOX, OsmText, extracted
from wording import Refusal

ROAD = {"highway": "primary", "name": "沪霍线"}
PLACES = ((107.31, 35.30), (107.35, 35.31))


@pytest.fixture
def text() -> bytes:
    osm = OsmText()
    for number in range(200):
        osm.road(number + 1, ROAD, *PLACES)
    return osm.text().encode()


def refused(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(Refusal) as refusal:
        extracted(path, path.parent / "out")
    return str(refusal.value)


def test_packed_and_plain_say_the_same(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "map.osm").write_bytes(text)
    (tmp_path / "map.osm.gz").write_bytes(gzip.compress(text))
    plain = extracted(tmp_path / "map.osm", tmp_path / "a")
    assert plain.rows("routes") == extracted(tmp_path / "map.osm.gz", tmp_path / "b").rows("routes")
    assert len(plain.rows("routes")) == 200


def test_the_suffix_is_not_asked(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "map.osm.pbf").write_bytes(text)
    assert extracted(tmp_path / "map.osm.pbf", tmp_path / "out").counts.rows == {"routes": 200}


def test_the_extent_is_told_by_the_nodes_where_the_head_says_nothing(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "map.osm").write_bytes(text)
    area = OsmFile(tmp_path / "map.osm").extent()
    assert (area.west, area.south, area.east, area.north) == (107.31, 35.30, 107.35, 35.31)
    bounds = b'<bounds minlat="35.2" minlon="107.2" maxlat="35.5" maxlon="107.5"/>'
    (tmp_path / "map.osm").write_bytes(text.replace(b'<osm version="0.6">', b'<osm version="0.6">' + bounds))
    area = OsmFile(tmp_path / "map.osm").extent()
    assert (area.west, area.south, area.east, area.north) == (107.2, 35.2, 107.5, 35.5)


def test_a_file_without_positions_has_no_extent(tmp_path: Path) -> None:
    path = OsmText().way(1, ROAD, 1, 2).write(tmp_path / "map.osm")
    with pytest.raises(Refusal, match="no positions"):
        OsmFile(path).extent()


@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_a_text_that_breaks_off(tmp_path: Path, text: bytes, share: float) -> None:
    assert "cut off or damaged" in refused(tmp_path / "map.osm", text[: int(len(text) * share)])


@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_a_packed_text_that_breaks_off(tmp_path: Path, text: bytes, share: float) -> None:
    packed = gzip.compress(text)
    assert "cut off or damaged" in refused(tmp_path / "map.osm.gz", packed[: int(len(packed) * share)])


def test_a_packed_text_with_a_flipped_bit(tmp_path: Path, text: bytes) -> None:
    packed = bytearray(gzip.compress(text))
    packed[len(packed) // 2] ^= 4
    assert "cut off or damaged" in refused(tmp_path / "map.osm.gz", bytes(packed))


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04" + bytes(100), b"<kml></kml>", b"a,b\n1,2\n", b"\x89PNG\r\n" + bytes(range(256)), b""]
)
def test_what_is_no_map_file(tmp_path: Path, content: bytes) -> None:
    assert "no file of OpenStreetMap" in refused(tmp_path / "gansu.osm.pbf", content)


def test_a_packed_table_is_no_map_file(tmp_path: Path) -> None:
    assert "no file of OpenStreetMap" in refused(tmp_path / "map.osm.gz", gzip.compress(b"a,b\n1,2\n"))


ENTITIES = '<!DOCTYPE osm [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + step)} "{f"&{chr(97 + step)};" * 10}">' for step in range(9)
)
OUTSIDE_FILE = '<!DOCTYPE osm [<!ENTITY j SYSTEM "file:///etc/passwd">'


@pytest.mark.parametrize("head", [ENTITIES, OUTSIDE_FILE])
def test_entities_are_not_followed(tmp_path: Path, head: str) -> None:
    body = f'<?xml version="1.0"?>{head}]><osm version="0.6"><node id="1" lat="1" lon="1"><tag k="name" v="&j;"/></node></osm>'
    assert "DOCTYPE" in refused(tmp_path / "map.osm", body.encode())
    assert "no file of OpenStreetMap" in refused(tmp_path / "map.osm.gz", gzip.compress(body.encode()))


def test_an_endless_word_is_not_read(tmp_path: Path) -> None:
    content = (
        b'<osm version="0.6"><node id="1" lat="1" lon="1"><tag k="name" v="' + b"x" * 6_000_000 + b'"/></node></osm>'
    )
    assert "far more than it should" in refused(tmp_path / "map.osm", content)


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    content = b'<osm version="0.6">' + b'<node id="1" lat="1" lon="1"/>\n' * 3_000_000
    packed = gzip.compress(content)
    assert len(packed) * 200 < len(content)
    assert "far more than it should" in refused(tmp_path / "map.osm.gz", packed)


@pytest.mark.parametrize("coordinate", ["nan", "1,2", "x", ""])
def test_coordinates_that_are_no_numbers(tmp_path: Path, coordinate: str) -> None:
    content = f'<osm version="0.6"><node id="1" lat="{coordinate}" lon="1"/></osm>'
    assert "damaged" in refused(tmp_path / "map.osm", content.encode())


def blob(data: bytes, raw_size: int, *, told: int | None = None) -> bytes:
    """A block of a .osm.pbf: its header (type, size) and a packed body that tells its size."""
    packed = zlib.compress(data)
    body = b"\x10" + varint(raw_size) + b"\x1a" + varint(len(packed)) + packed
    head = b"\x0a\x07OSMData\x18" + varint(len(body) if told is None else told)
    return len(head).to_bytes(4, "big") + head + body


def varint(number: int) -> bytes:
    parts = []
    while number > 0x7F:
        parts.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*parts, number])


def test_blocks_are_added_up_without_unpacking(tmp_path: Path) -> None:
    path = tmp_path / "map.osm.pbf"
    path.write_bytes(blob(b"a" * 1000, 1000) + blob(b"b" * 70, 70))
    assert unpacked_bytes(path) == 1070


@pytest.mark.parametrize(
    "content",
    [
        blob(b"a", 1)[:-1],
        blob(b"a", 1, told=0),
        blob(b"a", 1, told=1 << 40),
        b"\x00\x00\x00\x05ab",
        b"\xff\xff\xff\xff" + bytes(50),
        b"\x00\x00\x00\x02\xff\xff" + bytes(50),
        b"\x00\x00\x00\x02\x0f\x01" + bytes(50),
        b"\x00\x00",
    ],
)
def test_a_broken_row_of_blocks(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "map.osm.pbf"
    path.write_bytes(content)
    with pytest.raises(BlobError):
        unpacked_bytes(path)


def test_blocks_that_unpack_to_far_too_much(tmp_path: Path) -> None:
    head = b"\x00\x00\x00\x0d\x0a\x09OSMHeader\x18" + varint(2) + b"\x10" + varint(1)
    assert "far more than it should" in refused(tmp_path / "map.osm.pbf", head + blob(b"", 1 << 30))


def test_nothing_is_left_out_of_sight(tmp_path: Path) -> None:
    """A name with the signs of another format is data, and no more."""
    osm = OsmText().road(1, {"highway": "primary", "name": "\"><script>=cmd|'/c calc'!A1"}, *PLACES)
    found = extracted(osm.write(tmp_path / "map.osm"), tmp_path / "out", BOX)
    assert found.row("routes")["name"] == "\"><script>=cmd|'/c calc'!A1"
