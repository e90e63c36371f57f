"""Why a gap is one, in sentences: how far the next station is, what the near ones lack, what is planned."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from etl.derived.road_network.attachments import OFF_ROAD_LIMIT_KM
from planning.code_words import code_word
from planning.need import fit
from planning.network import NOTHING
from planning.reach import reach
from wording import mark, say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.coverage import Coverage
    from planning.gaps import Gap
    from planning.need import Need, Station
    from planning.network import Measure

_ROUNDING = 1e-6


def cost_text(cost: float, measure: Measure) -> str:
    """Whole minutes, tenths of a kilometre; rounded up, so that what is beyond a standard is said to be."""
    if measure == "min":
        return say("{count} min", count=f"{math.ceil(cost - _ROUNDING):.0f}")
    return f"{math.ceil((cost - _ROUNDING) * 10) / 10:.1f} km"


def gap_reasons(atlas: Atlas, found: Coverage, gap: Gap) -> list[str]:
    """What a planner asks of a gap, in the order of asking."""
    sentences = [_farness(found, gap), _nearby_but_unfit(atlas, found, gap), _planned(atlas, found, gap)]
    return [sentence for sentence in sentences if sentence]


def _farness(found: Coverage, gap: Gap) -> str:
    if gap.station is None or gap.cost is None:
        if found.reach.stations and np.isinf(found.reach.cost).all():
            return say("No station that is known to fit can be reached from anywhere.")
        return say(
            "Most of it has no way to a station: no road that trucks may use comes within {limit} km, or the roads "
            "there meet no others on the map.",
            limit=f"{OFF_ROAD_LIMIT_KM:g}",
        )
    measure = found.reach.need.measure
    return say(
        "The nearest station that fits, {station}, takes {cost} from there: {over} more than the standard of {within}.",
        station=gap.station.name,
        cost=cost_text(gap.cost, measure),
        over=cost_text(gap.cost - found.within, measure),
        within=cost_text(found.within, measure),
    )


def _nearby_but_unfit(atlas: Atlas, found: Coverage, gap: Gap) -> str:
    """An open station that is near enough, and what it lacks."""
    need = found.reach.need
    plain = replace(need, facilities=(), tiers=(), hour=None, direction=None)
    if plain == need:
        return ""
    any_station = reach(atlas, plain)
    which = int(any_station.station[gap.middle])
    cost = float(any_station.cost[gap.middle])
    if which == NOTHING or cost > found.within:
        return ""
    station = any_station.stations[which]
    return say(
        "{station} is near enough, {cost} away, but {lack}.",
        station=station.name,
        cost=cost_text(cost, need.measure),
        lack=_lack(station, need),
    )


def _lack(station: Station, need: Need) -> str:
    """The first of what is asked that it does not have, as far as its ledger says."""
    if station.facilities is None and need.facilities:
        return say("nothing is known of what it offers")
    for answer, sentence in (("no", mark("it has no {items}")), ("maybe", mark("it is not known to have {items}"))):
        lacking = [one for one in need.facilities if fit(station, replace(_plain(need), facilities=(one,))) == answer]
        if lacking:
            return say(sentence, items=say(", ").join(code_word("facility", one) for one in lacking))
    if need.hour is not None:
        at_hour = fit(station, replace(_plain(need), hour=need.hour))
        if at_hour != "yes":
            closed, unsaid = mark("it is closed at {hour}:00"), mark("it does not say whether it is open at {hour}:00")
            return say(closed if at_hour == "no" else unsaid, hour=need.hour)
    if need.tiers and station.tier not in need.tiers:
        return say("it is a {tier}", tier=code_word("tier", station.tier))
    return say("it serves the other direction")


def _plain(need: Need) -> Need:
    return replace(need, facilities=(), tiers=(), hour=None, direction=None)


def _planned(atlas: Atlas, found: Coverage, gap: Gap) -> str:
    """How much of it will be covered by what is planned or being built."""
    need = found.reach.need
    if need.with_planned:
        return ""
    after = reach(atlas, replace(need, with_planned=True))
    gained = gap.cells[after.cost[gap.cells] <= found.within]
    drivers = float(np.nan_to_num(found.cells.drivers[gained]).sum())
    names = sorted({after.stations[one].name for one in set(after.station[gained].tolist())})
    if drivers < 1:
        return ""
    return say(
        "When {stations} open, {drivers} of its drivers will be covered.",
        stations=say(", ").join(names),
        drivers=f"{drivers:.0f}",
    )
