"""The health of the ledgers grid by grid: how full, how old, and where two survey channels disagree."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from planning.data_health import build_facts
from planning.grids.grid_row import LedgerHealth
from planning.grids.roll_up import top_down
from planning.standards import standard
from planning.standards.of_place import standards_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from etl.derived.grid_tree import GridTree
    from planning.atlas import Atlas

_AMOUNTS = ("filled", "fields", "written", "dated", "stale")


@dataclass(frozen=True)
class Telling:
    """Where a row stands."""

    file: str
    row_number: int


@dataclass(frozen=True)
class Conflict:
    """A driver, or a plate, whom two survey channels tell differently."""

    kind: str
    grid_id: str | None
    grid_name: str | None
    columns: tuple[str, ...]
    channels: tuple[str, ...]
    surveyed_on: dt.date | None
    tellings: tuple[Telling, ...]

    def to_json_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "grid_id": self.grid_id,
            "columns": list(self.columns),
            "channels": list(self.channels),
            "rows": [{"file": one.file, "row": one.row_number} for one in self.tellings],
        }


def survey_conflicts(atlas: Atlas) -> tuple[Conflict, ...]:
    """All of them, in the order of their rows."""
    return tuple(
        Conflict(
            kind=row["kind"], grid_id=row["grid_id"], grid_name=row["grid_name"], columns=tuple(row["columns"]),
            channels=tuple(row["channels"]), surveyed_on=row["surveyed_on"],
            tellings=tuple(Telling(**one) for one in row["tellings"]),
        )
        for row in atlas.query("grid_conflicts").to_pylist()
    )  # fmt: skip


def ledger_health(atlas: Atlas, tree: GridTree, conflicts: tuple[Conflict, ...], k: int) -> Mapping[str, LedgerHealth]:
    """Each grid with all below it, as of the day of the build; rows of fewer drivers than `k` are not told."""
    as_of = build_facts(atlas).started_at.date()
    stale_before = as_of - dt.timedelta(days=standard("ledger_stale_days", standards_of(atlas.place_folder)).value)
    told = {ledger: {grid_id: Counter[str]() for grid_id in tree.grids} for ledger in ("grid", "driver")}
    newest: dict[str, dict[str, dt.date]] = {"grid": {}, "driver": {}}
    for row in atlas.query("grid_ledger", stale_before=stale_before).to_pylist():
        if row["grid_id"] is not None:
            told[row["ledger"]][row["grid_id"]].update({name: int(row[name]) for name in _AMOUNTS})
            if row["surveyed_on"]:
                newest[row["ledger"]][row["grid_id"]] = row["surveyed_on"]
    disputed = Counter(one.grid_id for one in conflicts if one.grid_id is not None)
    for grid_id in reversed(top_down(tree)):
        parent = tree.parent(grid_id)
        if parent is None:
            continue
        disputed[parent] += disputed[grid_id]
        for ledger, amounts in told.items():
            amounts[parent].update(amounts[grid_id])
            days = [day for day in (newest[ledger].get(parent), newest[ledger].get(grid_id)) if day]
            if days:
                newest[ledger][parent] = max(days)
    return {
        grid_id: _health(
            {ledger: amounts[grid_id] for ledger, amounts in told.items()},
            {ledger: days.get(grid_id) for ledger, days in newest.items()},
            k,
            LedgerHealth(conflicts=disputed[grid_id], as_of=as_of),
        )
        for grid_id in tree.grids
    }


def _health(
    amounts: Mapping[str, Counter[str]], newest: Mapping[str, dt.date | None], k: int, begun: LedgerHealth
) -> LedgerHealth:
    has_few_drivers = 0 < amounts["driver"]["written"] < k
    ledgers = ("grid",) if has_few_drivers else ("grid", "driver")
    filled, fields, written, dated, stale = (sum(amounts[ledger][name] for ledger in ledgers) for name in _AMOUNTS)
    days = [day for ledger in ledgers if (day := newest[ledger]) is not None]
    return replace(
        begun, filled=filled, fields=fields, written=written, dated=dated, stale=stale,
        surveyed_on=max(days, default=None), has_few_drivers=has_few_drivers,
    )  # fmt: skip
