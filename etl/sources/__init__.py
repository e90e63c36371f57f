"""Every noun that an office may bring, in the order in which they are read.

Grids, places and routes come first: they are the evidence by which the datum of the others is told.
"""

from __future__ import annotations

from etl.noun import Noun
from etl.sources import (
    drivers,
    enterprises,
    grids,
    incidents,
    pings,
    places,
    repair_shops,
    requests,
    resources,
    rivers,
    routes,
    stations,
)

NOUNS: dict[str, Noun] = {
    module.NOUN.name: module.NOUN
    for module in (
        grids,
        routes,
        places,
        rivers,
        stations,
        resources,
        repair_shops,
        enterprises,
        drivers,
        requests,
        incidents,
        pings,
    )
}
