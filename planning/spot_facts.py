"""What is known of a spot on the map: its cell, the grids that answer for it, the nearest open station."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from etl.derived.cell_squares import ROWS, cell_ids
from planning.cell_raster import projection_of

if TYPE_CHECKING:
    from planning.atlas import Atlas


@dataclass(frozen=True)
class CellFacts:
    """One cell; a number whose part is unknown is a lower bound, and the shape is its square as WKB."""

    cell_id: int
    area_km2: float
    drivers: float | None
    is_drivers_partly_unknown: bool
    people: float | None
    is_people_partly_unknown: bool
    geom: bytes


@dataclass(frozen=True)
class GridPost:
    """A grid that holds the spot, and who answers for it."""

    grid_id: str
    name: str
    level: int | None
    post: str | None
    unit: str | None


@dataclass(frozen=True)
class NearestStation:
    """The nearest open station as the crow flies."""

    thing_id: str
    name: str
    tier: str | None
    straight_km: float


@dataclass(frozen=True)
class SpotFacts:
    """What is known of one spot; there is no cell outside the place."""

    lon: float
    lat: float
    cell: CellFacts | None
    grids: tuple[GridPost, ...]
    nearest: NearestStation | None


def spot_facts(atlas: Atlas, lon: float, lat: float) -> SpotFacts:
    """Everything known of a spot, looked up by its coordinates."""
    chain = atlas.query("grid_chain", lon=lon, lat=lat).to_pylist()
    nearest = atlas.query("nearest_station", lon=lon, lat=lat).to_pylist()
    return SpotFacts(
        lon=lon,
        lat=lat,
        cell=cell_at(atlas, lon, lat),
        grids=tuple(GridPost(**row) for row in chain),
        nearest=NearestStation(**nearest[0]) if nearest else None,
    )


def cell_at(atlas: Atlas, lon: float, lat: float) -> CellFacts | None:
    """The cell that holds a spot, found by arithmetic and read by its number."""
    told = atlas.query("cell_lattice_build").to_pylist()[0]
    x_m, y_m = projection_of(told["projection"]).forward([lon], [lat])
    if not np.isfinite([x_m[0], y_m[0]]).all():
        return None
    size_m = told["cell_size_m"]
    i, j = np.array([np.floor(x_m[0] / size_m)], dtype=np.int64), np.array([np.floor(y_m[0] / size_m)], dtype=np.int64)
    # Beyond the lattice the numbers would be those of other rows.
    if max(abs(i[0]), abs(j[0])) >= ROWS // 2:
        return None
    found = atlas.query("cell_facts", cell_id=int(cell_ids(i, j)[0])).to_pylist()
    return CellFacts(**found[0]) if found else None
