"""The responsibility grids as a shapefile: four levels, names in GBK and no word of that anywhere."""

from __future__ import annotations

import tempfile
import warnings
import zipfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import shapely
from shapely.geometry import LineString, Point, Polygon, box

from data.sample.dice import chance, dice
from data.sample.dirt import Dirt
from data.sample.scale import RECEIVED_ON

if TYPE_CHECKING:
    import numpy as np
    from shapely.geometry.base import BaseGeometry

    from data.sample.drivers import Driver
    from data.sample.villages import Village
    from data.sample.world import World

COLUMNS = (
    "编码", "上级编码", "名称", "层级", "责任岗位", "责任单位", "司机数", "党员司机", "人口"
)  # fmt: skip
_AREA_CODES = {"北塬": "BY", "南塬": "NY", "川区": "CQ", "片区": "PQ"}
_NO_POST, _WITH_HOLE, _OVER_ITS_EDGE, _BOW_TIE = 7, 11, 23, 31  # which grids have what wrong with them


@dataclass(frozen=True)
class GridRow:
    """One line of the shapefile's table, and its land."""

    code: str
    parent: str
    name: str
    level: str
    post: str
    unit: str
    drivers: str
    party_drivers: str
    people: str
    land: BaseGeometry


def write_grids(world: World, drivers: list[Driver], villages: list[Village], folder: Path) -> list[Dirt]:
    rows = grid_rows(world, drivers, villages)
    file = "files/责任网格.zip"
    _write_zip(folder / "责任网格.zip", rows)
    place = {row.code: number for number, row in enumerate(rows, start=1)}
    bow = world.grids[_BOW_TIE % len(world.grids)].code
    postless = world.grids[_NO_POST].code
    return [
        Dirt(
            file,
            place[postless],
            postless,
            "责任岗位",
            "",
            "no post named",
            "kept",
            "nobody answers for it yet",
        ),
        Dirt(file, place[bow], bow, "shape", "", "bow-tie polygon", "repaired", "its ring crosses itself"),
        Dirt(file, place["JCG901"], "JCG901", "shape", "", "collapsed ring", "rejected", "it has no area"),
        Dirt(file, place["JCG902"], "JCG902", "上级编码", "620821999", "orphan", "kept", "found: no such parent"),
    ]


def grid_rows(world: World, drivers: list[Driver], villages: list[Village]) -> list[GridRow]:
    counts = Counter(driver.grid for driver in drivers)
    party = Counter(driver.grid for driver in drivers if driver.is_party_member)
    people: Counter[str] = Counter()
    for village in villages:
        people[village.grid] += village.people or 0
    rng = dice("grid rows")
    lands = _worn(world)
    lowest = [
        GridRow(
            grid.code, grid.town.code, grid.name, "网格",
            "" if place == _NO_POST else f"{grid.name}网格长",
            f"{grid.town.name}人民政府（示例）",
            _known(counts[grid.code], rng), _known(party[grid.code], rng), _known(people[grid.code], rng),
            land,
        )
        for place, (grid, land) in enumerate(zip(world.grids, lands, strict=True))
    ]  # fmt: skip
    return [*_upper(world), *lowest, *_wrong_ones(world)]


def _upper(world: World) -> list[GridRow]:
    """County, area and township: their land is that of what they hold, their counts are left to it."""
    rows: list[GridRow] = []
    counties: dict[str, list[BaseGeometry]] = {}
    areas: dict[tuple[str, str], list[BaseGeometry]] = {}
    for town in world.towns:
        county = town.code[:6]
        counties.setdefault(county, []).append(town.land)
        areas.setdefault((county, town.area), []).append(town.land)
    blank = GridRow("", "", "", "", "", "县交通运输局（示例）", "", "", "", Point())
    for county, lands in counties.items():
        name = "泾川县" if county == "620821" else f"示例县{county}"
        post = "县网格化服务管理工作领导小组组长"
        rows.append(replace(blank, code=county, name=name, level="县", post=post, land=shapely.union_all(lands)))
    for (county, area), lands in areas.items():
        code, post = f"{county}{_AREA_CODES[area]}", f"{area}片区党委书记"
        row = replace(blank, code=code, parent=county, name=area, level="片区", post=post)
        rows.append(replace(row, land=shapely.union_all(lands)))
    for town in world.towns:
        parent, post = f"{town.code[:6]}{_AREA_CODES[town.area]}", f"{town.name}党委书记"
        row = replace(blank, code=town.code, parent=parent, name=town.name, level="乡镇", post=post)
        rows.append(replace(row, unit=f"{town.name}人民政府（示例）", land=town.land))
    return rows


def _worn(world: World) -> list[BaseGeometry]:
    """The grids' land with the faults of such files: a hole, an overlap, a ring that crosses itself."""
    lands = [grid.land for grid in world.grids]
    if len(lands) <= max(_WITH_HOLE, _OVER_ITS_EDGE, _BOW_TIE):
        return lands
    spot = lands[_WITH_HOLE].representative_point()
    lands[_WITH_HOLE] = lands[_WITH_HOLE].difference(box(*spot.buffer(0.004).bounds))
    spot = Point(_main_part(lands[_OVER_ITS_EDGE]).exterior.coords[0])
    lands[_OVER_ITS_EDGE] = lands[_OVER_ITS_EDGE].union(spot.buffer(0.004, quad_segs=3))
    ring = list(_main_part(lands[_BOW_TIE]).exterior.coords)
    ring[1], ring[2] = ring[2], ring[1]
    lands[_BOW_TIE] = Polygon(ring)
    return lands


def _main_part(land: BaseGeometry) -> Polygon:
    part: Polygon = max(shapely.get_parts(land), key=lambda one: one.area)
    return part


def _wrong_ones(world: World) -> list[GridRow]:
    town = world.towns[0]
    spot = Point(town.lon, town.lat)
    flat = Polygon([*LineString([spot, Point(town.lon + 0.01, town.lat + 0.01)]).coords, (town.lon, town.lat)])
    row = GridRow("JCG901", town.code, "临时网格", "网格", "临时网格长", "示例单位", "3", "0", "", flat)
    orphan = replace(row, code="JCG902", parent="620821999", name="园区网格", land=spot.buffer(0.002))
    return [row, orphan]


def _known(count: int, rng: np.random.Generator) -> str:
    return "*" if chance(rng, 0.12) else str(count)


def _write_zip(path: Path, rows: list[GridRow]) -> None:
    values = {column: [list(vars(row).values())[place] or None for row in rows] for place, column in enumerate(COLUMNS)}
    frame = gpd.GeoDataFrame(values, geometry=[row.land for row in rows], crs="EPSG:4490")
    with tempfile.TemporaryDirectory() as scratch, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the crossing ring is meant, and so are the empty cells
        shape = Path(scratch) / "责任网格.shp"
        frame.to_file(shape, engine="pyogrio", encoding="GBK", DBF_DATE_LAST_UPDATE=RECEIVED_ON, layer="责任网格")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for part in sorted(Path(scratch).iterdir()):
                if part.suffix != ".cpg":
                    dated = zipfile.ZipInfo(part.name, date_time=(2026, 3, 20, 9, 0, 0))
                    packed.writestr(dated, part.read_bytes(), zipfile.ZIP_DEFLATED)
