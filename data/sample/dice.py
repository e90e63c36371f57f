"""Dice that fall the same way each time; every noun throws its own, so that one more shop moves no truck."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 620821

Thing = TypeVar("Thing")


def dice(stream: str) -> np.random.Generator:
    return np.random.default_rng([SEED, crc32(stream.encode())])


def pick(rng: np.random.Generator, things: Sequence[Thing], weights: Sequence[float] | None = None) -> Thing:
    if weights is None:
        return things[int(rng.integers(len(things)))]
    steps = np.cumsum(weights)
    return things[int(np.searchsorted(steps, rng.random() * steps[-1], side="right"))]


def picks(rng: np.random.Generator, things: Sequence[Thing], weights: Sequence[float], number: int) -> list[Thing]:
    """Many at once: with thousands of things their weights are added up only once."""
    steps = np.cumsum(weights)
    places = np.searchsorted(steps, rng.random(number) * steps[-1], side="right")
    return [things[place] for place in places.tolist()]


def chance(rng: np.random.Generator, share: float) -> bool:
    return bool(rng.random() < share)
