"""Classes of values for maps: a few ranges between round numbers, each with a colour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Indices: TypeAlias = "np.ndarray[Any, np.dtype[np.uint8]]"

OUTSIDE, UNKNOWN, ZERO, FIRST = range(4)  # what an index stands for; the classes count up from FIRST

# What may stand before the zeros of a break, the roundest first.
_ROUND: tuple[tuple[float, ...], ...] = ((1, 2, 5, 10), (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10))
# Where values lie close together: breaks at whole steps of such a size.
_STEPS = tuple(f"{part}e{power}" for power in range(0, -4, -1) for part in (5, 2, 1))


@dataclass(frozen=True)
class Classes:
    """Values from one break up to the next share a colour; nothing at all and unknown have their own."""

    breaks: tuple[float, ...]
    colours: tuple[str, ...]  # one for each class, from the least values up
    zero_colour: str
    unknown_colour: str

    def __post_init__(self) -> None:
        if len(self.colours) != len(self.breaks) + 1:
            raise ValueError(self.colours)

    def index(self, values: npt.ArrayLike) -> Indices:
        """The class of each value: UNKNOWN for what is not a number, ZERO for none, FIRST and up for the others."""
        numbers = np.asarray(values)
        found = np.searchsorted(np.array(self.breaks, dtype=numbers.dtype), numbers, side="right") + FIRST
        found[numbers <= 0] = ZERO
        found[np.isnan(numbers)] = UNKNOWN
        return found.astype(np.uint8)

    def ranges(self) -> tuple[tuple[float | None, float | None, str], ...]:
        """From, up to but not with, and colour of each class; the first begins above 0 and the last has no end."""
        return tuple(zip((None, *self.breaks), (*self.breaks, None), self.colours, strict=True))


def class_breaks(values: npt.ArrayLike, count: int = 5) -> tuple[float, ...]:
    """At most `count` - 1 rising round numbers that part the positive values into classes of like size."""
    numbers = np.asarray(values, dtype=np.float64).ravel()
    positive = np.sort(numbers[np.isfinite(numbers) & (numbers > 0)])
    if positive.size == 0:
        return ()
    wanted = np.quantile(positive, np.arange(1, count) / count)
    spread = _power_of(float(positive[-1] - positive[0]))
    tried = [_filled({_nearest(float(one), parts) for one in wanted}, positive) for parts in _ROUND]
    tried += [_filled({_at_step(float(one), float(step) * spread) for one in wanted}, positive) for step in _STEPS]
    # The first of the longest: rounder ones are tried first.
    return max(tried, key=len)


def _filled(candidates: set[float], positive: npt.NDArray[np.float64]) -> tuple[float, ...]:
    """The candidates, without those that would make an empty class; the values are sorted."""
    breaks: list[float] = []
    counted = 0
    for one in sorted(candidates):
        below = int(np.searchsorted(positive, one))
        if counted < below < len(positive):
            breaks.append(one)
            counted = below
    return tuple(breaks)


def _nearest(value: float, parts: tuple[float, ...]) -> float:
    power = math.floor(math.log10(value))
    # Decimal text gives 0.3 where a product would give 0.30000000000000004.
    candidates = [float(f"{part:g}e{power}") for part in parts]
    return min(candidates, key=lambda candidate: abs(math.log(candidate / value)))


def _at_step(value: float, step: float) -> float:
    return float(f"{round(value / step) * step:.12g}") if step > 0 else value


def _power_of(value: float) -> float:
    """The ten, hundred, tenth … that a value is made of."""
    return float(f"1e{math.floor(math.log10(value))}") if value > 0 else 0.0
