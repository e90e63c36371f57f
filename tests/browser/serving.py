"""The dashboard served for real, and a page that writes down whatever goes wrong."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import urlsplit

from dashboard.place import PLACE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import ConsoleMessage, Dialog, Page

ROOT = Path(__file__).parent.parent.parent
START_S = 90  # a busy machine takes its time
SEEKING = re.compile(r"/[a-z_]+/_stcore/(health|host-config)$")


@dataclass
class Watched:
    """A page, and what it asked for and complained of."""

    page: Page
    hosts: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)

    def assert_quiet(self) -> None:
        assert self.hosts <= {"127.0.0.1"}
        assert self.complaints == []


@contextmanager
def serving(place: Path, app: Path = ROOT / "dashboard" / "app.py") -> Iterator[str]:
    """The dashboard of a place, or another app, on a free port of this machine; its address."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(app), f"--server.port={port}"]
    environment = {**os.environ, PLACE_VARIABLE: str(place), "PYTHONPATH": str(ROOT)}
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_until_up(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def wait_until_up(address: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server has stopped"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2) as answer:  # noqa: S310
                if answer.status == 200:
                    return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(address)


def watch(watched: Watched) -> None:
    page, complaints = watched.page, watched.complaints

    def asked(url: str) -> None:
        host = urlsplit(url).hostname
        if host:
            watched.hosts.add(host)

    def dismissed(dialog: Dialog) -> None:
        complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("request", lambda request: asked(request.url))
    page.on("websocket", lambda websocket: asked(websocket.url))

    def said(message: ConsoleMessage) -> None:
        # Opened below the root, Streamlit looks for its server there first.
        if message.type == "error" and not SEEKING.search(message.location["url"]):
            complaints.append(message.text)

    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", dismissed)
