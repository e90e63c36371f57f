"""Villages and towns with their people, as a GeoPackage."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pyogrio

from data.sample.dice import dice, pick
from data.sample.dirt import Dirt
from data.sample.scale import RECEIVED_ON
from data.sample.townships import spots_in

if TYPE_CHECKING:
    from pathlib import Path

    from data.sample.world import World

_SURNAMES = "张王李赵刘陈杨史吕朱何高袁景郑冯韩"
_LANDFORMS = ("家塬", "家沟", "家湾", "家坪", "家洼", "家川", "家咀", "家庄", "家坳", "家河")
_PER_TOWN = 230 / 14


@dataclass(frozen=True)
class Village:
    """A village or a town; `grid` is the code of the grid it lies in, where one is chosen."""

    id: str
    name: str
    kind: str
    people: int | None
    lon: float
    lat: float
    grid: str


def villages_of(world: World) -> list[Village]:
    """Towns first, then villages; some of a township's people live in its town, most in the county's seat."""
    rng = dice("villages")
    rows = [
        Village(town.code, town.name, "乡镇", round(town.people * _town_share(town.name)), town.lon, town.lat, "")
        for town in world.towns
    ]
    for _, members in groupby(world.grids, key=lambda grid: grid.town.code):
        grids = list(members)
        town = grids[0].town
        number = round(_PER_TOWN * float(rng.uniform(0.75, 1.25)))
        shares = rng.lognormal(0.0, 0.45, number)
        people = shares / shares.sum() * town.people * (1 - _town_share(town.name))
        for place in range(number):
            grid = grids[place % len(grids)]
            lon, lat = spots_in(grid.land, 1, rng)[0]
            name = f"{pick(rng, _SURNAMES)}{pick(rng, _LANDFORMS)}村"
            known = None if rng.random() < 0.05 else round(float(people[place]))
            rows.append(Village(f"{town.code}{201 + place}", name, "村", known, lon, lat, grid.code))
    return rows


def write_villages(villages: list[Village], folder: Path) -> list[Dirt]:
    path = folder / "村镇.gpkg"
    path.unlink(missing_ok=True)
    wrong = Village("620821999999", "样家沟村", "村", -35, 107.4412, 35.3651, "")
    rows = [*villages, wrong]
    frame = gpd.GeoDataFrame(
        {
            "编号": [row.id for row in rows],
            "名称": [row.name for row in rows],
            "类型": [row.kind for row in rows],
            "人口数": np.array([np.nan if row.people is None else row.people for row in rows]),
        },
        geometry=gpd.points_from_xy([row.lon for row in rows], [row.lat for row in rows]),
        crs="EPSG:4326",
    )
    frame["人口数"] = frame["人口数"].astype("Int32")
    # The container notes when it was written; always the same moment keeps the file the same.
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": f"{RECEIVED_ON}T01:00:00.000Z"})
    frame.to_file(path, layer="村镇", driver="GPKG", engine="pyogrio")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
    file = f"files/{path.name}"
    return [Dirt(file, len(rows), wrong.id, "人口数", "-35", "negative count", "rejected", "nobody is fewer than 0")]


def _town_share(name: str) -> float:
    return 0.62 if name == "城关镇" else 0.28
