"""The spreading once more, cell by cell and grid by grid, with no thought for speed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import shapely

Key: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Square:
    """A rectangular grid, in metres."""

    grid_id: str
    parent_id: str | None
    drivers: int | None
    people: int | None
    bounds_m: tuple[float, float, float, float]


@dataclass(frozen=True)
class Village:
    x_m: float
    y_m: float
    people: int | None

    def is_in(self, square: Square) -> bool:
        return shapely.box(*square.bounds_m).intersects(shapely.Point(self.x_m, self.y_m))


@dataclass(frozen=True)
class Expected:
    area_km2: float
    drivers: float | None
    is_drivers_partly_unknown: bool
    people: float | None
    is_people_partly_unknown: bool


class BruteForce:
    def __init__(
        self, place_m: tuple[float, float, float, float], squares: list[Square], villages: list[Village], side_m: float
    ) -> None:
        self.squares, self.villages, self.side_m = squares, villages, side_m
        self.leaves = [one for one in squares if not any(other.parent_id == one.grid_id for other in squares)]
        place = shapely.box(*place_m)
        inside = {key: self.box(key).intersection(place).area / 1e6 for key in product(range(-9, 9), range(-9, 9))}
        self.cells = {key: area_km2 for key, area_km2 in inside.items() if area_km2 > 1e-5}

    def box(self, key: Key) -> shapely.Polygon:
        west, south = key[0] * self.side_m, key[1] * self.side_m
        return shapely.box(west, south, west + self.side_m, south + self.side_m)

    def key(self, village: Village) -> Key:
        return int(village.x_m // self.side_m), int(village.y_m // self.side_m)

    def portions(self, amount: int, leaves: list[Square]) -> dict[Key, float]:
        """What each cell gets of a number known for these leaves."""
        areas = dict.fromkeys(self.cells, 0.0)
        for key, leaf in product(self.cells, leaves):
            areas[key] += self.box(key).intersection(shapely.box(*leaf.bounds_m)).area
        homes = dict.fromkeys(self.cells, 0.0)
        for village in self.villages:
            if self.key(village) in homes and any(village.is_in(leaf) for leaf in leaves):
                homes[self.key(village)] += village.people or 0
        weights = homes if sum(homes.values()) > 0 else areas
        total = sum(weights.values())
        return {key: amount * weights[key] / total for key in self.cells if areas[key] > 0 and total > 0}

    def driver_portions(self) -> tuple[list[dict[Key, float]], set[str]]:
        """What is spread, and the leaves that stay unknown."""
        portions = [self.portions(one.drivers, [one]) for one in self.leaves if one.drivers is not None]
        unknown = {one.grid_id for one in self.leaves if one.drivers is None}
        for whole in self.squares:
            if whole in self.leaves or whole.drivers is None:
                continue
            remainder, takers = whole.drivers, list[Square]()
            ahead = [one for one in self.squares if one.parent_id == whole.grid_id]
            for one in ahead:
                if one.drivers is not None:
                    remainder -= one.drivers
                elif one in self.leaves:
                    takers.append(one)
                else:
                    ahead += [other for other in self.squares if other.parent_id == one.grid_id]
            if remainder >= 0 and takers:
                portions.append(self.portions(remainder, takers))
                unknown -= {one.grid_id for one in takers}
        return portions, unknown

    def expected(self) -> dict[Key, Expected]:
        drivers, unknown = self.driver_portions()
        counting = [one for one in self.leaves if one.people is not None]
        people = [self.portions(one.people, [one]) for one in counting if one.people is not None]
        people += [
            {self.key(village): village.people}
            for village in self.villages
            if village.people is not None and not any(village.is_in(one) for one in counting)
        ]
        return {
            key: Expected(
                area_km2,
                _total(key, drivers),
                any(one.grid_id in unknown and self.touches(key, one) for one in self.leaves),
                _total(key, people),
                any(village.people is None and self.key(village) == key for village in self.villages),
            )
            for key, area_km2 in self.cells.items()
        }

    def touches(self, key: Key, square: Square) -> bool:
        return bool(self.box(key).intersection(shapely.box(*square.bounds_m)).area > 1)


def _total(key: Key, portions: list[dict[Key, float]]) -> float | None:
    known = [portion[key] for portion in portions if key in portion]
    return sum(known) if known else None
