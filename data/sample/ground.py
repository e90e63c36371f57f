"""Metres and degrees for the made-up world, as exact as a made-up world needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Numbers: TypeAlias = "npt.NDArray[np.float64]"

M_PER_DEG = 111_320.0


def metres(line: Numbers) -> Numbers:
    """Degrees as metres on a plain sheet around the line's own latitude."""
    return np.asarray(line * M_PER_DEG * np.array([np.cos(np.radians(line[:, 1].mean())), 1.0]))


def lengths_m(line: Numbers) -> Numbers:
    """The length of each step of a line."""
    steps = np.diff(line, axis=0)
    east_m = steps[:, 0] * M_PER_DEG * np.cos(np.radians((line[1:, 1] + line[:-1, 1]) / 2))
    return np.asarray(np.hypot(east_m, steps[:, 1] * M_PER_DEG))


def along_m(line: Numbers) -> Numbers:
    """How far along a line each of its points lies."""
    return np.concatenate([[0.0], np.cumsum(lengths_m(line))])


def moved(lon: float, lat: float, east_m: float, north_m: float) -> tuple[float, float]:
    return (
        round(lon + east_m / (M_PER_DEG * float(np.cos(np.radians(lat)))), 6),
        round(lat + north_m / M_PER_DEG, 6),
    )


def beside(line: Numbers, offset_m: float) -> Numbers:
    """The line moved to its right by so many metres, its two ends left where they are."""
    flat = metres(line)
    ahead = np.gradient(flat, axis=0)
    ahead /= np.maximum(np.hypot(ahead[:, 0], ahead[:, 1]), 1e-9)[:, None]
    right = np.column_stack([ahead[:, 1], -ahead[:, 0]]) * offset_m
    right[[0, -1]] = 0.0
    scale = M_PER_DEG * np.array([np.cos(np.radians(line[:, 1].mean())), 1.0])
    return np.round(line + right / scale, 6)


def spot_beside(line: Numbers, at_m: float, offset_m: float) -> tuple[float, float]:
    """A position so far along a line, and so far to its right."""
    places = along_m(line)
    here = int(np.clip(np.searchsorted(places, at_m) - 1, 0, len(line) - 2))
    share = (at_m - places[here]) / max(places[here + 1] - places[here], 1e-9)
    lon, lat = line[here] + (line[here + 1] - line[here]) * share
    step = metres(line[here : here + 2])
    east_m, north_m = (step[1] - step[0]) / max(float(np.hypot(*(step[1] - step[0]))), 1e-9)
    return moved(float(lon), float(lat), north_m * offset_m, -east_m * offset_m)
