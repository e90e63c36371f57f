"""Freight heat 货运热力: how many trucks a day are where, by hour, kind of day and cargo; never a single truck."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from planning.column_labels import column_labels, label_of
from planning.feature_columns import column_of
from planning.features import KEY, SHAPE, Features
from wording import mark

if TYPE_CHECKING:
    import datetime as dt

    from planning.atlas import Atlas

HeatOf: TypeAlias = Literal["cells", "sections"]
DayKind: TypeAlias = Literal["all", "weekday", "weekend"]
Cargo: TypeAlias = Literal["all", "hazmat"]
TABLES: dict[HeatOf, str] = {"cells": "cell_heat", "sections": "section_flows"}
DAY_KINDS: dict[DayKind, str] = {"all": mark("all days"), "weekday": mark("weekdays"), "weekend": mark("weekends")}
CARGOES: dict[Cargo, str] = {"all": mark("all trucks"), "hazmat": mark("dangerous goods")}
# Classes of flow between round numbers, the same in every place and on every day, so that two maps can be compared.
DAY_BREAKS = (5.0, 15.0, 50.0, 150.0, 500.0)
HOUR_BREAKS = (0.5, 1.0, 3.0, 10.0, 30.0)
_OF_ROUTES = ("ref", "class", "direction", "stake_from_km", "stake_to_km")


@dataclass(frozen=True)
class Tracked:
    """What the tracks are: how many pings of how many trucks on which days, and what could be made of them."""

    pings: int
    vehicles: int
    days: int
    first_day: dt.date | None
    last_day: dt.date | None
    trucks_per_day: float | None
    trucks_in_place_per_day: float | None
    placed_pct: float | None  # of pings of driving trucks, those that lie on a road
    joined_pct: float | None  # of ways between two sections, those that the network has
    faults: dict[str, int]
    k_anonymity: int


def tracked(atlas: Atlas) -> Tracked:
    """An account of the tracks of a snapshot."""
    (row,) = atlas.query("tracked").to_pylist()
    faults = {one["fault"]: one["pings"] for one in atlas.query("ping_faults").to_pylist()}
    return Tracked(**row, faults=faults)


def heat(atlas: Atlas, of: HeatOf, day_kind: DayKind | None = None, cargo: Cargo | None = None) -> Features:
    """The heat as rows with shapes; None asks for all kinds of day, or of cargo."""
    table = atlas.query(f"heat_of_{of}", day_kind=day_kind, cargo=cargo)
    labels = column_labels(atlas)
    columns = tuple(
        column_of("routes" if name in _OF_ROUTES else TABLES[of], name, labels)
        for name in table.column_names
        if name not in {KEY, SHAPE}
    )
    return Features(TABLES[of], label_of(labels, TABLES[of]), columns, table)
