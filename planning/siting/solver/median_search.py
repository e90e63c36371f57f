"""Good p-medians quickly: the best exchange of one site for another, found for all pairs at once."""

from __future__ import annotations

import numpy as np

from planning.siting.solver.effort import Effort
from planning.siting.solver.limits import Indices, Numbers

_SHAKEN = (2, 6)


def spread(ways: Numbers, number: int) -> Indices:
    """Site after site, each time the one that shortens the sum most."""
    nearest = np.full(len(ways), np.inf)
    chosen: list[int] = []
    for _ in range(number):
        sums = np.minimum(ways, nearest[:, None]).sum(axis=0)
        sums[chosen] = np.inf
        chosen.append(int(sums.argmin()))
        nearest = np.minimum(nearest, ways[:, chosen[-1]])
    return np.array(chosen, dtype=np.int64)


def improved(
    ways: Numbers, chosen: Indices, shakes: int, dice: np.random.Generator, effort: Effort
) -> tuple[Indices, float]:
    """Exchange until nothing helps; then shake some sites and exchange again, so many times."""
    best = _exchanged(ways, chosen, effort)
    for _ in range(shakes):
        if effort.is_over() or len(best) >= ways.shape[1]:
            break
        others = np.setdiff1d(np.arange(ways.shape[1]), best)
        shaken = min(int(dice.integers(*_SHAKEN)), len(best), len(others))
        trial = best.copy()
        trial[dice.choice(len(best), shaken, replace=False)] = dice.choice(others, shaken, replace=False)
        trial = _exchanged(ways, trial, effort)
        if _sum(ways, trial) < _sum(ways, best):
            best = trial
    return best, _sum(ways, best)


def _sum(ways: Numbers, chosen: Indices) -> float:
    return float(ways[:, chosen].min(axis=1).sum())


def _exchanged(ways: Numbers, chosen: Indices, effort: Effort) -> Indices:
    """The best exchange of all pairs, again and again (Whitaker's fast interchange)."""
    chosen = chosen.copy()
    while not effort.stop.is_set():
        own = ways[:, chosen]
        places = np.argsort(own, axis=1, kind="stable")[:, :2]
        first = np.take_along_axis(own, places[:, :1], axis=1).ravel()
        second = (
            np.take_along_axis(own, places[:, 1:2], axis=1).ravel() if len(chosen) > 1 else np.full(len(own), 1e300)
        )
        # Opening j gains where j is nearer than the nearest; closing i loses where i is nearest, up to j or the second.
        gain = np.maximum(first[:, None] - ways, 0.0).sum(axis=0)
        lost = np.maximum(np.minimum(second[:, None], ways) - first[:, None], 0.0)
        losses = np.zeros((len(chosen), ways.shape[1]))
        order = np.argsort(places[:, 0], kind="stable")
        begins = np.flatnonzero(np.diff(places[order, 0], prepend=-1))
        if len(begins):
            losses[places[order[begins], 0]] = np.add.reduceat(lost[order], begins, axis=0)
        better = gain[None, :] - losses
        better[:, chosen] = -np.inf
        out, into = divmod(int(better.argmax()), ways.shape[1])
        if better[out, into] <= 1e-9 * max(abs(float(first.sum())), 1.0):
            return chosen
        chosen[out] = into
    return chosen
