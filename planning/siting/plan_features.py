"""The sites of a plan as rows to read and to take away, and as programs read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa
import shapely

from planning.feature_columns import Column
from planning.features import KEY, SHAPE, Features
from planning.siting.bays import bays_planned
from planning.siting.reasons import reasons
from planning.standards.of_place import standards_of
from wording import say

if TYPE_CHECKING:
    from planning.siting.answer import SitingAnswer
    from planning.siting.frontier import Point
    from planning.siting.reasons import Reason
    from planning.siting.sensitivity import Firmness
    from planning.siting.site_order import Site

NOUN = "sites"
_DIGITS = 6
_NUMBERS = {"rank": pa.int64(), "year": pa.int64(), "bays": pa.int64(), "is_missing_unknown": pa.bool_()}
_AMOUNTS = ("cost_yuan", "drivers", "people", "truck_km_per_day", "requests", "chosen_pct", "bays_planned", "gain")


def plan_features(answer: SitingAnswer, firm: Firmness | None = None) -> Features:
    """One row per site, in the order of worth."""
    why = reasons(answer)
    columns, standards = _columns(answer), standards_of(answer.setting.atlas.place_folder)
    rows = [
        _row(site, why[site.number], firm) | {"bays_planned": bays_planned(site.candidate, standards)}
        for site in answer.sites
    ]
    table = pa.table({
        KEY: pa.array([site.candidate.candidate_id for site in answer.sites], pa.string()),
        **{column.name: pa.array([row[column.name] for row in rows], _type_of(column.name)) for column in columns},
        SHAPE: pa.array([shapely.Point(site.candidate.lon, site.candidate.lat).wkb for site in answer.sites],
                        pa.binary()),
    })  # fmt: skip
    return Features(NOUN, say("Siting plan"), columns, table)


def answer_as_json(answer: SitingAnswer, points: list[Point]) -> dict[str, Any]:
    """The answer for programs; null is unknown."""
    why = reasons(answer)
    return {
        "question": answer.question.to_json_dict(),
        "sites": [_site_as_json(site, why[site.number]) for site in answer.sites],
        "covered_before_pct": answer.covered_before_pct,
        "covered_pct": answer.covered_pct,
        "bound_pct": answer.bound_pct,
        "gap_pct": answer.gap_pct,
        "is_proven": answer.is_proven,
        "was_cut": answer.was_cut,
        "cost_yuan": answer.cost_yuan,
        "took_s": round(answer.took_s, 2),
        "frontier": [
            {
                "new": point.new,
                "budget_yuan": point.budget_yuan,
                "stations": point.stations,
                "cost_yuan": point.cost_yuan,
                "covered_pct": point.covered_pct,
                "bound_pct": point.bound_pct,
            }
            for point in points
        ],
        "build": answer.setting.atlas.build_id,
    }


def _site_as_json(site: Site, why: Reason) -> dict[str, Any]:
    row = site.candidate
    return {
        "rank": site.rank,
        "id": row.candidate_id,
        "name": row.name,
        "action": row.action,
        "kind": row.kind,
        "year": site.year,
        "cost_yuan": row.cost_yuan,
        "missing": list(row.missing),
        "gain": site.gain,
        "gains": site.gains,
        "reason": why.sentence,
        "lon": round(row.lon, _DIGITS),
        "lat": round(row.lat, _DIGITS),
    }


def _columns(answer: SitingAnswer) -> tuple[Column, ...]:
    with_bay = (Column("gain", say("more drivers with a bay"), say("persons")),)
    return (
        Column("rank", say("Rank")),
        Column("name", say("Name")),
        Column("action", say("Action")),
        Column("kind", say("Kind of place")),
        Column("year", say("Year")),
        Column("cost_yuan", say("Cost"), say("yuan")),
        Column("missing", say("Facilities to be added"), codes="facility"),
        Column("bays", say("Bays today")),
        Column("bays_planned", say("Bays with the plan")),
        *(with_bay if answer.question.goal == "bays" else ()),
        Column("drivers", say("more drivers covered"), say("persons")),
        Column("people", say("more people covered"), say("persons")),
        Column("truck_km_per_day", say("more truck traffic covered"), say("truck-km a day")),
        Column("requests", say("more open requests covered")),
        Column("chosen_pct", say("chosen in trials"), "%"),
        Column("reason", say("Reason")),
    )


def _row(site: Site, why: Reason, firm: Firmness | None) -> dict[str, Any]:
    row = site.candidate
    share = firm.share(site.number) if firm else None
    return {
        "rank": site.rank,
        "name": row.name,
        "action": row.action_word,
        "kind": row.kind_word,
        "year": site.year,
        "cost_yuan": row.cost_yuan,
        "missing": list(row.missing),
        "bays": row.bays,
        "gain": site.gain,
        **{str(name): gain for name, gain in site.gains.items()},
        "chosen_pct": None if share is None else 100 * share,
        "reason": why.sentence,
    }


def _type_of(name: str) -> pa.DataType:
    if name == "missing":
        return pa.list_(pa.string())
    return _NUMBERS.get(name, pa.float64() if name in _AMOUNTS else pa.string())
