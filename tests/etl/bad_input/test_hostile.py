from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.etl.bad_input.bad_file import check
from tests.etl.bad_input.hostile import (
    BOMBS,
    FORMULAS,
    GLOB_NAMES,
    HOSTILE,
    ODD_NAMES,
    PAYLOADS,
    SQL_NAMES,
    WHOLE_FILES,
    flipped,
    named,
)
from tests.etl.bad_input.limited_build import build_within_limits
from tests.etl.bad_input.tiny_place import HIDDEN_FILE, Expected, TinyPlace

NAMES = "select station_id, name, address from stations order by row_number"
SHEET_NAMES = "select station_id, name from stations order by row_number"
LEADS_OUT = Expected(refused=("leads out of the place's folder",))
LEADS_OUT_SECRET = Expected(refused=("leads out of the place's folder",), named=HIDDEN_FILE)
ADDRESS = Expected(refused=("is an address, not a file",))
DOCUMENT_TYPE = Expected(refused=("document type",))


def kept_as_text(names: tuple[str, ...]) -> list[tuple[str, str, str]]:
    return [(str(number), name.strip(), name.strip()) for number, name in enumerate(names)]


EXPECTED = {
    "60_vrt_named_geojson": Expected(refused=("only points to other files",)),
    "60_vrt_named_csv": Expected(refused=("only points to other files",)),
    "60_gdalg_named_geojson": Expected(refused=("without map data",)),
    "61_vsicurl": ADDRESS,
    "61_address": ADDRESS,
    "61_vsizip": ADDRESS,
    "63_up_and_out": LEADS_OUT_SECRET,
    "63_absolute": LEADS_OUT_SECRET,
    "63_link_out": LEADS_OUT,
    "63_zip_member_leads_out": Expected(refused=("lead out of its folder",)),
    "63_zip_member_is_link": Expected(refused=("lead out of its folder",)),
    "64_billion_laughs": DOCUMENT_TYPE,
    "64_external_entity_in_kml": DOCUMENT_TYPE,
    "64_external_entity_in_gpx": DOCUMENT_TYPE,
    "64_entity_in_workbook": DOCUMENT_TYPE,
    "65_script_in_every_text": Expected(NAMES, kept_as_text(PAYLOADS)),
    "66_formulas": Expected(NAMES, kept_as_text(FORMULAS)),
    "66_formulas_as_text": Expected(
        SHEET_NAMES, [(str(number), formula.strip()) for number, formula in enumerate(FORMULAS, 1)]
    ),
    "67_sql_in_names": Expected(NAMES, kept_as_text(SQL_NAMES)),
    "67_sql_in_headings": Expected(NAMES, [("1", "甲驿站", "x")]),
    "70_extreme_width": Expected(refused=("5000 columns", "at most 2000")),
    "70_extreme_nesting_in_json": Expected(refused=("cut off or is no proper JSON",)),
    "70_extreme_nesting_in_kml": Expected(refused=("nests its elements too deeply",)),
}
EXPECTED_OF_BOMBS = {
    "62_zip_bomb": Expected(refused=("unpacks to far more",)),
    "62_gzip_bomb": Expected(NAMES, [], rejected={2: "giant_line"}),
    "62_endless_directory": Expected(refused=("damaged",)),
    "62_workbook_bomb": Expected(refused=("would unpack to", "which no ordinary workbook does")),
    "62_workbook_of_empty_texts": Expected(refused=("would unpack to", "which no ordinary workbook does")),
}


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile(title: str, tmp_path: Path) -> None:
    check(HOSTILE[title], EXPECTED[title], tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("title", BOMBS)
def test_bombs(title: str, tmp_path: Path) -> None:
    place, file = BOMBS[title].place(tmp_path)
    expected = EXPECTED_OF_BOMBS[title]
    expected.hold(build_within_limits(place, expected.query), file)


@pytest.mark.parametrize("names", [pytest.param(GLOB_NAMES, id="68_globs_in_names")])
def test_a_sign_of_a_pattern_in_a_name_means_itself(names: tuple[str, ...], tmp_path: Path) -> None:
    place = TinyPlace.begin(tmp_path)
    for number, name in enumerate(names):
        (place.folder / name).write_text(named([name], number), "utf-8")
        place.add("stations", name, name=f"source {number}")
    for other in ("站1.csv", "ab.csv", "问x.csv"):
        (place.folder / other).write_text(named(["not asked for"]), "utf-8")
    outcome = place.build("select name from stations order by origin_id")
    assert outcome.refusal is None
    assert outcome.rows == [(name,) for name in names]


@pytest.mark.parametrize("names", [pytest.param(ODD_NAMES, id="69_odd_names")])
def test_odd_names_are_names(names: tuple[str, ...], tmp_path: Path) -> None:
    place = TinyPlace.begin(tmp_path)
    for number, name in enumerate(names):
        (place.folder / name).write_text(named([f"第{number}站"], number), "utf-8")
        place.add("stations", name, name=f"source {number}")
    outcome = place.build("select station_id, file from stations join origins using (origin_id) order by origin_id")
    assert outcome.refusal is None
    assert outcome.rows == [(str(number), name) for number, name in enumerate(names)]


@pytest.mark.parametrize("seed", [pytest.param(seed, id=f"71_bit_flips_{seed}") for seed in range(4)])
def test_flipped_bits_cost_a_row_or_a_file_at_most(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    place = TinyPlace.begin(tmp_path)
    for ending, (noun, write) in WHOLE_FILES.items():
        for number in range(3):
            path = place.folder / f"{number}.{ending}"
            write(path)
            flipped(path, dice)
            place.add(noun, path.name, name=path.name)
    outcome = place.build("select name, refusal from sources")
    for name, refusal in outcome.rows:
        assert refusal is None or Path(name).stem in refusal
    assert sum(read for read, *_ in outcome.tallies) > 0


class Meddler:
    """Listens to the build and writes into the file as soon as its first rows are read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, task: object, total_rows: int | None = None) -> None:
        """Nothing is read yet."""

    def advance(self, rows: int) -> None:
        with self.path.open("a", encoding="utf-8") as stream:
            stream.write("009,后来的驿站,107.36,35.33\n" * rows)


@pytest.mark.parametrize(
    "noun", [pytest.param(noun, id=f"72_changes_while_read_{noun}") for noun in ("stations", "pings")]
)
def test_a_file_that_changes_while_it_is_read_is_refused(noun: str, tmp_path: Path) -> None:
    place = TinyPlace.begin(tmp_path)
    path = place.folder / "changing.csv"
    path.write_text("编号,名称,经度,纬度,车牌,时间\n001,甲驿站,107.36,35.33,甲A1,2024-03-05 08:00:00\n", "utf-8")
    place.add(noun, path.name)
    outcome = place.build(f"select * from {noun}", progress=Meddler(path), streamed_from_bytes=10)
    Expected(refused=("changed while it was being read", "build again")).hold(outcome, path.name)
