"""Damaged files of every kind: each ends in tables or in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure, Settings
from tests.bench.measuring import Clock, tried

MUTATIONS = 10_000


def figures(settings: Settings) -> Iterator[Figure]:
    mutations = settings.rows(MUTATIONS)
    trial = tried(_damage, settings.folder, mutations)
    total = sum((Counter(counts) for counts in trial.value["kinds"].values()), Counter[str]())
    note = ", ".join(f"{name} {total[name]:,}" for name in ("tables", "refusals", "slow", "crashes"))
    note += "".join(f"\n  {worst}" for worst in trial.value["worst"])
    is_met = not total["crashes"]
    yield Figure.of("fuzz, mutations", mutations, trial, goal="0 crashes", is_met=is_met, note=note)


def _damage(clock: Clock, folder: Path, mutations: int) -> dict[str, Any]:
    from tests.bench.reader_fuzz import campaign  # noqa: PLC0415

    with clock.running():
        report = campaign(folder, mutations, seed=1)
    return {"kinds": {kind: dict(counts) for kind, counts in report["kinds"].items()}, "worst": report["worst"]}
