"""Townships and responsibility grids: a made-up partition of the place's outline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import Point

from data.sample.dice import dice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry


@dataclass(frozen=True)
class Town:
    """A township: its seat, its people and its area."""

    code: str
    name: str
    area: str
    lon: float
    lat: float
    people: int
    land: BaseGeometry


@dataclass(frozen=True)
class Grid:
    """A responsibility grid, the lowest of the four levels."""

    code: str
    name: str
    town: Town
    land: BaseGeometry


def towns_of(plan: dict[str, Any], code: str, outline: BaseGeometry) -> list[Town]:
    """The townships of one county; towns share its land by which seat is nearest."""
    towns = plan["town"]
    lands = shares([tuple(town["at"]) for town in towns], outline)
    return [
        Town(
            f"{code}{100 + place}",
            town["name"],
            town["area"],
            town["at"][0],
            town["at"][1],
            town["people"],
            land,
        )
        for place, (town, land) in enumerate(zip(towns, lands, strict=True))
    ]


def grids_of(towns: Sequence[Town]) -> list[Grid]:
    return [grid for town in towns for grid in _grids_in(town)]


def shares(seats: Sequence[tuple[float, float]], land: BaseGeometry) -> list[BaseGeometry]:
    """The land divided so that each seat gets what lies nearest to it."""
    if len(seats) == 1:
        return [land]
    points = shapely.MultiPoint(seats)
    fields = list(shapely.voronoi_polygons(points, extend_to=land.envelope.buffer(1.0)).geoms)
    tree = shapely.STRtree(fields)
    shared = [fields[int(tree.query(Point(seat), predicate="intersects")[0])] for seat in seats]
    return [_area_of(shapely.set_precision(land.intersection(field), 1e-6)) for field in shared]


def spots_in(land: BaseGeometry, number: int, rng: np.random.Generator) -> list[tuple[float, float]]:
    """Positions thrown into an area, each inside it."""
    west, south, east, north = land.bounds
    shapely.prepare(land)
    spots: list[tuple[float, float]] = []
    while len(spots) < number:
        lon = rng.uniform(west, east, 64).round(6)
        lat = rng.uniform(south, north, 64).round(6)
        inside = shapely.contains_xy(land, lon, lat)
        spots += list(zip(lon[inside].tolist(), lat[inside].tolist(), strict=True))
    return spots[:number]


def _area_of(shared: BaseGeometry) -> BaseGeometry:
    """Without the bare lines and points that a cut along a border can leave."""
    if shared.geom_type != "GeometryCollection":
        return shared
    areas: BaseGeometry = shapely.union_all([part for part in shapely.get_parts(shared) if part.area > 0])
    return areas


def _grids_in(town: Town) -> list[Grid]:
    rng = dice(f"grids {town.code}")
    number = int(rng.integers(3, 7)) + (town.people > 40_000)
    lands = shares(_spread(spots_in(town.land, 40, rng), number), town.land)
    return [
        Grid(f"{town.code}{place:02d}", f"{town.name}第{'一二三四五六七八'[place - 1]}网格", town, land)
        for place, land in enumerate(lands, start=1)
    ]


def _spread(spots: list[tuple[float, float]], number: int) -> list[tuple[float, float]]:
    """Of many spots a few that lie well apart: each next one is the farthest from those before."""
    everywhere = np.array(spots)
    chosen = [0]
    while len(chosen) < number:
        apart = np.hypot(*(everywhere[:, None, :] - everywhere[chosen]).transpose(2, 0, 1)).min(axis=1)
        chosen.append(int(apart.argmax()))
    return [spots[place] for place in chosen]
