"""The sample county from the command line, and how long a browser waits for its first heading."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench.figure import Figure, Settings
from tests.bench.measuring import Clock, median_tried, peak_mb, tried
from tests.browser.conftest import ARGUMENTS
from tests.browser.serving import ROOT, free_port, serving, wait_until_up

SAMPLE = ROOT / "data" / "sample"
IMPORTS = "from etl.engine import open_database; import etl.build; open_database()"
PAGE = "import streamlit as st\nst.title('x')\n"
HEADING_MS = 60_000


def figures(settings: Settings) -> Iterator[Figure]:
    place = settings.folder / "place"
    shutil.copytree(SAMPLE, place, ignore=shutil.ignore_patterns("snapshots", "*.py", "__pycache__"))
    first = tried(_run, ("-m", "yitu", "build", str(place)))
    built = median_tried(_run, ("-m", "yitu", "build", str(place)))
    imports = median_tried(_run, ("-c", IMPORTS))
    note = f"the first build took {first.seconds:.1f} s"
    yield Figure.of("sample, yitu build", None, built, peer="imports alone", peer_s=imports.seconds, note=note)
    executable = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if executable is None:
        yield Figure("sample, first heading", None, None, note="no Chromium on the PATH, not measured")
        return
    bare = settings.folder / "bare.py"
    bare.write_text(PAGE, "utf-8")
    bare_page = median_tried(_first_heading, executable, place, bare)
    page = median_tried(_first_heading, executable, place, None)
    note = f"health answers after {page.value:.1f} s"
    peer = "a page of one title"
    yield Figure.of("sample, first heading", None, page, peer=peer, peer_s=bare_page.seconds, note=note)


def _run(clock: Clock, arguments: tuple[str, ...]) -> None:
    with clock.running():
        subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, capture_output=True)


def _first_heading(clock: Clock, executable: str, place: Path, bare: Path | None) -> float:
    """Serve and look; gives when the server first answered."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        page = browser.new_page()
        with clock.running():
            started = time.monotonic()
            with serving(place) if bare is None else _serving_bare(bare) as address:
                health_s = time.monotonic() - started
                page.goto(address)
                page.get_by_role("heading", level=1).first.wait_for(timeout=HEADING_MS)
                clock.stop(_server_peak_mb(urlsplit(address).port))
        browser.close()
    return health_s


@contextmanager
def _serving_bare(script: Path) -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_until_up(f"http://127.0.0.1:{port}", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _server_peak_mb(port: int | None) -> float | None:
    """The most memory of the server; its number is found by its port, where the system shows such things."""
    for shown in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            if f"--server.port={port}".encode() in shown.read_bytes():
                return peak_mb(shown.parent.name)
    return None
