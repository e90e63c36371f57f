"""Which drivers lie within reach of which open stations, drivers with the same stations taken together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csc_array, csr_array

from planning.access import access_of, access_of_cells
from planning.cell_table import cell_table
from planning.need import fit, stations
from planning.network import network_of
from planning.reach_sets import reach_sets
from planning.standards import standard
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from planning.access import Numbers
    from planning.atlas import Atlas
    from planning.need import Need, Station


@dataclass(frozen=True)
class Catchments:
    """Open stations beside classes of drivers: an entry wherever a class has the station within the standard."""

    stations: tuple[Station, ...]
    reached: csr_array  # stations × classes
    drivers: Numbers  # of each class
    is_driver_lower_bound: bool  # of some cells within reach the drivers are unknown, at least in part


def catchments(atlas: Atlas, need: Need, within: float | None = None) -> Catchments:
    """Of the stations that are known to fit a need; drivers beyond the reach of all of them are left out."""
    standards = standards_of(atlas.place_folder)
    within = standard("coverage_min", standards).value if within is None else within
    known, cells = access_of(atlas, "stations"), cell_table(atlas)
    place = {station_id: number for number, station_id in enumerate(known.thing_ids)}
    fitting = tuple(one for one in stations(atlas) if one.station_id in place and fit(one, need) == "yes")
    chosen = np.array([place[one.station_id] for one in fitting], dtype=np.int64)
    inhabited = np.flatnonzero(~(cells.drivers == 0) | cells.is_drivers_partly_unknown)
    network = network_of(atlas, need.travel, standards)
    sets = reach_sets(network, known.access.of(chosen), access_of_cells(atlas).of(inhabited), within)
    reached = np.flatnonzero(np.bincount(sets.indices, minlength=len(inhabited)))
    amounts = cells.drivers[inhabited[reached]]
    is_unknown = np.isnan(amounts) | cells.is_drivers_partly_unknown[inhabited[reached]]
    merged, drivers = merged_classes(csc_array(sets)[:, reached], np.nan_to_num(amounts))
    return Catchments(fitting, merged, drivers, bool(is_unknown.any()))


def merged_classes(sets: csc_array, amounts: Numbers) -> tuple[csr_array, Numbers]:
    """Columns with the same rows as one, their amounts added up; those of no amount, or in no row, are left out."""
    kept = np.flatnonzero((amounts > 0) & (np.diff(sets.indptr) > 0))
    columns = csc_array(sets[:, kept])
    # Two random numbers of 64 bits a row, added up: no two different columns come to the same pair but by a miracle.
    lots = np.random.default_rng(0).integers(0, 2**64, (2, columns.shape[0]), dtype=np.uint64)
    sums = [np.add.reduceat(lot[columns.indices], columns.indptr[:-1]) for lot in lots] if len(kept) else [kept, kept]
    order = np.lexsort(sums)
    is_new = (
        np.concatenate([np.diff(one[order], prepend=~one[order[:1]]) != 0 for one in sums]).reshape(2, -1).any(axis=0)
    )
    kind = np.empty(len(kept), dtype=np.int64)
    kind[order] = np.cumsum(is_new) - 1
    classes = csc_array(columns[:, order[is_new]])
    classes.data = np.ones_like(classes.data)
    summed = np.zeros(classes.shape[1])
    np.add.at(summed, kind, amounts[kept])
    return csr_array(classes), summed
