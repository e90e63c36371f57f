"""Siting beside spopt, and alone where spopt cannot follow: maximal covering of random demand, and OR-Library's pmed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure, Settings
from tests.bench.measuring import Clock, TrialError, tried

# Demand, candidates, sites to open, radius in a square of side 1; demand weighs 1 to 100.
BESIDE = ((500, 100, 10, 0.15), (2_000, 400, 20, 0.1), (4_000, 500, 20, 0.1))
ALONE = (
    (10_000, 500, 20, 0.1, 60.0, "proven in 10 s"),
    (100_000, 1_000, 50, 0.05, 10.0, "within 0.5 % in 10 s"),
    (1_000_000, 1_000, 50, 0.05, 60.0, "within 1 % in 60 s, 2 GB"),
)
PMED = range(1, 41)
PMED_LIMIT_S = 150.0


def figures(settings: Settings) -> Iterator[Figure]:
    for demand, sites, number, radius in BESIDE:
        ours = tried(_ours, settings.rows(demand), sites, number, radius, 60.0)
        name = f"siting {demand:,} x {sites} x {number}"
        try:
            theirs = tried(_spopts, settings.rows(demand), sites, number, radius)
        except TrialError as fault:
            yield Figure.of(name, demand, ours, note=f"spopt: {fault}")
            continue
        note = f"ours {ours.value['covered']:.0f}, spopt {theirs.value:.0f}"
        is_met = ours.seconds * 100 <= theirs.seconds if (demand, sites) == (4_000, 500) else None
        goal = "100 times faster" if is_met is not None else ""
        yield Figure.of(name, demand, ours, peer="spopt build + solve", peer_s=theirs.seconds, goal=goal, is_met=is_met,
                        note=note)  # fmt: skip
    for demand, sites, number, radius, limit_s, goal in ALONE:
        done = tried(_ours, settings.rows(demand), sites, number, radius, limit_s)
        found = done.value
        is_met = found["is_proven"] if "proven" in goal else found["gap_pct"] <= (0.5 if "0.5" in goal else 1.0)
        note = f"gap {found['gap_pct']:.3f} %, within 1 % after {found['to_one_pct_s']} s, proven {found['is_proven']}"
        yield Figure.of(f"siting {demand:,} x {sites} x {number}", demand, done, goal=goal,
                        is_met=is_met and done.seconds <= limit_s + 5, note=note)  # fmt: skip
    folder = Path(os.environ.get("YITU_PUBLIC_DATA", "../shared/data")) / "siting/orlib_pmed"
    if folder.is_dir():
        done = tried(_pmed, str(folder), list(PMED)[: max(1, settings.rows(len(PMED)))])
        proven, met, cases, slowest = done.value
        yield Figure.of("p-median, OR-Library", cases, done, goal="all forty optima, proven", is_met=proven == met == cases,
                        note=f"{met} optima met, {proven} proven, slowest {slowest}")  # fmt: skip


def _scattered(demand: int, sites: int, radius: float) -> tuple[Any, Any]:
    import numpy as np  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415
    from scipy.spatial import cKDTree  # noqa: PLC0415

    dice = np.random.default_rng(7)
    at, site_at, weight = dice.random((demand, 2)), dice.random((sites, 2)), dice.integers(1, 101, demand)
    near = cKDTree(at).query_ball_point(site_at, radius)
    bounds = np.concatenate([[0], np.cumsum([len(one) for one in near])])
    columns = np.concatenate([np.sort(np.asarray(one, dtype=np.int64)) for one in near])
    return csr_array((np.ones(len(columns)), columns, bounds), shape=(sites, demand)), weight.astype(np.float64)


def _ours(clock: Clock, demand: int, sites: int, number: int, radius: float, limit_s: float) -> dict[str, Any]:
    from planning.siting.solver.cover_problem import CoverProblem  # noqa: PLC0415
    from planning.siting.solver.effort import Effort, Progress  # noqa: PLC0415
    from planning.siting.solver.limits import at_most_sites  # noqa: PLC0415
    from planning.siting.solver.maximal_cover import most_covered  # noqa: PLC0415

    covers, weight = _scattered(demand, sites, radius)
    to_one_pct: list[float] = []

    def told(progress: Progress) -> None:
        if not to_one_pct and progress.bound - progress.best <= 0.01 * progress.bound:
            to_one_pct.append(progress.took_s)

    with clock.running():
        answer = most_covered(CoverProblem(covers, weight, at_most_sites(number, sites)), Effort(limit_s, told=told))
    return {
        "covered": answer.covered, "gap_pct": answer.gap_pct, "is_proven": answer.is_proven,
        "to_one_pct_s": round(to_one_pct[0], 2) if to_one_pct else None,
    }  # fmt: skip


def _spopts(clock: Clock, demand: int, sites: int, number: int, radius: float) -> float:
    import pulp  # noqa: PLC0415  (of the extra bench)
    from spopt.locate import MCLP  # noqa: PLC0415

    covers, weight = _scattered(demand, sites, radius)
    apart = 2.0 - covers.toarray().T
    with clock.running():
        model = MCLP.from_cost_matrix(apart, weight, 1.0, p_facilities=number).solve(pulp.HiGHS(msg=False))
    return float(model.problem.objective.value())


def _pmed(clock: Clock, folder: str, cases: list[int]) -> tuple[int, int, int, str]:
    import time  # noqa: PLC0415

    from planning.siting.solver.effort import Effort  # noqa: PLC0415
    from planning.siting.solver.p_median import shortest_ways  # noqa: PLC0415
    from tests.planning.siting.solver.test_p_median import or_library  # noqa: PLC0415

    proven, met, slowest = 0, 0, (0.0, "")
    with clock.running():
        for case in cases:
            ways, number, optimum = or_library(Path(folder).parents[1], case)
            began = time.monotonic()
            answer = shortest_ways(ways, number, Effort(PMED_LIMIT_S))
            proven, met = proven + answer.is_proven, met + (answer.cost == optimum)
            slowest = max(slowest, (time.monotonic() - began, f"pmed{case}"))
    return proven, met, len(cases), f"{slowest[1]} {slowest[0]:.0f} s"
