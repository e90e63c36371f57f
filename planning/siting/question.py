"""What a planner asks: how many stations or how much money, for whom, what counts, and what is wished by hand."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal, Self, TypeAlias, get_args

from planning.need import Need
from planning.standards import standard, standard_list
from planning.standards.of_place import standards_of
from wording import Refusal, mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planning.atlas import Atlas

Goal: TypeAlias = Literal["most", "bays", "least_money", "worst_off", "corridors"]
CorridorRule: TypeAlias = Literal["minutes", "driver_homes", "service_areas"]
Measured: TypeAlias = Literal[
    "drivers", "people", "truck_km_per_day", "requests", "breakpoints", "roadside_stops", "corridor_km"
]
GOALS: Mapping[str, str] = {
    "most": mark("cover most"),
    "bays": mark("most drivers with a bay"),
    "least_money": mark("least money for a share"),
    "worst_off": mark("the worst-off first"),
    "corridors": mark("no stretch of road without a station ahead"),
}
RULES: Mapping[CorridorRule, str] = {
    "minutes": mark("a station ahead within the minutes"),
    "driver_homes": mark("spacing of driver homes"),
    "service_areas": mark("spacing on expressways"),
}
MEASURED: tuple[Measured, ...] = tuple(one for one in get_args(Measured) if one != "corridor_km")  # that may be mixed
YUAN_PER_WAN = 10_000.0


@dataclass(frozen=True)
class SitingQuestion:
    """Everything that an answer depends on, beside the snapshot and the standards of the place."""

    within_min: float
    facilities: tuple[str, ...]  # that a new station offers and that drivers need
    goal: Goal = "most"
    rule: CorridorRule = "minutes"  # that no stretch of a corridor may break
    new: int | None = 3
    budget_yuan: float | None = None
    later_budgets_yuan: tuple[float, ...] = ()
    share_pct: float = 90.0
    each_township: bool = False
    tier: str = "service_station"
    mix: tuple[tuple[Measured, float], ...] = (("drivers", 1.0),)
    kinds: tuple[str, ...] = ()  # of resources; none: every kind
    with_free_land: bool = True
    with_upgrades: bool = True
    spots: tuple[tuple[float, float], ...] = ()  # dropped on the map: lon, lat
    required: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    apart_km: float = 0.0
    per_grid: int | None = None
    seed: int = 0

    @property
    def need(self) -> Need:
        return Need(facilities=self.facilities, tiers=("driver_home",) if self.is_of_homes else ())

    @property
    def is_of_homes(self) -> bool:
        return self.goal == "corridors" and self.rule == "driver_homes"

    @property
    def weights(self) -> dict[Measured, float]:
        """What is counted; for corridors stretches of road, in each direction; bays are for drivers."""
        if self.goal == "corridors":
            return {"truck_km_per_day" if self.rule == "minutes" else "corridor_km": 1.0}
        if self.goal == "bays":
            return {"drivers": 1.0}
        return {name: share for name, share in self.mix if share > 0}

    @property
    def sign(self) -> str:
        """The same for the same question."""
        return hashlib.sha256(json.dumps(self.to_json_dict(), sort_keys=True).encode()).hexdigest()[:12]

    def to_json_dict(self) -> dict[str, Any]:
        return {**asdict(self), "mix": dict(self.mix)}

    @classmethod
    def from_json_dict(cls, told: Mapping[str, Any]) -> Self:
        known: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in told.items()
        }
        known["mix"] = tuple(dict(known["mix"]).items())
        known["spots"] = tuple((float(lon), float(lat)) for lon, lat in known["spots"])
        return cls(**known)

    def checked(self) -> Self:
        """Itself, where it can be answered; a rule that asks for driver homes makes every new station one."""
        if not self.weights:
            raise Refusal("Nothing is to be covered. Give drivers, people, trucks or requests a weight above 0.")
        if self.goal in {"most", "bays", "worst_off"} and self.new is None and self.budget_yuan is None:
            raise Refusal("Say how many stations may be opened, or how much money there is.")
        if self.goal == "worst_off" and self.new is None:
            raise Refusal("For the worst-off first say how many stations may be opened.")
        if self.goal == "bays" and self.later_budgets_yuan:
            raise Refusal("Bays are planned for one year at a time. Leave out the budgets of later years.")
        return replace(self, tier="driver_home") if self.is_of_homes else self


def usual_question(atlas: Atlas, **asked: Any) -> SitingQuestion:  # noqa: ANN401
    """The question of a place where nothing else is said: its own minutes, and the five free services."""
    standards = standards_of(atlas.place_folder)
    usual = SitingQuestion(
        within_min=standard("coverage_min", standards).value,
        facilities=tuple(sorted(standard_list("five_free_services", standards).codes)),
    )
    return replace(usual, **asked).checked()


@dataclass(frozen=True)
class Years:
    """What may be spent up to the end of each year."""

    up_to_yuan: tuple[float, ...] = field(default_factory=tuple)


def years_of(question: SitingQuestion) -> Years:
    first = question.budget_yuan or 0.0
    sums, spent = [first], first
    for later in question.later_budgets_yuan:
        spent += later
        sums.append(spent)
    return Years(tuple(sums))
