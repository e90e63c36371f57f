"""Real files: the counts agree with another reader's, and each place builds at once."""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from etl.build import build_place
from etl.engine import open_database
from etl.new_place.beginning import Wanted, begin_place
from etl.osm.road_tags import ROAD_TAGS
from etl.shapes import Area
from etl.snapshot_check import open_snapshot
from tests.etl.osm.osm_text import extracted
from wording import Refusal

WORLD = Area(-180, -90, 180, 90)
ALWAYS = sorted({value for _, value in ROAD_TAGS} - {"service"})
FILES = (
    "monaco.osm.pbf",
    "andorra.osm.pbf",
    "liechtenstein-latest.osm.pbf",
    "porto_alegre.osm.pbf",
    "porto_portugal.osm.pbf",
)


def counted_by_duckdb(path: Path) -> dict[str, int]:
    """Ways of roads and rivers with two nodes or more, and single nodes of fuel and villages."""
    database = open_database(readable=(path.parent,))
    found = database.execute(
        """
        select
            count(*) filter (
                kind = 'way' and len(refs) > 1 and list_contains($roads, map_extract_value(tags, 'highway'))
                and coalesce(map_extract_value(tags, 'area'), '') <> 'yes'
            ) as roads,
            count(*) filter (
                kind = 'way' and len(refs) > 1 and map_extract_value(tags, 'waterway') in ('river', 'stream', 'canal')
            ) as rivers,
            count(*) filter (kind = 'node' and map_extract_value(tags, 'amenity') = 'fuel') as fuel,
            count(*) filter (
                kind = 'node' and map_extract_value(tags, 'place') in ('city', 'town', 'village', 'hamlet')
                and map_extract_value(tags, 'name') is not null
            ) as villages
        from st_readosm($file)
        """,
        {"roads": ALWAYS, "file": str(path)},
    )
    names = [column[0] for column in found.description or []]
    return dict(zip(names, found.fetchone() or (), strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_counts_agree_with_those_of_another_reader(name: str, public_data: Path, tmp_path: Path) -> None:
    path = public_data / "osm" / name
    found, counted = extracted(path, tmp_path, WORLD), counted_by_duckdb(path)
    roads = [row for row in found.rows("routes") if row["class"] != "service"]
    rivers = found.rows("rivers")
    # A way without positions, or all in one spot, is a road of the file but no line.
    missing = counted["roads"] + counted["rivers"] - len(roads) - len(rivers)
    assert 0 <= missing <= found.counts.without_positions
    nodes = [row for row in found.rows("resources") if str(row["resource_id"]).startswith("node/")]
    assert len([row for row in nodes if row["kind"] == "fuel_station"]) == counted["fuel"]
    villages = [row for row in found.rows("places") if str(row["place_id"]).startswith("node/")]
    assert len(villages) == counted["villages"]


def test_shanghai_as_text_plain_and_packed(public_data: Path, tmp_path: Path) -> None:
    path = public_data / "osm" / "shanghai_center.osm"
    ways = [
        {tag.attrib["k"]: tag.attrib["v"] for tag in way.iter("tag")} for way in ET.parse(path).getroot().iter("way")
    ]
    counted = [tags for tags in ways if tags.get("highway") in ALWAYS]
    found = extracted(path, tmp_path / "plain", WORLD)
    roads = [row for row in found.rows("routes") if row["class"] != "service"]
    assert len(roads) == len(counted)
    names = {row["name"] for row in roads}
    assert {"胶州路", "芷江支路", "广元路"} <= names
    (tmp_path / "packed.osm.gz").write_bytes(gzip.compress(path.read_bytes(), compresslevel=1))
    assert extracted(tmp_path / "packed.osm.gz", tmp_path / "packed", WORLD).rows("routes") == found.rows("routes")


@pytest.mark.slow
@pytest.mark.parametrize("name", [*FILES, "shanghai_center.osm"])
def test_each_place_builds_at_once(name: str, public_data: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    begun = begin_place(place, Wanted(osm=public_data / "osm" / name))
    result = build_place(place)
    assert result.refusals == {}
    assert begun.counts is not None
    snapshot = open_snapshot(result.snapshot)
    for noun, rows in begun.counts.rows.items():
        kept, merged, rejected = snapshot.execute(
            "select sum(kept_rows), sum(merged_rows), sum(rejected_rows) from origins join sources using (source_id) "
            "where noun = $noun and publisher is not null",
            {"noun": noun},
        ).fetchone() or (0, 0, 0)
        assert kept + merged + rejected == rows
        assert rejected <= rows // 1_000, noun


def test_a_county_of_china_is_not_in_a_map_of_portugal(public_data: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no road in or near the place"):
        begin_place(tmp_path / "place", Wanted(counties=["620821"], osm=public_data / "osm" / "porto_portugal.osm.pbf"))


def test_a_county_is_cut_out_of_a_larger_map(public_data: Path, tmp_path: Path) -> None:
    begun = begin_place(
        tmp_path / "place", Wanted(counties=["310101"], osm=public_data / "osm" / "shanghai_center.osm")
    )
    assert begun.counts is not None
    assert begun.counts.rows["routes"] > 4_000


@pytest.mark.slow
@pytest.mark.parametrize("share", [0.001, 0.2, 0.5, 0.9, 0.999])
def test_a_map_that_breaks_off_ends_in_one_sentence(share: float, public_data: Path, tmp_path: Path) -> None:
    whole = (public_data / "osm" / "liechtenstein-latest.osm.pbf").read_bytes()
    path = tmp_path / "cut.osm.pbf"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(Refusal, match="cut off or damaged"):
        begin_place(tmp_path / "place", Wanted(osm=path))
    assert not (tmp_path / "place").exists()


@pytest.mark.slow
def test_flipped_bytes_never_end_in_anything_else(public_data: Path, tmp_path: Path) -> None:
    whole = (public_data / "osm" / "andorra.osm.pbf").read_bytes()
    path = tmp_path / "flipped.osm.pbf"
    for at in range(0, len(whole), len(whole) // 40):
        flipped = bytearray(whole)
        flipped[at] ^= 0x55
        path.write_bytes(flipped)
        folder = tmp_path / str(at)
        try:
            extracted(path, folder, WORLD)
        except Refusal:
            continue
        assert (folder / "osm_routes.parquet").is_file()
