"""How far trucks drive in a day, where somebody has counted them: by piece of road and cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from planning.cell_table import NOWHERE, cell_table
from planning.snapshot_cache import SnapshotCache

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.cell_table import Numbers, Places


@dataclass(frozen=True)
class TruckKm:
    """Pieces of counted road in the place, each no longer than half a cell; and how many km nobody has counted.

    On a road that is driven both ways half of the trucks drive each.
    """

    edge: Places
    cell: Places
    truck_km_per_day: Numbers
    uncounted_km: float


_of_place: SnapshotCache[TruckKm] = SnapshotCache(limit=2)


def truck_km(atlas: Atlas) -> TruckKm:
    """The counted traffic of a snapshot, laid onto its cells once."""
    return _of_place.get(atlas.path, "truck_km", lambda: _laid(atlas))


def _laid(atlas: Atlas) -> TruckKm:
    cells = cell_table(atlas)
    rows = atlas.query("edges_with_traffic")
    length_km = rows.column("length_km").to_numpy()
    counts = np.maximum(np.ceil(length_km / (cells.lattice.cell_size_m / 2000)), 1).astype(np.int64)
    edge = np.repeat(np.arange(len(rows)), counts)
    step = np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = (step + 0.5) / counts[edge]
    begins, ends = (rows.column(name).to_numpy()[edge] for name in ("from_fraction", "to_fraction"))
    spots: Any = shapely.line_interpolate_point(_courses(rows)[edge], begins + share * (ends - begins), normalized=True)
    cell = cells.at(shapely.get_x(spots), shapely.get_y(spots))
    km = length_km[edge] / counts[edge]
    trucks = rows.column("trucks_per_day").to_numpy()[edge]
    counted = (cell != NOWHERE) & ~np.isnan(trucks)
    return TruckKm(
        edge=rows.column("edge_id").to_numpy().astype(np.int64)[edge[counted]],
        cell=cell[counted],
        truck_km_per_day=(km * trucks)[counted],
        uncounted_km=float(km[(cell != NOWHERE) & np.isnan(trucks)].sum()),
    )


def _courses(rows: Any) -> Any:  # noqa: ANN401
    """The course of each edge's route: many edges share one."""
    routes = rows.column("geom").combine_chunks().dictionary_encode()
    shapes = shapely.from_wkb(np.array(routes.dictionary.to_pylist(), dtype=object))
    return np.asarray(shapes, dtype=object)[routes.indices.to_numpy()]
