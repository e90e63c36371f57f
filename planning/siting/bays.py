"""The room of a siting question: how many drivers the bays of today's stations and of each candidate have room for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import csr_array

from planning.access import access_of, access_of_cells
from planning.need import fit, stations
from planning.network import network_of
from planning.reach_sets import reach_sets
from planning.siting.solver.cover_problem import near_enough
from planning.siting.solver.serving_problem import ServingProblem
from planning.standards import standard
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from planning.cell_table import Numbers
    from planning.siting.candidates import Candidate
    from planning.siting.setting import Setting
    from planning.siting.solver.limits import Limits
    from planning.standards import Standards


def bays_planned(row: Candidate, standards: Standards) -> float:
    """How many bays the plan brings there: those of the ledger, else the usual number; more bays are always new."""
    if row.action == "extend" or row.bays is None:
        return standard("siting_new_bays", standards).value
    return float(row.bays)


def serving_problem(
    laid: Setting, limits: Limits, within_min: float | None = None, amount: Numbers | None = None
) -> ServingProblem:
    """Everybody who is known, the stations that fit today with the bays that are counted, and the candidates."""
    question, standards = laid.question, standards_of(laid.atlas.place_folder)
    within = question.within_min if within_min is None else within_min
    cells = len(laid.before.cells)
    per_bay = standard("siting_drivers_per_bay", standards).value
    required, forbidden = laid.hands()
    today, bays = laid.open_stations
    return ServingProblem(
        reach=near_enough(csr_array(laid.minutes[:, :cells]), within),
        room=per_bay * np.array([bays_planned(row, standards) for row in laid.candidates.rows]),
        today=near_enough(today, within),
        today_room=per_bay * bays,
        amount=laid.amounts["drivers"][:cells] if amount is None else amount[:cells],
        limits=limits,
        required=required,
        forbidden=forbidden,
    )


def open_stations(laid: Setting) -> tuple[csr_array, Numbers]:
    """The minutes from the cells to each open station that fits, and its bays; bays that nobody counted are none."""
    atlas, need, standards = laid.atlas, laid.question.need, standards_of(laid.atlas.place_folder)
    known = access_of(atlas, "stations")
    place = {station_id: number for number, station_id in enumerate(known.thing_ids)}
    fitting = [one for one in stations(atlas) if one.station_id in place and fit(one, need) == "yes"]
    chosen = np.array([place[one.station_id] for one in fitting], dtype=np.int64)
    widest = laid.question.within_min * (1 + standard("siting_vary_speed_share", standards).value)
    network = network_of(atlas, need.travel, standards)
    minutes = reach_sets(network, known.access.of(chosen), access_of_cells(atlas), widest)
    return minutes, np.array([float(one.bays or 0) for one in fitting])
