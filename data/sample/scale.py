"""How large an example is made: the committed county, or more of the same for measuring speed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Scale:
    """The counts that an example is made with."""

    name: str
    division: str
    pings: int
    days: int
    shops: int
    requests: int
    drivers: int
    incidents: int
    towns_per_county: int


FIRST_DAY = datetime(2026, 3, 2)  # noqa: DTZ001 - offices write the time on the wall
RECEIVED_ON = "2026-03-20"

SCALES = {
    "county": Scale("county", "620821", 585_000, 14, 220, 400, 900, 120, 14),
    "province": Scale("province", "620000", 20_000_000, 14, 8_000, 20_000, 60_000, 5_000, 8),
    "country": Scale("country", "100000", 200_000_000, 14, 60_000, 100_000, 300_000, 40_000, 4),
}
