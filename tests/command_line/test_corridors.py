from __future__ import annotations

import json
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest

from planning.atlas import open_atlas
from planning.corridors.report import as_json, corridor_reports
from planning.freight_heat import heat
from tests.test_yitu import yitu

if TYPE_CHECKING:
    from pathlib import Path


def test_programs_are_told_the_corridors(sample_place: Path) -> None:
    done = yitu("corridors", sample_place, "--json", language="en")
    assert done.returncode == 0
    told = json.loads(done.stdout)
    atlas = open_atlas(sample_place)
    assert told["build"] == atlas.build_id
    assert told["corridors"] == json.loads(json.dumps([as_json(one) for one in corridor_reports(atlas)]))
    first = told["corridors"][0]
    assert (first["ref"], first["direction"]) == ("G70", "up")
    assert {"length_km", "longest_gap_km", "over_4h_spells_pct", "uncovered_truck_km_per_day"} <= set(first)


@pytest.mark.parametrize(("language", "heading"), [("zh", "路线编号"), ("en", "Road")])
def test_people_are_told_in_a_table(sample_place: Path, language: str, heading: str) -> None:
    done = yitu("corridors", sample_place, language=language)
    assert done.returncode == 0
    assert heading in done.stdout
    assert "G312" in done.stdout


@pytest.mark.parametrize(("name", "of"), [("heat.parquet", "cells"), ("heat.gpkg", "sections")])
def test_the_heat_is_written_as_a_file_that_others_read(sample_place: Path, tmp_path: Path, name: str, of: str) -> None:
    file = tmp_path / name
    done = yitu("heat", sample_place, "--out", file, "--of", of, language="en")
    assert done.returncode == 0, done.stderr
    read = gpd.read_parquet(file) if name.endswith("parquet") else gpd.read_file(file)
    rows = heat(open_atlas(sample_place), of, "all", "all").table  # type: ignore[arg-type]
    assert len(read) == rows.num_rows
    assert read["trucks_per_day"].sum() == pytest.approx(sum(rows.column("trucks_per_day").to_pylist()))
    assert read.crs is not None


@pytest.mark.parametrize("wrong", [("--out", "a.csv"), ("--out", "a.gpkg", "--of", "roads")])
def test_what_cannot_be_written_is_refused(sample_place: Path, tmp_path: Path, wrong: tuple[str, ...]) -> None:
    done = yitu("heat", sample_place, *(str(tmp_path / one) if "." in one else one for one in wrong), language="en")
    assert done.returncode == 1
    assert done.stderr
