"""Gaps as rows to read and to take away: what a table, a file and a program are told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from planning.code_words import level_word
from planning.feature_columns import Column
from planning.features import KEY, SHAPE, Features
from planning.gap_owner import LEVELS
from planning.gap_reason import gap_reasons
from planning.gaps import gap_outline
from wording import current_language, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planning.atlas import Atlas
    from planning.coverage import Coverage
    from planning.gaps import Gap

NOUN = "gaps"
_DIGITS = 6


def gap_features(atlas: Atlas, found: Coverage, listed: Sequence[Gap]) -> Features:
    """One row per gap with its outline."""
    rows = [_row(atlas, found, gap) for gap in listed]
    columns = _columns(found)
    table = pa.table(
        {
            KEY: pa.array([str(gap.rank) for gap in listed], pa.string()),
            **{column.name: pa.array([row[column.name] for row in rows], _type_of(column.name)) for column in columns},
            SHAPE: pa.array([gap_outline(found, gap).wkb for gap in listed], pa.binary()),
        }
    )
    return Features(NOUN, say("Coverage gaps"), columns, table)


def gap_as_json(atlas: Atlas, found: Coverage, gap: Gap) -> dict[str, Any]:
    """One gap as programs read it; null is unknown, or that there is no way."""
    owner = gap.owner.smallest
    return {
        "rank": gap.rank,
        "name": gap.name,
        "drivers": gap.drivers,
        "is_drivers_lower_bound": gap.is_drivers_lower_bound,
        "people": gap.people,
        "area_km2": gap.area_km2,
        "truck_km_per_day": gap.truck_km_per_day,
        _cost_name(found, ""): gap.cost,
        _cost_name(found, "longest_"): gap.longest_cost,
        "nearest_station": gap.station.name if gap.station else None,
        "grid": owner.name if owner else None,
        "post": owner.post if owner else None,
        "posts": [
            {"level": post.level, "grid": post.name, "post": post.post, "unit": post.unit} for post in gap.owner.posts
        ],
        "reasons": gap_reasons(atlas, found, gap),
        "lon": round(gap.lon, _DIGITS),
        "lat": round(gap.lat, _DIGITS),
    }


def _cost_name(found: Coverage, which: str) -> str:
    return f"{which}{'minutes' if found.reach.need.measure == 'min' else 'km'}"


def _columns(found: Coverage) -> tuple[Column, ...]:
    unit = say("min") if found.reach.need.measure == "min" else "km"
    return (
        Column("rank", say("Rank")),
        Column("name", say("Name")),
        Column("drivers", say("Drivers"), say("persons")),
        Column("is_drivers_lower_bound", say("drivers partly unknown")),
        Column("people", say("People"), say("persons")),
        Column("is_people_lower_bound", say("people partly unknown")),
        Column("area_km2", say("Land"), "km²"),
        Column("truck_km_per_day", say("Truck traffic"), say("truck-km a day")),
        Column("cost", say("to the nearest station"), unit),
        Column("longest_cost", say("longest"), unit),
        Column("nearest_station", say("Nearest station")),
        *(
            column
            for level in LEVELS
            for column in (Column(f"grid_{level}", level_word(level)), Column(f"post_{level}", _post_label(level)))
        ),
        Column("reasons", say("Reason")),
    )


def _post_label(level: int) -> str:
    return say("{level}: post", level=level_word(level))


def _row(atlas: Atlas, found: Coverage, gap: Gap) -> dict[str, Any]:
    row: dict[str, Any] = {
        "rank": gap.rank,
        "name": gap.name,
        "drivers": gap.drivers,
        "is_drivers_lower_bound": gap.is_drivers_lower_bound,
        "people": gap.people,
        "is_people_lower_bound": gap.is_people_lower_bound,
        "area_km2": gap.area_km2,
        "truck_km_per_day": gap.truck_km_per_day,
        "cost": gap.cost,
        "longest_cost": gap.longest_cost,
        "nearest_station": gap.station.name if gap.station else None,
        "reasons": _one_after_another(gap_reasons(atlas, found, gap)),
    }
    for level in LEVELS:
        post = gap.owner.at_level(level)
        row[f"grid_{level}"] = post.name if post else None
        row[f"post_{level}"] = post.post if post else None
    return row


def _one_after_another(sentences: list[str]) -> str:
    return (" " if current_language() == "en" else "").join(sentences)


def _type_of(name: str) -> pa.DataType:
    if name == "rank":
        return pa.int64()
    if name.startswith("is_"):
        return pa.bool_()
    is_number = name in {"drivers", "people", "area_km2", "truck_km_per_day", "cost", "longest_cost"}
    return pa.float64() if is_number else pa.string()
