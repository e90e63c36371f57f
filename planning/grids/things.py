"""Stations and open requests on each grid with all below it, each counted once on the lowest grid that holds it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planning.grids.grid_row import Count
from planning.grids.roll_up import depths, summed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.derived.grid_tree import GridTree
    from planning.atlas import Atlas

_NOUNS = {"station": "stations", "request": "requests"}


@dataclass(frozen=True)
class Things:
    """Stations by status and open requests; None where no ledger of them was read."""

    stations: Mapping[str, Mapping[str, int]] | None
    requests_open: Mapping[str, int] | None
    stations_outside: int  # in no grid
    requests_outside: int
    requests_nowhere: int  # neither a position nor a township is known
    is_short: Mapping[str, bool]  # by noun: a source of it was refused

    def stations_on(self, grid_id: str) -> dict[str, int] | None:
        if self.stations is None:
            return None
        return {state: found[grid_id] for state, found in self.stations.items() if found[grid_id]}

    def requests_on(self, grid_id: str) -> Count:
        """Those whose place is known; how many of the others there are is told once, for the place as a whole."""
        if self.requests_open is None:
            return Count(None)
        is_short = self.is_short["requests"]
        found = self.requests_open[grid_id]
        return Count(None) if is_short and not found else Count(found, is_short)


def things_on_grids(atlas: Atlas, tree: GridTree) -> Things:
    """All of them, rolled up."""
    depth = depths(tree)
    sources = {row["noun"]: row for row in atlas.query("kpi_sources").to_pylist()}
    found: dict[tuple[str, str], Counter[str]] = {}
    outside: Counter[str] = Counter()
    nowhere: Counter[str] = Counter()
    for row in atlas.query("grid_things", grid_ids=list(depth), depths=list(depth.values())).to_pylist():
        if row["grid_id"] is not None:
            found.setdefault((row["kind"], row["state"]), Counter())[row["grid_id"]] += row["things"]
        else:
            (nowhere if row["is_without_position"] else outside)[row["kind"]] += row["things"]
    is_read = {kind: bool(sources.get(noun, {}).get("is_read")) for kind, noun in _NOUNS.items()}
    return Things(
        stations={state: summed(tree, own) for (kind, state), own in sorted(found.items()) if kind == "station"}
        if is_read["station"]
        else None,
        requests_open=summed(tree, found.get(("request", "open"), {})) if is_read["request"] else None,
        stations_outside=outside["station"],
        requests_outside=outside["request"],
        requests_nowhere=nowhere["request"],
        is_short={noun: bool(sources.get(noun, {}).get("is_refused")) for noun in _NOUNS.values()},
    )
