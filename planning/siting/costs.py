"""What it costs to make a station of a place: by action, tier and what is missing, from the standards of the place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from planning.services.item_lists import price_yuan
from planning.standards import standard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planning.standards import Standards

Action: TypeAlias = Literal["upgrade", "extend", "convert", "equip", "build"]
_BY_TIER = ("build", "convert")


def cost_yuan(action: Action, tier: str, missing: Iterable[str], standards: Standards | None = None) -> float:
    """The action and each facility that is not there yet; a new building brings the usual ones along."""
    return standard(base_name(action, tier), standards).value + sum(facility_yuan(one, standards) for one in missing)


def facility_yuan(facility: str, standards: Standards | None = None) -> float:
    """The price of the item; what money does not buy costs nothing here."""
    return price_yuan(facility, standards) or 0.0


def base_name(action: Action, tier: str) -> str:
    """The standard of an action beside the facilities."""
    return f"cost_{action}_{tier}_yuan" if action in _BY_TIER else f"cost_{action}_yuan"
