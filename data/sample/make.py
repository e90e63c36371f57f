"""The order in which the example's files are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.sample.dirt import write_dirt
from data.sample.drivers import drivers_of, write_drivers
from data.sample.enterprises import enterprises_of, write_enterprises
from data.sample.grids import write_grids
from data.sample.incidents import write_incidents
from data.sample.manifest import write_manifest
from data.sample.pings import write_pings
from data.sample.repair_shops import write_repair_shops
from data.sample.requests import write_requests
from data.sample.resources import resources_of, write_resources
from data.sample.rivers import write_rivers
from data.sample.routes import write_routes
from data.sample.stations import stations_of, write_stations
from data.sample.villages import villages_of, write_villages
from data.sample.world import build_world

if TYPE_CHECKING:
    from pathlib import Path

    from data.sample.scale import Scale


def make_sample(scale: Scale, out: Path, pings: int | None = None) -> None:
    """Writes sources.toml, dirt.csv and the folder `files`; the same scale gives the same content."""
    files = out / "files"
    files.mkdir(parents=True, exist_ok=True)
    world = build_world(scale)
    stations, resources = stations_of(world), resources_of(world)
    enterprises, villages = enterprises_of(world), villages_of(world)
    drivers = drivers_of(world, enterprises)
    dirt = [
        *write_stations(stations, files),
        *write_resources(resources, files),
        *write_grids(world, drivers, villages, files),
        *write_repair_shops(world, resources, files),
        *write_pings(world, stations, resources, pings or scale.pings, files / "轨迹"),
        *write_drivers(drivers, files),
        *write_requests(world, files),
        *write_incidents(world, files),
        *write_villages(villages, files),
    ]
    write_routes(world.sections, files)
    write_rivers(world, files)
    write_enterprises(enterprises, files)
    write_dirt(out / "dirt.csv", dirt)
    write_manifest(scale, out / "sources.toml")
