"""Files met in the wild, each through a whole build."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.etl.bad_input.tiny_place import Expected, Outcome, TinyPlace
from wording import use_language

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FOLDERS = ("dirty", "boundaries")
SIDE_PARTS = {".dbf", ".shx", ".prj", ".cpg", ".qpj", ".xml"}

Box = tuple[float, float, float, float]
PINGLIANG = {
    "华亭县": "620881", "崆峒区": "620802", "崇信县": "620823", "庄浪县": "620825", "泾川县": "620821", "灵台县": "620822",
    "静宁县": "620826",
}  # fmt: skip
HONG_KONG: Box = (114.0, 22.1, 114.3, 22.5)
WEST_OF_180: Box = (172.0, -42.0, 178.0, -34.0)
EAST_OF_180: Box = (-177.0, -45.0, -176.0, -43.0)
NETHERLANDS: Box = (4.0, 51.0, 7.0, 53.0)
TAIWAN: Box = (118.0, 20.5, 123.0, 27.0)
CONTINENTS: Box = (-75.0, -50.0, 75.0, 35.0)
EAST_ASIA: Box = (100.0, 0.0, 145.0, 45.0)

NAMES = "select name from {noun} order by row_number"
ZONES = "select name, round(st_xmin(geom), 3), round(st_ymax(geom), 3) from grids order by row_number"
THREE_ZONES = [("Kowloon", 114.159, 22.322), ("Kennedy Town", 114.106, 22.241), ("North Lamma", 114.124, 22.288)]
CITIES = [("Hong Kong",), ("Shanghai",), ("Tokyo",), ("Singapore",)]
TWO_CONTINENTS = Expected(NAMES, [("Africa",), ("South America",)], rejected={3: "position_outside"})
COUNT = "select count(*) from {noun}"


@dataclass(frozen=True)
class RealFile:
    """A file of the folder, what it is read as, and what must come of it."""

    path: str
    noun: str
    expected: Expected
    box: Box | None = None
    county: str | None = None
    settings: dict[str, Any] = field(default_factory=dict)

    def build(self, folder: Path) -> Outcome:
        place = TinyPlace.begin(folder, self.box or HONG_KONG)
        place.cell_size_m = 20_000.0
        if self.county:
            place.outline = f'county = "{self.county}"'
        source = DATA / self.path
        for part in [source, *source.parent.glob(f"{source.stem}.*")]:
            if part == source or part.suffix in SIDE_PARTS:
                shutil.copyfile(part, place.folder / part.name)
        place.add(self.noun, source.name, **self.settings)
        return place.build(self.expected.query.format(noun=self.noun))


def conveyal(name: str, noun: str, expected: Expected, box: Box = HONG_KONG, **settings: Any) -> RealFile:
    return RealFile(f"dirty/conveyal/{name}", noun, expected, box, settings=settings)


REAL_FILES = [
    *(
        RealFile(
            f"boundaries/pingliang_gcj02_geojson/{name}.geojson", "grids",
            Expected(NAMES, [(name,)], repaired={"shape_made_valid": 1, "datum_converted": 1}), county=code, settings={"datum": "auto"},
        )
        for name, code in PINGLIANG.items()
    ),
    RealFile("boundaries/taiwan_towns.topojson", "grids", Expected(COUNT, [(368,)]), TAIWAN, settings={"sheet": "towns"}),
    RealFile("boundaries/township_names.csv", "places", Expected(refused=("no column is recognised as lon, lat", "code、name")), county="620821"),
    RealFile("dirty/chongqing_gbk_shp/区县界_area.shp", "grids", Expected(
        "select count(*), bool_or(name = '奉节县'), bool_or(name = '渝中区'), bool_and(regexp_full_match(name, '[一-龥]+')) from grids",
        [(38, True, True, True)], repaired={},
    ), county="500000"),
    RealFile(
        "dirty/no_prj_shp/metroline2.shp", "routes",
        Expected(NAMES, [("地铁2号线(徐泾东-浦东国际机场)",), ("地铁2号线(浦东国际机场-徐泾东)",)], noted=(".prj",)),
        county="310000", settings={"columns": {"name": "linename"}},
    ),
    conveyal("cities.csv", "places", Expected(NAMES, CITIES), EAST_ASIA),
    conveyal("continents.geojson", "grids", TWO_CONTINENTS, CONTINENTS),
    conveyal("continents.gpkg", "grids", TWO_CONTINENTS, CONTINENTS),
    conveyal("continents.shp", "grids", TWO_CONTINENTS, CONTINENTS),
    conveyal("duplicate-fields.shp", "grids", Expected(NAMES, [("AP LEI CHAU",)], noted=("may be cut short", "DDDDDDDDDD_2")), columns={"name": "DDDDDDDDDD_2"}),
    conveyal("empty.geojson", "grids", Expected(refused=("is empty",))),
    conveyal("too-small.geojson", "grids", Expected(refused=("JSON",))),
    conveyal("hkzones-extra-attribute.geojson", "grids", Expected(ZONES, THREE_ZONES)),
    conveyal("hkzones-mixed-geometries.geojson", "grids", Expected(
        ZONES, THREE_ZONES[:2], rejected={3: "shape_not_area"}, repaired={"line_made_area": 1},
    )),
    conveyal(
        "hkzones-mixed-numeric.geojson", "grids",
        Expected(ZONES, [], rejected={1: "people_within_reason", 2: "unreadable", 3: "unreadable"}), columns={"people": "Count"}),
    conveyal("hkzones-no-collection.geojson", "grids", Expected(ZONES, THREE_ZONES[:1])),
    conveyal(
        "hkzones-type-mismatch.geojson", "grids", Expected(ZONES, THREE_ZONES[:1], rejected={2: "unreadable", 3: "unreadable"}), columns={"people": "TypeMismatch"}),
    *(
        conveyal(f"new-zealand-antimeridian.{ending}", "grids", Expected(NAMES, [(kept,)], rejected={rejected: "position_outside"}), box)
        for ending, kept, rejected, box in (
            ("geojson", "North Island", 2, WEST_OF_180), ("gpkg", "North Island", 2, WEST_OF_180), ("shp", "Chatham Islands", 1, EAST_OF_180),
        )
    ),
    conveyal("nl-null-points.shp", "places", Expected(COUNT, [(17,)], rejected=dict.fromkeys((8, 9, 10), "position_missing")), NETHERLANDS, columns={"name": "INWABP"}),
    *(conveyal(f"valid-polygon-projected.{ending}", "grids", Expected(ZONES, THREE_ZONES)) for ending in ("geojson", "gpkg", "shp")),
    *(conveyal(f"valid-polygon-wgs84.{ending}", "grids", Expected(ZONES, THREE_ZONES)) for ending in ("geojson", "gpkg", "shp")),
]  # fmt: skip

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the public data are not here: {DATA}"),
]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    use_language("en")
    yield
    use_language("zh")


@pytest.mark.parametrize("real", REAL_FILES, ids=lambda real: Path(real.path).name)
def test_a_file_met_in_the_wild(real: RealFile, tmp_path: Path) -> None:
    real.expected.hold(real.build(tmp_path), Path(real.path).name)


def test_the_datum_of_a_shifted_outline_is_found(tmp_path: Path) -> None:
    real = next(one for one in REAL_FILES if "泾川县" in one.path)
    outcome = real.build(tmp_path)
    assert outcome.datum == "gcj02"
    assert "GCJ-02: the areas cover the outline of the place to 97.5 %, against 95.0 %" in outcome.found_by


def test_a_datum_that_the_evidence_leaves_open_is_asked_for(tmp_path: Path) -> None:
    real = RealFile(
        "dirty/chongqing_gbk_shp/区县界_area.shp", "grids", Expected(refused=("can't be told", "datum =")),
        county="500000", settings={"datum": "auto"},
    )  # fmt: skip
    real.expected.hold(real.build(tmp_path), "区县界_area.shp")


def test_no_file_of_the_folders_is_left_out() -> None:
    there = {
        path.relative_to(DATA).as_posix()
        for folder in FOLDERS
        for path in (DATA / folder).rglob("*")
        if path.is_file() and path.suffix not in SIDE_PARTS
    }
    assert there == {real.path for real in REAL_FILES}
