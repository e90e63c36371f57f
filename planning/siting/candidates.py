"""Where stations could be: places that are there, stations that lack something, free land, and spots set by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from planning.access import Access, access_of, access_of_cells
from planning.cell_table import NOWHERE, cell_table
from planning.code_words import code_word
from planning.gap_owner import owners
from planning.need import fit, stations
from planning.siting.costs import Action, cost_yuan
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import mark, say

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planning.atlas import Atlas
    from planning.cell_table import Numbers
    from planning.siting.question import SitingQuestion
    from planning.standards import Standards

ACTIONS: Mapping[Action, str] = {
    "upgrade": mark("upgrade"),
    "extend": mark("add bays to"),
    "equip": mark("equip"),
    "convert": mark("convert"),
    "build": mark("build"),
}


@dataclass(frozen=True)
class Candidate:
    """One place and what would be done there; `missing` is what it does not offer yet, or is not known to."""

    candidate_id: str
    name: str
    action: Action
    noun: str  # resources, stations, cells or spots
    thing_id: str
    kind: str | None
    missing: tuple[str, ...]
    is_missing_unknown: bool
    bays: int | None
    cost_yuan: float
    lon: float
    lat: float
    cell: int  # its place in the cell table, -1 outside the place

    @property
    def action_word(self) -> str:
        return say(ACTIONS[self.action])

    @property
    def kind_word(self) -> str:
        if self.noun == "resources":
            return code_word("resource_kind", self.kind)
        if self.noun == "stations":
            return code_word("tier", self.kind)
        return say("free land beside a road") if self.noun == "cells" else say("spot set by hand")


@dataclass(frozen=True)
class Candidates:
    """All of them with their access to the roads, side by side."""

    rows: tuple[Candidate, ...]
    access: Access

    def number_of(self) -> dict[str, int]:
        return {row.candidate_id: number for number, row in enumerate(self.rows)}


def candidates(atlas: Atlas, question: SitingQuestion, uncovered: Numbers) -> Candidates:
    """The candidates of a question; `uncovered` says of each cell how much in it has no station, for free land."""
    standards = standards_of(atlas.place_folder)
    parts: list[tuple[list[Candidate], Access]] = [_of_resources(atlas, question, standards)]
    if question.with_upgrades:
        parts.append(_of_stations(atlas, question, standards))
    if question.with_free_land:
        parts.append(_of_free_land(atlas, question, standards, uncovered))
    if question.spots:
        parts.append(_of_spots(atlas, question, standards))
    return Candidates(tuple(row for rows, _ in parts for row in rows), _side_by_side([access for _, access in parts]))


def _of_resources(atlas: Atlas, question: SitingQuestion, standards: Standards) -> tuple[list[Candidate], Access]:
    known = access_of(atlas, "resources")
    place = {thing: number for number, thing in enumerate(known.thing_ids)}
    rows, chosen = [], []
    few = standard("siting_equip_lacks", standards).value
    for told in atlas.query("siting_resources").to_pylist():
        if told["resource_id"] not in place or (question.kinds and told["kind"] not in question.kinds):
            continue
        missing = tuple(one for one in question.facilities if one not in (told["facilities"] or ()))
        action: Action = "equip" if told["facilities"] is not None and len(missing) <= few else "convert"
        rows.append(_candidate(
            atlas, "resources", told["resource_id"], told["name"], action, missing, question, standards,
            kind=told["kind"], bays=told["bays"], lon=told["lon"], lat=told["lat"],
            is_missing_unknown=told["facilities"] is None,
        ))  # fmt: skip
        chosen.append(place[told["resource_id"]])
    return rows, known.access.of(np.array(chosen, dtype=np.int64))


def _of_stations(atlas: Atlas, question: SitingQuestion, standards: Standards) -> tuple[list[Candidate], Access]:
    """Open stations that are not known to fit; where bays are asked for, those that fit may get more of them."""
    known = access_of(atlas, "stations")
    place = {thing: number for number, thing in enumerate(known.thing_ids)}
    rows, chosen = [], []
    for station in stations(atlas):
        if station.status != "open" or station.station_id not in place:
            continue
        is_fit = fit(station, question.need) == "yes"
        if is_fit and question.goal != "bays":
            continue
        missing = tuple(one for one in question.facilities if station.offers(one) is not True)
        unknown = any(station.offers(one) is None for one in missing)
        rows.append(_candidate(
            atlas, "stations", station.station_id, station.name, "extend" if is_fit else "upgrade", missing, question,
            standards, kind=station.tier, bays=station.bays, lon=station.lon, lat=station.lat,
            is_missing_unknown=unknown,
        ))  # fmt: skip
        chosen.append(place[station.station_id])
    return rows, known.access.of(np.array(chosen, dtype=np.int64))


def _of_free_land(
    atlas: Atlas, question: SitingQuestion, standards: Standards, uncovered: Numbers
) -> tuple[list[Candidate], Access]:
    """Of each square of some kilometres the cell beside a road with most that has no station."""
    cells, access = cell_table(atlas), access_of_cells(atlas)
    near = np.zeros(len(cells), dtype=np.bool_)
    near[access.thing[access.off_road_km <= standard("siting_free_off_road_km", standards).value]] = True
    spacing = standard("siting_free_spacing_km", standards).value * 1000 / cells.lattice.cell_size_m
    row, column = (np.floor_divide(axis, max(spacing, 1)).astype(np.int64) for axis in (cells.j, cells.i))
    usable = np.flatnonzero(near & (uncovered > 0))
    order = usable[np.lexsort((-uncovered[usable], column[usable], row[usable]))]
    is_first = np.ones(len(order), dtype=np.bool_)
    is_first[1:] = (np.diff(row[order]) != 0) | (np.diff(column[order]) != 0)
    chosen = np.sort(order[is_first])
    names = [
        one.name for one in owners(atlas, cells, [chosen[place : place + 1] for place in range(len(chosen))], chosen)
    ]
    rows = [
        _candidate(
            atlas, "cells", str(int(cells.cell_id[cell])), name, "build", (), question, standards,
            lon=float(cells.lon[cell]), lat=float(cells.lat[cell]),
        )
        for cell, name in zip(chosen.tolist(), names, strict=True)
    ]  # fmt: skip
    return rows, access.of(chosen)


def _of_spots(atlas: Atlas, question: SitingQuestion, standards: Standards) -> tuple[list[Candidate], Access]:
    """Spots set by hand; each joins the roads as the cell does that it lies in."""
    cells = cell_table(atlas)
    lon, lat = (np.array(axis) for axis in zip(*question.spots, strict=True))
    at = cells.at(lon, lat)
    inside = np.flatnonzero(at != NOWHERE)
    names = [one.name for one in owners(atlas, cells, [at[place : place + 1] for place in inside], at[inside])]
    rows = [
        _candidate(
            atlas, "spots", f"{lon[place]:.6f},{lat[place]:.6f}", name, "build", (), question, standards,
            lon=float(lon[place]), lat=float(lat[place]),
        )
        for place, name in zip(inside.tolist(), names, strict=True)
    ]  # fmt: skip
    return rows, _side_by_side([access_of_cells(atlas).of(at[place : place + 1]) for place in inside])


def _candidate(
    atlas: Atlas, noun: str, thing_id: str, name: str, action: Action, missing: tuple[str, ...],
    question: SitingQuestion, standards: Standards, *, lon: float, lat: float, kind: str | None = None,
    bays: int | None = None, is_missing_unknown: bool = False,
) -> Candidate:  # fmt: skip
    cell = int(cell_table(atlas).at(np.array([lon]), np.array([lat]))[0])
    return Candidate(
        f"{noun}/{thing_id}", name, action, noun, thing_id, kind, missing, is_missing_unknown, bays,
        cost_yuan(action, question.tier, missing, standards), lon, lat, cell,
    )  # fmt: skip


def _side_by_side(parts: list[Access]) -> Access:
    firsts = np.concatenate([[0], np.cumsum([part.things for part in parts])]).astype(np.int64)
    columns: Iterator[tuple[np.ndarray, ...]] = zip(
        *((part.thing + first, part.edge, part.position, part.off_road_km)
          for part, first in zip(parts, firsts[:-1], strict=True)), strict=True)  # fmt: skip
    return Access(int(firsts[-1]), *(np.concatenate(column) for column in columns))
