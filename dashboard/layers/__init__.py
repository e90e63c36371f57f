"""The layers of the map, in the order of the panel; a new one is a file here and a line below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dashboard.layers import (
    breakpoints,
    candidates,
    cells,
    coverage,
    coverage_after,
    enterprises,
    freight_heat,
    gaps,
    grid_faults,
    grids,
    incidents,
    places,
    repair_clusters,
    repair_shops,
    requests,
    resources,
    roadside_stops,
    routes,
    section_flows,
    sites,
    stations,
)

if TYPE_CHECKING:
    from dashboard.layers.layer import Layer
    from dashboard.layers.points import PointLook

LAYERS: dict[str, Layer] = {
    module.LAYER.name: module.LAYER
    for module in (
        sites,
        stations,
        candidates,
        gaps,
        coverage,
        breakpoints,
        roadside_stops,
        section_flows,
        freight_heat,
        coverage_after,
        resources,
        repair_shops,
        repair_clusters,
        requests,
        incidents,
        enterprises,
        places,
        routes,
        grid_faults,
        grids,
        cells,
    )
}

# How one point is told at first sight, for the files that points come in.
POINT_LOOKS: dict[str, PointLook] = {
    module.LOOK.noun: module.LOOK
    for module in (stations, resources, repair_shops, requests, incidents, enterprises, places)
}
