"""The worst-off first: no longest way longer than it must be, then as few as possible near it, and so on down."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array, eye_array, hstack, vstack

from planning.siting.solver.core import core_of
from planning.siting.solver.cover_problem import CoverProblem, near_enough
from planning.siting.solver.effort import Effort
from planning.siting.solver.limits import Indices, Numbers
from planning.siting.solver.maximal_cover import most_covered
from planning.siting.solver.program import Program, minimised


@dataclass(frozen=True)
class WorstOff:
    """For each step of minutes, longest first, how much is reached within it, and whether more is impossible."""

    chosen: Indices
    within: tuple[float, ...]
    reached: tuple[float, ...]
    is_proven: bool
    was_cut: bool
    took_s: float


def worst_off_first(
    problem: CoverProblem, minutes: csr_array, steps: tuple[float, ...], effort: Effort | None = None
) -> WorstOff:
    """`minutes` holds the way from each site to each demand that is reached at all; `problem.covers` is not read.

    At each step as much as can be is brought within so many minutes, without giving up anything at a longer one.
    """
    effort = effort or Effort()
    kept: list[tuple[CoverProblem, float]] = []
    chosen, is_proven = np.zeros(0, dtype=np.int64), True
    reached = []
    for within in sorted(steps, reverse=True):
        asked = replace(problem, covers=near_enough(minutes, within))
        if not kept:
            first = most_covered(asked, effort)
            chosen, is_proven = first.chosen, first.is_proven
        elif not effort.is_over():
            better, proven = _more_at(asked, kept, chosen, effort)
            chosen, is_proven = better, is_proven and proven
        else:
            is_proven = False
        kept.append((asked, _reached(asked, chosen)))
        reached.append(kept[-1][1])
    return WorstOff(chosen, tuple(sorted(steps, reverse=True)), tuple(reached), is_proven, effort.was_cut,
                    effort.took_s)  # fmt: skip


def _reached(asked: CoverProblem, chosen: Indices) -> float:
    is_open = np.zeros(asked.sites)
    is_open[chosen] = 1.0
    return float(asked.weight[(asked.covers.T @ is_open) > 0].sum())


def _more_at(
    asked: CoverProblem, kept: list[tuple[CoverProblem, float]], chosen: Indices, effort: Effort
) -> tuple[Indices, bool]:
    """The most within the shorter way, where the longer ones keep what they have; each step has its own demand."""
    cores = [core_of(one) for one in (asked, *(before for before, _ in kept))]
    blocks: list[csr_array] = []
    least: dict[int, float] = {}
    width = sum(len(core.weight) for core in cores)
    at, cost = 0, np.zeros(asked.sites + width)
    for place, core in enumerate(cores):
        demand = len(core.weight)
        covers = csr_array((core.by_demand.data, core.sites[core.by_demand.indices], core.by_demand.indptr),
                           shape=(demand, asked.sites))  # fmt: skip
        blocks.append(hstack([-covers, csr_array((demand, at)), eye_array(demand),
                              csr_array((demand, width - at - demand))]))  # fmt: skip
        if place == 0:
            cost[asked.sites : asked.sites + demand] = -core.weight
        else:
            row = np.zeros((1, asked.sites + width))
            row[0, asked.sites + at : asked.sites + at + demand] = core.weight
            blocks.append(csr_array(row))
            least[len(blocks) - 1] = kept[place - 1][1] - core.base
        at += demand
    return _solved(asked, blocks, least, cost, chosen, effort)


def _solved(
    asked: CoverProblem,
    blocks: list[csr_array],
    least: dict[int, float],
    cost: Numbers,
    chosen: Indices,
    effort: Effort,
) -> tuple[Indices, bool]:
    limits = asked.limits
    lower: list[Numbers] = []
    upper: list[Numbers] = []
    for place, block in enumerate(blocks):
        kept = place in least
        lower.append(np.full(block.shape[0], least[place] - 1e-6) if kept else np.full(block.shape[0], -np.inf))
        upper.append(np.full(block.shape[0], np.inf) if kept else np.zeros(block.shape[0]))
    width = len(cost) - asked.sites
    hands = np.zeros((2, asked.sites))
    hands[0, asked.required], hands[1, asked.forbidden] = 1.0, 1.0
    rows = vstack([*blocks, hstack([limits.use, csr_array((limits.use.shape[0], width))]),
                   hstack([csr_array(hands), csr_array((2, width))])], format="csr")  # fmt: skip
    lower += [np.full(len(limits.at_most), -np.inf), np.array([float(len(asked.required)), -np.inf])]
    upper += [limits.at_most, np.array([np.inf, 0.0])]
    step = asked.step if asked.step == 1.0 else asked.whole * 1e-7
    program = Program(cost, csr_array(rows), np.concatenate(lower), np.concatenate(upper), asked.sites, step)
    found = minimised(program, effort)
    if found.columns is None:
        return chosen, False
    return np.flatnonzero(found.columns[: asked.sites] > 0.5), found.is_proven
