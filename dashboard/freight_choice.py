"""What freight heat is asked for on a page, and how addresses say it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from planning.freight_heat import CARGOES, DAY_KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planning.freight_heat import Cargo, DayKind


@dataclass(frozen=True)
class FreightChoice:
    """On which days, and which trucks; the hour is chosen in the browser."""

    day_kind: DayKind = "all"
    cargo: Cargo = "all"

    def parameters(self) -> dict[str, str]:
        """As the addresses of tiles and files say it."""
        return {"day": self.day_kind, "cargo": self.cargo}

    @classmethod
    def read(cls, told: Mapping[str, str]) -> Self | None:
        """What an address says; None where it says what cannot be."""
        day, cargo = told.get("day") or "all", told.get("cargo") or "all"
        if day not in DAY_KINDS or cargo not in CARGOES:
            return None
        return cls(day, cargo)
