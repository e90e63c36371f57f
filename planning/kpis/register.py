"""All KPIs, in the order in which a page shows them."""

from __future__ import annotations

from planning.kpis.coverage import COVERAGE
from planning.kpis.data import DATA
from planning.kpis.definition import Definition
from planning.kpis.drivers import DRIVERS
from planning.kpis.freight import FREIGHT
from planning.kpis.governance import GOVERNANCE
from planning.kpis.land import LAND
from planning.kpis.stations import STATIONS
from wording import Refusal, mark

GROUPS = {
    "coverage": mark("Coverage"),
    "stations": mark("Stations"),
    "drivers": mark("Drivers"),
    "freight": mark("Freight"),
    "governance": mark("Governance"),
    "data": mark("Data"),
}
REGISTER: dict[str, Definition] = {
    definition.name: definition for definition in (*COVERAGE, *STATIONS, *DRIVERS, *FREIGHT, *GOVERNANCE, *LAND, *DATA)
}


def definition_of(name: str) -> Definition:
    found = REGISTER.get(name)
    if found is None:
        raise Refusal("There is no figure “{name}”. There are: {names}.", name=name, names=", ".join(REGISTER))
    return found
