"""The coverage of a place as it would be with a plan carried out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from planning.coverage import Coverage

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer


def coverage_after(answer: SitingAnswer) -> Coverage:
    """Every cell and road as near as the nearest of today's stations and the new sites; villages stay as they are."""
    laid = answer.setting
    today, cells = laid.before.reach, len(laid.before.cells)
    edges = np.unique(laid.before.traffic.edge)
    cost, edge_cost = today.cost.copy(), today.edge_cost.copy()
    least, edge_least = today.least_cost.copy(), today.edge_least_cost.copy()
    if answer.sites:
        rows = laid.minutes[answer.chosen].tocoo()
        demand, minutes = rows.coords[1], rows.data
        is_cell = demand < cells
        for of_cells, of_edges in ((cost, edge_cost), (least, edge_least)):
            np.minimum.at(of_cells, demand[is_cell], minutes[is_cell])
            np.minimum.at(of_edges, edges[demand[~is_cell] - cells], minutes[~is_cell])
    reached = replace(today, cost=cost, least_cost=least, edge_cost=edge_cost, edge_least_cost=edge_least)
    return Coverage(laid.before.within, reached, laid.before.cells, laid.before.traffic)
