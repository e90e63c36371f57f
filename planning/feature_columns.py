"""A column as people read it: its label, its unit, and its values in words."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from planning.code_words import CODE_LISTS, code_word, level_word
from planning.column_labels import Labels, label_of
from wording import current_language, mark, say

# Columns that the queries compute: label and unit. Those that an office brings are named in the snapshot.
COMPUTED: dict[str, tuple[str, str]] = {
    "is_open": (mark("not closed yet"), ""),
    "file": (mark("File"), ""),
    "row_number": (mark("Row"), ""),
    "parent": (mark("part of"), ""),
    "length_km": (mark("length"), "km"),
    "area_km2": (mark("area within the place"), "km²"),
    "drivers_in": (mark("drivers in it"), mark("persons")),
    "is_drivers_partly_unknown": (mark("drivers partly unknown"), ""),
    "party_drivers_in": (mark("party drivers in it"), mark("persons")),
    "is_small_group_hidden": (mark("small groups hidden"), ""),
    "covered_drivers_pct": (mark("drivers covered"), "%"),
    "is_coverage_partly_unknown": (mark("coverage partly unknown"), ""),
    "ledger_complete_pct": (mark("ledger filled in"), "%"),
    "ledger_age_days": (mark("days since the newest survey"), mark("days")),
    "people_in": (mark("people in it"), mark("persons")),
    "is_people_partly_unknown": (mark("people partly unknown"), ""),
    "stations_open": (mark("open stations"), ""),
    "requests_open": (mark("open requests"), ""),
    "repair_shops_in": (mark("repair shops in it"), ""),
}
_UNITS_IN_ENGLISH = {"个": "", "元": "yuan", "公里": "km", "公里/小时": "km/h", "平方米": "m²", "辆/日": "trucks/day",
                     "人": "persons", "米": "m", "辆": "trucks", "度": "°", "户": "", "公里/时": "km/h"}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column's name in the table, what people call it, its unit, and the closed list its codes come from."""

    name: str
    label: str
    unit: str = ""
    codes: str | None = None

    @property
    def heading(self) -> str:
        return f"{self.label} ({self.unit})" if self.unit else self.label

    def shown(self, value: object) -> str:
        """A value in words; an unknown one is called so."""
        if value is None:
            return say("none") if self.name == "facilities_unknown" else say("unknown")
        if isinstance(value, (list, tuple)):
            return say(", ").join(self.shown(one) for one in value) if value else say("none")
        if self.name == "level":
            return level_word(int(str(value)))
        if self.codes:
            return code_word(self.codes, str(value))
        if self._is_stake:
            return _stake(float(str(value)))
        return plain_text(value)

    def shown_with_unit(self, value: object) -> str:
        if value is None or self._is_stake:
            return self.shown(value)
        return f"{self.shown(value)} {self.unit}".rstrip()

    @property
    def _is_stake(self) -> bool:
        return self.name.startswith("stake_")


def column_of(noun: str, name: str, labels: Labels) -> Column:
    """The column of a noun's table, as the snapshot or, where it is computed, the list above names it."""
    if name in COMPUTED:
        words, measured_in = COMPUTED[name]
        return Column(name, say(words), say(measured_in))
    label = labels.get((noun, name))
    unit = (label.unit if label else None) or ""
    if current_language() == "en":
        unit = _UNITS_IN_ENGLISH.get(unit, unit)
    return Column(name, label_of(labels, noun, name), unit, CODE_LISTS.get((noun, name)))


def _stake(stake_km: float) -> str:
    """A kilometre post as it stands by the road: K1702+350."""
    kilometres, metres = divmod(round(stake_km * 1000), 1000)
    return f"K{kilometres}+{metres:03d}"


def plain_text(value: object) -> str:
    """A value without unit and code: numbers with their thousands marked, days and moments as China writes them."""
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float):
        return _plain_number(value)
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return str(value)


def _plain_number(value: float) -> str:
    """Three digits that count, and never in powers of ten."""
    if value == int(value):
        return f"{value:,.0f}"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{value:,.0f}"
