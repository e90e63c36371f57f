"""How long a visitor waits for the map, and how much comes over the wire: a million cells, and the sample place.

Each run serves the place anew and looks three times: first, with a browser that has kept nothing and a server that
has just started; again, with the same browser; and another, with a second browser that has kept nothing.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from statistics import median
from typing import TYPE_CHECKING

from tests.bench.figure import Figure, Settings
from tests.bench.measuring import Clock, Trial, tried
from tests.bench.plain_folium import PAGE, serving_folder, write_plain_page
from tests.bench.visits import Visit, browsing, new_visitor, visit
from tests.browser.serving import ROOT, serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

CELLS, ROADS, SHOPS = 1_000_000, 20_000, 30_000
PLAIN_CELLS = 10_000  # more take folium half a minute, and a million 332 MB
RUNS = 5
GOAL_S, GOAL_KB = 2.0, 600
ASKED = "/?layers=stations,cells"
SAMPLE = ROOT / "data" / "sample"


def figures(settings: Settings) -> Iterator[Figure]:
    """A line for each place and each way to come to it."""
    runs = max(1, round(RUNS * settings.scale))
    large, cells = settings.folder / "large", settings.rows(CELLS)
    sample = settings.folder / "sample"
    tried(_publish, large, cells, settings.rows(ROADS), settings.rows(SHOPS))
    tried(_build_sample, sample)
    plain = settings.folder / "plain"
    written = tried(write_plain_page, large, plain, min(cells, PLAIN_CELLS))
    with browsing() as browser:
        peer = _plain_visits(browser, plain, runs)
        yield _plain_figure(written, peer)
        for name, place in ((f"{cells:,} cells", large), ("the sample", sample)):
            seen = [_run(browser, place) for _ in range(runs)]
            for way in seen[0]:
                yield _figure(f"map of {name}, {way}", [run[way] for run in seen], peer)


def _run(browser: Browser, place: Path) -> dict[str, Visit]:
    with serving(place) as address:
        with new_visitor(browser) as visitor:
            first, again = visit(visitor, address + ASKED), visit(visitor, address + ASKED)
        with new_visitor(browser) as visitor:
            another = visit(visitor, address + ASKED)
    return {"first visit": first, "again": again, "another browser": another}


def _plain_visits(browser: Browser, folder: Path, runs: int) -> list[Visit]:
    seen = []
    with serving_folder(folder) as address:
        for _ in range(runs):
            with new_visitor(browser) as visitor:
                seen.append(visit(visitor, f"{address}/{PAGE}", is_plain=True))
    return seen


def _plain_figure(written: Trial, seen: Sequence[Visit]) -> Figure:
    size_kb = median(one.map_bytes for one in seen) / 1000
    note = f"drawn from a page that is there: least {min(one.map_s for one in seen):.2f} s, {size_kb:,.0f} KB"
    note += f"; written in {written.seconds:.1f} s"
    return Figure("map, folium alone", written.value, median(one.map_s for one in seen), note=note)


def _figure(name: str, seen: Sequence[Visit], peer: Sequence[Visit]) -> Figure:
    """Our time counts from the heading and the peer's, which has none, from its start: the note has both from there."""
    wait_s, size_kb = median(one.map_s for one in seen), median(one.map_bytes for one in seen) / 1000
    plain_kb = median(one.map_bytes for one in peer) / 1000
    whole = median(one.drawn_s for one in seen) / median(one.drawn_s for one in peer)
    note = (
        f"from the heading on, least {min(one.map_s for one in seen):.2f} s, most {max(one.map_s for one in seen):.2f}; "
        f"heading after {_middle(seen, 'heading_s')}, map's frame {_middle(seen, 'framed_s')}, "
        f"begun {_middle(seen, 'begun_s')}, drawn {_middle(seen, 'drawn_s')} s "
        f"({whole:.2f} of folium alone, Streamlit included); "
        f"map {size_kb:,.0f} KB ({size_kb / plain_kb:.2f} of folium alone), "
        f"Streamlit {median(one.other_bytes for one in seen) / 1000:,.0f} KB"
    )
    return Figure(
        name,
        None,
        wait_s,
        peer=f"folium alone, {PLAIN_CELLS:,} cells",
        peer_s=median(one.map_s for one in peer),
        goal=f"{GOAL_S:g} s, {GOAL_KB} KB",
        is_met=wait_s <= GOAL_S and size_kb <= GOAL_KB,
        note=note,
    )


def _middle(seen: Sequence[Visit], moment: str) -> str:
    known = [found for found in (getattr(one, moment) for one in seen) if found is not None]
    return f"{median(known):.2f}" if known else "-"


def _publish(clock: Clock, folder: Path, cells: int, roads: int, shops: int) -> None:
    from tests.bench.large_map import publish_large_map  # noqa: PLC0415

    with clock.running():
        publish_large_map(folder, cells, roads, shops)


def _build_sample(clock: Clock, place: Path) -> None:
    shutil.copytree(SAMPLE, place, ignore=shutil.ignore_patterns("snapshots", "*.py", "__pycache__"))
    with clock.running():
        subprocess.run([sys.executable, "-m", "yitu", "build", str(place)], cwd=ROOT, check=True, capture_output=True)
