"""The made-up place itself: its land, roads and townships, before any office writes of them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from data.sample.larger import larger_plans
from data.sample.roads import sections_of
from data.sample.townships import grids_of, towns_of
from data.sample.ways import Ways
from etl.divisions import find_division

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from data.sample.roads import Section
    from data.sample.scale import Scale
    from data.sample.townships import Grid, Town

_PLANS = Path(__file__).parent / "plan"


@dataclass(frozen=True)
class World:
    """All that exists, whoever writes of it."""

    scale: Scale
    nodes: dict[str, list[float]]
    sections: list[Section]
    ways: Ways
    towns: list[Town]
    grids: list[Grid]
    stations: list[dict[str, Any]]  # as planned, before they are set beside a road

    @property
    def far_nodes(self) -> list[str]:
        """Where long hauls begin and end."""
        if self.scale.name == "county":
            return ["西安", "咸阳", "彬州", "平凉", "固原", "中宁", "吴忠", "银川"]
        return sorted(self.nodes)

    @cached_property
    def land(self) -> BaseGeometry:
        """All towns' land as one."""
        whole: BaseGeometry = shapely.union_all([town.land for town in self.towns])
        shapely.prepare(whole)
        return whole

    @cached_property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north of all towns' land."""
        west, south, east, north = self.land.bounds
        return float(west), float(south), float(east), float(north)

    def nearest_roads(self, classes: tuple[str, ...]) -> RoadsNearby:
        return RoadsNearby([section for section in self.sections if section.road_class in classes])


class RoadsNearby:
    """Finds the road beside a position."""

    def __init__(self, sections: list[Section]) -> None:
        self.sections = sections
        self._tree = shapely.STRtree([shapely.LineString(section.line) for section in sections])

    def at(self, lon: float, lat: float) -> tuple[Section, float]:
        """The nearest section, and how far along it, as a share of its length, the position lies."""
        point = shapely.Point(lon, lat)
        place = int(np.asarray(self._tree.nearest(point)))
        line = self._tree.geometries[place]
        return self.sections[place], float(line.project(point, normalized=True))


def build_world(scale: Scale) -> World:
    if scale.name == "county":
        county = find_division(scale.division)
        plan, towns, stations = (_plan(name) for name in ("roads", "towns", "stations"))
        every_town = towns_of(towns, county.code, county.outline)
        near = county.outline.bounds
    else:
        plan, every_town, stations = larger_plans(scale)
        near = (0.0, 0.0, 0.0, 0.0)
    sections = sections_of(plan, near)
    return World(scale, plan["nodes"], sections, Ways(sections), every_town, grids_of(every_town), stations["station"])


def _plan(name: str) -> dict[str, Any]:
    return tomllib.loads((_PLANS / f"{name}.toml").read_text("utf-8"))
