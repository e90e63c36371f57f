"""What is said of a corridor, a sentence a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planning.corridors.spacing import RULE_LABELS
from planning.standards import standard
from planning.standards.of_place import standards_of
from wording import say

if TYPE_CHECKING:
    from planning.atlas import Atlas
    from planning.corridors.report import CorridorReport
    from planning.corridors.serving import Stretch
    from planning.corridors.spacing import RuleAnswer


def corridor_sentences(found: CorridorReport) -> list[str]:
    return [text for text in (_chain(found), _one_more(found), _gap(found), _traffic(found), _hours(found),
                              _spells(found), _night(found)) if text]  # fmt: skip


def rule_rows(atlas: Atlas, found: CorridorReport) -> list[tuple[str, str, str, str]]:
    """One row a rule: what it asks, what was measured, whether it is kept."""
    return [(say(RULE_LABELS[one.rule]), _asked(atlas, one), _measured(one), _kept(one)) for one in found.rules]


def _chain(found: CorridorReport) -> str:
    if found.chain is None:
        return say("No open station lies along it: there is no chain.")
    return say(
        "The longest chain of stations is {km} km long ({stretch}); {pct} % of the corridor is served.",
        km=f"{found.chain.length_km:.0f}", stretch=_ends(found, found.chain), pct=f"{found.served_pct:.0f}",
    )  # fmt: skip


def _one_more(found: CorridorReport) -> str:
    more = found.one_more
    if more is None:
        return ""
    return say(
        "One more station within {stretch} would make a chain of {km} km.",
        stretch=_ends(found, more.gap), km=f"{more.joined_km:.0f}",
    )  # fmt: skip


def _gap(found: CorridorReport) -> str:
    gap = found.longest_gap
    if gap is None:
        return say("There is no gap: everywhere an open station lies {minutes} minutes ahead at most.",
                   minutes=f"{found.within_min:g}")  # fmt: skip
    return say("The longest gap is {km} km long ({stretch}).", km=f"{gap.length_km:.0f}", stretch=_ends(found, gap))


def _traffic(found: CorridorReport) -> str:
    amount = found.uncovered_truck_km_per_day
    if amount is None:
        return say("How many trucks take it is unknown.")
    bound = "≥ " if found.is_lower_bound and amount else ""
    return say("{amount} truck-km a day are driven in its gaps.", amount=f"{bound}{amount:,.0f}")


def _hours(found: CorridorReport) -> str:
    hours = found.four_hours
    if hours.is_always_in_time:
        return say("Whoever sets out at its end passes an open station before the fourth hour; the longest drive takes "
                   "{minutes} minutes.", minutes=f"{hours.longest_min:.0f}")  # fmt: skip
    where = say(", ").join(found.line.stake(one.at_km) for one in hours.breaks)
    return say("Four hours are reached without an open station before at {where}; {amount} truck-km a day are driven "
               "beyond.", where=where, amount=f"{hours.over_truck_km_per_day:,.0f}")  # fmt: skip


def _spells(found: CorridorReport) -> str:
    share = found.spells
    if share is None or share.pct is None:
        return say("Too few trucks with tracks drove here to tell how long they drove.")
    return say("Of {count} driving spells seen here {pct} % lasted longer than four hours.", count=f"{share.spells:,}",
               pct=f"{share.pct:.1f}")  # fmt: skip


def _night(found: CorridorReport) -> str:
    night = found.night
    if night is None:
        return ""
    names = say(", ").join(one.name for one in night.shelters) or say("none")
    trucks = say("unknown") if night.trucks_per_day is None else f"{night.trucks_per_day:.1f}"
    return say(
        "Dangerous goods may be kept off it from {from_}:00 to {to}:00; shelters along it: {names}. Trucks with "
        "dangerous goods in the busiest of these hours: {trucks}.",
        from_=night.from_hour, to=night.to_hour, names=names, trucks=trucks,
    )  # fmt: skip


def _ends(found: CorridorReport, stretch: Stretch) -> str:
    return f"{found.line.stake(stretch.from_km)} – {found.line.stake(stretch.to_km)}"


def _asked(atlas: Atlas, one: RuleAnswer) -> str:
    values = [standard(name, standards_of(atlas.place_folder)) for name in one.standards]
    return " – ".join(f"{value.value:g}" for value in values if value.unit == "km") + " km"


def _measured(one: RuleAnswer) -> str:
    return say("not measured") if one.value_km is None else f"{one.value_km:.1f} km"


def _kept(one: RuleAnswer) -> str:
    if one.is_kept is None:
        return say("does not apply")
    broken = len(one.broken)
    if one.is_kept:
        return say("yes, {count} single ones are longer", count=broken) if broken else say("yes")
    return say("no, {count} times", count=broken) if broken else say("no")
