"""责任网格: who answers for what, counted up the tree without counting anything twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planning.data_health import build_facts
from planning.features import KEY, SHAPE
from planning.grids.answer import Grids
from planning.grids.covered import covered_on_grids
from planning.grids.grid_row import Count, CoveredShare, GridRow, LedgerHealth
from planning.grids.land import Fault, areas_km2, grid_faults
from planning.grids.ledger import Conflict, ledger_health, survey_conflicts
from planning.grids.persons import Persons, persons_on_grids
from planning.grids.roll_up import depths, summed
from planning.grids.things import Things, things_on_grids
from planning.snapshot_cache import SnapshotCache
from planning.spot_facts import GridPost
from planning.standards import standard
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from etl.derived.grid_tree import GridTree
    from planning.atlas import Atlas

__all__ = ["Conflict", "Count", "CoveredShare", "Fault", "GridRow", "Grids", "LedgerHealth", "grids_of"]

_answers: SnapshotCache[Grids] = SnapshotCache(limit=8)


def grids_of(atlas: Atlas) -> Grids:
    """All grids of the place, worked out once for a snapshot and the place's standards."""
    sign = standards_of(atlas.place_folder).sign
    return _answers.get(atlas.path, f"grids {sign}", lambda: _worked_out(atlas))


def _worked_out(atlas: Atlas) -> Grids:
    listed = atlas.query("kpi_drivers_by_grid").to_pylist()
    k = int(standard("k_anonymity", standards_of(atlas.place_folder)).value)
    drivers, party_drivers = (persons_on_grids(listed, what, k) for what in ("drivers", "party_drivers"))
    tree = drivers.tree
    things, conflicts = things_on_grids(atlas, tree), survey_conflicts(atlas)
    answers = _answers_of(tree, {row[KEY]: row for row in listed if row["is_grid"]})
    rows = _rows(
        atlas, listed, (drivers, party_drivers), things, answers, ledger_health(atlas, tree, conflicts, k),
        covered_on_grids(atlas, tree),
    )  # fmt: skip
    return Grids(
        build_id=atlas.build_id,
        as_of=build_facts(atlas).started_at.date(),
        rows=tuple(rows[grid_id] for grid_id in _as_read(tree)),
        faults=tuple(_answered(fault, answers) for fault in grid_faults(atlas)),
        conflicts=conflicts,
        drivers=drivers.whole,
        party_drivers=party_drivers.whole,
        stations_outside=things.stations_outside,
        requests_outside=things.requests_outside,
        requests_nowhere=things.requests_nowhere,
    )


def _rows(
    atlas: Atlas,
    listed: list[dict[str, Any]],
    persons: tuple[Persons, Persons],
    things: Things,
    answers: Mapping[str, tuple[GridPost, ...]],
    health: Mapping[str, LedgerHealth],
    covered: Mapping[str, CoveredShare],
) -> dict[str, GridRow]:
    drivers, party_drivers = persons
    written = [row for row in listed if row["is_grid"]]
    areas = areas_km2(atlas, [row[SHAPE] for row in written])
    depth, count = depths(drivers.tree), summed(drivers.tree, dict.fromkeys(drivers.tree.grids, 1))
    return {
        row[KEY]: GridRow(
            grid_id=row[KEY], name=row["name"], level=row["level"], parent_id=row["parent_id"], depth=depth[row[KEY]],
            grids_below=count[row[KEY]] - 1, answers=answers[row[KEY]], drivers=drivers.on(row[KEY]),
            party_drivers=party_drivers.on(row[KEY]), own_drivers=drivers.own(row[KEY]),
            own_party_drivers=party_drivers.own(row[KEY]), stations=things.stations_on(row[KEY]),
            requests_open=things.requests_on(row[KEY]),
            covered_drivers=covered[row[KEY]], area_km2=area_km2, health=health[row[KEY]],
            file=row["file"], row_number=row["row_number"], geom=bytes(row[SHAPE]),
        )
        for row, area_km2 in zip(written, areas, strict=True)
    }  # fmt: skip


def _answers_of(tree: GridTree, rows: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[GridPost, ...]]:
    """Who answers for each grid, from the widest above it down to its own."""
    posts = {
        grid_id: GridPost(grid_id, row["name"], row["level"], row["post"], row["unit"]) for grid_id, row in rows.items()
    }
    return {grid_id: tuple(posts[one] for one in tree.line_up(grid_id))[::-1] for grid_id in tree.grids}


def _answered(fault: Fault, answers: Mapping[str, tuple[GridPost, ...]]) -> Fault:
    own, other = (answers.get(grid_id or "", ()) for grid_id in (fault.grid_id, fault.other_id))
    return replace(fault, answers=own, other_answers=other)


def _as_read(tree: GridTree) -> Iterator[str]:
    """Each grid, then all below it, in the order of their codes."""
    ahead = sorted((grid_id for grid_id in tree.grids if tree.parent(grid_id) is None), reverse=True)
    ahead.sort(key=lambda grid_id: not tree.children[grid_id], reverse=True)  # trees before single ones
    while ahead:
        here = ahead.pop()
        yield here
        ahead += sorted(tree.children[here], reverse=True)
