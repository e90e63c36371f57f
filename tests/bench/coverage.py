"""Times the searches of coverage beside pandana, igraph and networkx, how they grow, and a round of what if.

The peers are in the extra `bench`: `pip install -c requirements.lock -e '.[bench]'`. Where one is absent its line says
so. networkx does a share of the work and its time is scaled up: of the nearest stations on a tenth of the network, of
the sets those of some candidates; so does igraph for the sets.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

from tests.bench import search_peers, what_if
from tests.bench.figure import Figure, Settings
from tests.bench.measuring import median_tried, tried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.bench.measuring import Trial

NODES = 200_000
STATIONS, CANDIDATES = 200, 2_000
WITHIN_MIN = 12.3  # about 1.5 million pairs
GOAL_TIMES, GOAL_S = 20.0, 1.0
SMALLER = 10  # networkx's network
SOME = 20  # candidates of igraph and networkx
SIZES = (10_000, 31_623, 100_000, 316_228, 1_000_000)
CLOSE = 5e-3  # pandana cuts the minutes of each edge down to thousandths, so it finds a little more


def figures(settings: Settings) -> Iterator[Figure]:
    nodes = settings.rows(NODES)
    yield from _nearest(nodes)
    yield from _sets(nodes, settings.rows(CANDIDATES))
    yield from _growth(settings)
    yield from what_if.figures(settings)


def _nearest(nodes: int) -> Iterator[Figure]:
    ours = median_tried(search_peers.nearest_by_yitu, nodes, STATIONS)
    yield from _beside(
        f"nearest of {STATIONS} stations", ours, "pandana", search_peers.nearest_by_pandana, (nodes, STATIONS),
        goal=f"{GOAL_TIMES:g} × pandana", is_met=lambda peer_s: peer_s >= GOAL_TIMES * ours.seconds,
    )  # fmt: skip
    yield from _beside("the same", ours, "igraph", search_peers.nearest_by_igraph, (nodes, STATIONS))
    yield from _beside(
        "the same", ours, "networkx", search_peers.nearest_by_networkx,
        (nodes // SMALLER, STATIONS // SMALLER), times=float(SMALLER),
    )  # fmt: skip


def _sets(nodes: int, candidates: int) -> Iterator[Figure]:
    ours = median_tried(search_peers.sets_by_yitu, nodes, candidates, WITHIN_MIN)
    given = (nodes, candidates, WITHIN_MIN)
    yield from _beside(
        f"sets of {candidates:,} candidates", ours, "pandana", search_peers.sets_by_pandana, given,
        goal=f"{GOAL_S:g} s", is_met=lambda _: ours.seconds <= GOAL_S,
    )  # fmt: skip
    some = min(SOME, candidates)
    for peer, work in (("igraph", search_peers.sets_by_igraph), ("networkx", search_peers.sets_by_networkx)):
        yield from _beside("the same", ours, peer, work, (*given, some), times=candidates / some)


def _beside(
    name: str,
    ours: Trial,
    peer: str,
    work: Callable[..., dict[str, Any]],
    given: tuple[float, ...],
    *,
    times: float = 1.0,
    goal: str = "",
    is_met: Callable[[float], bool] | None = None,
) -> Iterator[Figure]:
    """Our figure beside one peer's; a share of the work is scaled up and said to be."""
    told = ours.value
    note = f"{told['nodes']:,} nodes, {told['edges']:,} edges"
    if find_spec(peer) is None:
        note += f"; {peer} is not installed: pip install -c requirements.lock -e '.[bench]'"
        yield Figure.of(name, told["count"], ours, goal=goal, is_met=None, note=note)
        return
    theirs = tried(work, *given)
    peer_s = theirs.seconds * times
    note += f"; {peer} took {theirs.value['ready_s']:.1f} s to be made ready, not counted"
    note += f", and {theirs.cpu_s or 0:.2f} s of the processors"
    if times == 1:
        is_same = all(np.isclose(told[one], theirs.value[one], rtol=CLOSE) for one in ("count", "cost"))
        note += ", with the same answer" if is_same else f", with ANOTHER answer: {theirs.value['count']:,}"
    else:
        note += f"; it did 1/{times:g} of the work in {theirs.seconds:.2f} s, which is scaled up"
    is_good = None if is_met is None else is_met(peer_s)
    yield Figure.of(name, told["count"], ours, peer=peer, peer_s=peer_s, goal=goal, is_met=is_good, note=note)


def _growth(settings: Settings) -> Iterator[Figure]:
    """The exponent: 1 where twice the nodes take twice the time. By processor time, which a busy machine blurs less."""
    sizes = [settings.rows(size) for size in SIZES]
    for name, work in (("nearest", _nearest_of_size), ("sets", _sets_of_size)):
        trials = [work(size) for size in sizes]
        took = [trial.cpu_s or trial.seconds for trial in trials]
        exponent = float(np.polyfit(np.log([trial.value["nodes"] for trial in trials]), np.log(took), 1)[0])
        each = ", ".join(f"{trial.value['nodes']:,}: {one:.3f} s" for trial, one in zip(trials, took, strict=True))
        yield Figure.of(
            f"growth of {name}, the largest", trials[-1].value["nodes"], trials[-1],
            note=f"grows with nodes to the power of {exponent:.2f} (processor time: {each})",
        )  # fmt: skip


def _nearest_of_size(nodes: int) -> Trial:
    return tried(search_peers.nearest_by_yitu, nodes, max(1, nodes // 1000))


def _sets_of_size(nodes: int) -> Trial:
    return tried(search_peers.sets_by_yitu, nodes, max(1, nodes // 100), WITHIN_MIN)
