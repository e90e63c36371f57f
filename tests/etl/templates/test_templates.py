"""The workbooks that a new place begins with are read by the product's own reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from etl.build import build_place
from etl.snapshot_check import open_snapshot
from etl.templates.ledgers import LEDGERS, Ledger
from etl.templates.template_columns import template_column
from etl.templates.workbook import EXAMPLE_SHEET, GUIDE_SHEET, WORDS_SHEET, write_template
from etl.vocabulary import vocabulary
from tests.etl.small_place import SmallPlace, reasons, tally

EVERY = pytest.mark.parametrize("ledger", LEDGERS, ids=[ledger.noun.name for ledger in LEDGERS])


@pytest.fixture
def place(tmp_path: Path) -> SmallPlace:
    return SmallPlace(tmp_path / "place")


def built(place: SmallPlace, ledger: Ledger, **settings: Any) -> duckdb.DuckDBPyConnection:
    result, snapshot = place.add(ledger.noun.name, ledger.file, sheet=ledger.title, **settings).build()
    assert result.refusals == {}
    return snapshot


def fill_in(path: Path, ledger: Ledger, row: list[Any]) -> None:
    book = openpyxl.load_workbook(path)
    for place, value in enumerate(row, start=1):
        book[ledger.title].cell(2, place).value = value
    book.save(path)


@EVERY
def test_an_untouched_template_brings_no_rows_and_is_understood(place: SmallPlace, ledger: Ledger) -> None:
    write_template(place.folder / "files", ledger)
    snapshot = built(place, ledger, datum="auto")
    assert tally(snapshot) == [(0, 0, 0, 0, 0)]
    used, unused = snapshot.execute("select headings, unused_headings from origins").fetchone() or ("", [])
    assert unused == []
    assert {column for column in ledger.columns if f'"{column}"' in used} == set(ledger.columns)


@EVERY
def test_the_example_is_kept_as_it_stands(place: SmallPlace, ledger: Ledger) -> None:
    path = write_template(place.folder / "files", ledger)
    example = [cell.value for cell in openpyxl.load_workbook(path)[EXAMPLE_SHEET][3]]
    fill_in(path, ledger, example)
    snapshot = built(place, ledger)
    assert reasons(snapshot) == []
    assert tally(snapshot)[0][:2] == (1, 1)
    values = snapshot.execute(f"select {', '.join(ledger.example)} from {ledger.noun.name}").fetchone()
    assert values is not None
    assert None not in values


@EVERY
def test_the_words_to_choose_from_are_those_of_the_contract(place: SmallPlace, ledger: Ledger) -> None:
    book = openpyxl.load_workbook(write_template(place.folder / "files", ledger))
    assert book.sheetnames == [ledger.title, EXAMPLE_SHEET, GUIDE_SHEET, WORDS_SHEET]
    sheet = book[ledger.title]
    assert sheet.freeze_panes == "A2"
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        if rule.type == "list":
            reference = rule.formula1.removeprefix(f"{WORDS_SHEET}!").replace("$", "")
            heading = sheet.cell(1, openpyxl.utils.cell.range_boundaries(str(rule.sqref))[0]).value
            offered[heading] = [cell.value for (cell,) in book[WORDS_SHEET][reference]]
    columns = [template_column(ledger.noun, column) for column in ledger.columns]
    wanted = {column.heading: list(column.words) for column in columns if column.content in {"word", "flag"}}
    assert offered == wanted
    known = {words[0] for codes in vocabulary().values() for words in codes.values()} | {"是", "否"}
    assert {word for words in wanted.values() for word in words} <= known


def test_headings_carry_their_unit_and_the_needed_ones_say_so() -> None:
    stations = next(ledger.noun for ledger in LEDGERS if ledger.noun.name == "stations")
    assert template_column(stations, "bays").heading == "停车位（个）"
    assert template_column(stations, "cost_yuan").heading == "投资（元）"
    assert "needed" in template_column(stations, "name").hint
    assert "needed" not in template_column(stations, "township").hint
    assert "needed" not in template_column(stations, "station_id").hint
    assert "needed" in template_column(stations, "lon").hint


def test_several_facilities_go_into_one_cell(place: SmallPlace) -> None:
    ledger = LEDGERS[0]
    path = write_template(place.folder / "files", ledger)
    fill_in(path, ledger, [ledger.example.get(column) for column in ledger.columns])
    snapshot = built(place, ledger)
    assert snapshot.execute("select facilities from stations").fetchone() == (
        ["hot_water", "parking", "rest", "shower", "toilet"],
    )


def test_all_templates_of_one_place_build_together(tmp_path: Path) -> None:
    place = SmallPlace(tmp_path / "place")
    for ledger in LEDGERS:
        write_template(place.folder / "files", ledger)
        place.add(ledger.noun.name, ledger.file, sheet=ledger.title)
    (place.folder / "sources.toml").write_text(place._manifest, "utf-8")
    result = build_place(place.folder)
    assert result.refusals == {}
    snapshot = open_snapshot(result.snapshot)
    assert [row[0] for row in tally(snapshot)] == [0] * len(LEDGERS)
