"""The command line as its user meets it: a process, its words and its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.etl.small_place import SmallPlace

ROOT = Path(__file__).resolve().parent.parent
STATIONS = ["编号", "站名", "类型", "停车位", "经度", "纬度"]
GOOD = ["S1", "甲站", "红色驿站", 12, 107.35, 35.33]
BAD = ["S2", "=HYPERLINK(1)", "红色驿站", -3, 107.35, 35.33]


def yitu(*arguments: object, language: str = "zh") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "yitu.py"), *map(str, arguments)],
        capture_output=True, text=True, env={**os.environ, "YITU_LANGUAGE": language}, check=False, timeout=120,
    )  # fmt: skip


def answer(done: subprocess.CompletedProcess[str]) -> Any:
    return json.loads(done.stdout)


@pytest.fixture
def place(tmp_path: Path) -> SmallPlace:
    place = SmallPlace(tmp_path / "place").add("stations", "a.csv", [STATIONS, GOOD, BAD])
    (place.folder / "sources.toml").write_text(place._manifest, "utf-8")
    return place


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["bogus"],
        ["build"],
        ["build", "nowhere"],
        ["check", "nowhere"],
        ["serve", "nowhere"],
        ["build", ".", "--bogus"],
    ],
)
def test_wrong_usage_ends_in_2(arguments: list[str], tmp_path: Path) -> None:
    done = yitu(*(str(tmp_path / one) if one == "nowhere" else one for one in arguments))
    assert done.returncode == 2
    assert done.stderr + done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("language", "word"), [("zh", "构建"), ("en", "snapshot")])
def test_help_speaks_both_languages(language: str, word: str) -> None:
    done = yitu("--help", language=language)
    assert done.returncode == 0
    assert word in done.stdout


def test_init_writes_a_place_that_builds_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    assert yitu("init", folder, "--county", "620821").returncode == 0
    assert "泾川县" in (folder / "sources.toml").read_text("utf-8")
    done = yitu("build", folder, "--json")
    assert (done.returncode, answer(done)["refused"]) == (0, {})
    again = yitu("init", folder, "--county", "620821")
    assert again.returncode == 1
    assert "sources.toml" in again.stderr


def test_init_takes_roads_from_openstreetmap_and_says_what_to_do_next(tmp_path: Path) -> None:
    road = "".join(f'<node id="{n}" version="1" lat="35.33" lon="107.3{n}"/>' for n in (5, 6))
    road += '<way id="1" version="1"><nd ref="5"/><nd ref="6"/><tag k="highway" v="trunk"/></way>'
    (tmp_path / "gansu.osm").write_text(f'<osm version="0.6">{road}</osm>', "utf-8")
    folder = tmp_path / "new"
    done = yitu("init", folder, "--county", "620821", "--osm", tmp_path / "gansu.osm", "--name", "泾川", language="en")
    assert done.returncode == 0
    assert "roads: 1" in done.stderr
    assert "驿站台账.xlsx" in done.stderr
    assert f"yitu build {folder}" in done.stderr
    built = answer(yitu("check", folder, "--json"))
    assert {source["name"]: source["kept"] for source in built["sources"]}["Roads (OpenStreetMap)"] == 1


def test_init_refuses_a_map_file_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "gansu.osm.pbf").write_bytes(b"PK\x03\x04 no map")
    done = yitu("init", tmp_path / "new", "--county", "620821", "--osm", tmp_path / "gansu.osm.pbf")
    assert done.returncode == 1
    assert "gansu.osm.pbf" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "new").exists()


def test_init_refuses_a_county_that_is_none(tmp_path: Path) -> None:
    done = yitu("init", tmp_path / "new", "--county", "六安省")
    assert done.returncode == 1
    assert "六安省" in done.stderr
    assert not (tmp_path / "new").exists()


def test_build_then_check_say_the_same(place: SmallPlace) -> None:
    rehearsed = answer(yitu("check", place.folder, "--json"))
    assert not (place.folder / "snapshots").exists()
    built = yitu("build", place.folder, "--json")
    assert built.returncode == 0
    assert Path(answer(built)["snapshot"]).is_file()
    checked = answer(yitu("check", place.folder, "--json"))
    (source,) = checked["sources"]
    tally = {name: source[name] for name in ("name", "read", "kept", "rejected", "merged", "repaired")}
    assert tally == {"name": "stations", "read": 2, "kept": 1, "rejected": 1, "merged": 0, "repaired": 0}
    assert source["reasons"] == {"bays_within_reason": 1}
    assert rehearsed["sources"] == checked["sources"]


def test_the_refused_rows_go_to_excel_without_formulas(place: SmallPlace, tmp_path: Path) -> None:
    out = tmp_path / "拒收.xlsx"
    assert yitu("check", place.folder, "--rejects", out).returncode == 0
    book = openpyxl.load_workbook(out)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "=HYPERLINK(1)" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} <= {"s", "n"}


def test_a_source_refused_as_a_whole_ends_in_1(place: SmallPlace) -> None:
    (place.folder / "files" / "a.csv").write_text("甲,乙\n1,2\n", "utf-8")
    for command in ("check", "build"):
        done = yitu(command, place.folder, "--json")
        assert done.returncode == 1, command
    assert "files/a.csv" in answer(yitu("build", place.folder, "--json"))["refused"]["stations"]


def test_an_unchanged_place_is_not_built_again(place: SmallPlace) -> None:
    first = answer(yitu("build", place.folder, "--json"))
    assert answer(yitu("build", place.folder, "--if-changed", "--json"))["snapshot"] == first["snapshot"]
    (place.folder / "files" / "a.csv").write_text(",".join(STATIONS) + "\n", "utf-8")
    assert answer(yitu("build", place.folder, "--if-changed", "--json"))["snapshot"] != first["snapshot"]


def test_a_port_that_is_taken_is_said(place: SmallPlace) -> None:
    import socket  # noqa: PLC0415

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = yitu("serve", place.folder, "--no-browser", "--port", taken.getsockname()[1])
    assert done.returncode == 1
    assert str(taken.__class__) not in done.stderr
    assert "端口" in done.stderr


def test_doctor_finds_this_machine_fit() -> None:
    done = yitu("doctor", "--json")
    checks = {check["name"]: check["is_fine"] for check in answer(done)["checks"]}
    assert checks["database"]
    assert checks["divisions"]
    assert checks["python"]


def test_coverage_as_json_says_what_a_planner_asks(sample_place: Path) -> None:
    done = yitu("coverage", sample_place, "--json", "--needs", "shower,parking", "--minutes", "25")
    assert done.returncode == 0
    told = answer(done)
    assert (told["within_min"], told["needs"]) == (25, ["parking", "shower"])
    assert 0 < told["covered_drivers_pct"] < 100
    assert {"name", "drivers", "area_km2", "minutes", "grid", "post"} <= set(told["gaps"][0])
    counted = [gap["drivers"] for gap in told["gaps"]]
    assert counted == sorted(counted, reverse=True)


def test_gaps_are_written_as_the_name_of_the_file_says(sample_place: Path, tmp_path: Path) -> None:
    for suffix in ("gpkg", "xlsx", "kml", "geojson"):
        assert yitu("coverage", sample_place, "--out", tmp_path / f"gaps.{suffix}").returncode == 0
        assert (tmp_path / f"gaps.{suffix}").stat().st_size > 1000


def test_coverage_refuses_in_a_sentence(sample_place: Path, tmp_path: Path) -> None:
    for arguments, word in (
        (["--needs", "gold"], "gold"),
        (["--out", tmp_path / "gaps.doc"], ".gpkg"),
        (["--out", tmp_path / "no" / "gaps.gpkg"], "gaps.gpkg"),
        (["--minutes", "0"], "240"),
    ):
        done = yitu("coverage", sample_place, *arguments)
        assert done.returncode == 1
        assert word in done.stderr
        assert "Traceback" not in done.stderr
