"""Visits of a browser to a page with a map: when its parts stood there, and what came over the wire."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, sync_playwright

from tests.bench.measuring import TrialError
from tests.browser.conftest import ARGUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

WATCH = Path(__file__).with_name("visit_watch.js")
OF_THE_MAP = ("/map/", "/assets/", "/component/")
# High enough that the whole map is in sight: where nobody looks, a browser draws nothing.
WINDOW = {"width": 1440, "height": 1300}
PATIENCE_MS = 90_000
# The map is finished when it has stayed so for a while: a late part would begin it anew.
FINISHED = "() => yituSeen.drawn && performance.timeOrigin + performance.now() - yituSeen.drawn > 1500"
LOADED = "() => yituSeen.loaded"


@dataclass
class Wire:
    """Bytes as they were sent, headers included and compressed where they were; nothing for what the browser kept."""

    by_address: dict[str, int] = field(default_factory=dict)
    socket_bytes: int = 0
    _addresses: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, page: Page) -> Wire:
        """Begin to weigh what a page loads, frames of its own server included."""
        wire, session = cls(), page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", wire._asked)
        session.on("Network.loadingFinished", wire._came)
        session.on("Network.webSocketFrameReceived", wire._frame_came)
        session.send("Network.enable")
        return wire

    @property
    def map_bytes(self) -> int:
        return sum(size for address, size in self.by_address.items() if urlsplit(address).path.startswith(OF_THE_MAP))

    @property
    def other_bytes(self) -> int:
        return sum(self.by_address.values()) - self.map_bytes + self.socket_bytes

    def _asked(self, told: dict[str, Any]) -> None:
        self._addresses[told["requestId"]] = told["request"]["url"]

    def _came(self, told: dict[str, Any]) -> None:
        address = self._addresses.get(told["requestId"], "")
        self.by_address[address] = self.by_address.get(address, 0) + round(told["encodedDataLength"])

    def _frame_came(self, told: dict[str, Any]) -> None:
        payload = told["response"]["payloadData"]
        is_base64 = told["response"]["opcode"] == 2
        self.socket_bytes += len(payload) * 3 // 4 if is_base64 else len(payload.encode())


@dataclass(frozen=True)
class Visit:
    """Seconds from the start of the visit; None for what the page does not have."""

    heading_s: float | None
    framed_s: float | None  # the map's frame begins to load
    begun_s: float | None  # its scripts have begun the map
    drawn_s: float
    map_bytes: int
    other_bytes: int

    @property
    def map_s(self) -> float:
        """From the heading, where there is one, to the finished map."""
        return self.drawn_s - (self.heading_s or 0.0)


@contextmanager
def browsing() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if executable is None:
        raise TrialError("no Chromium on the PATH")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        try:
            yield browser
        except Error as fault:
            raise TrialError(str(fault)[:300]) from fault
        finally:
            browser.close()


@contextmanager
def new_visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor whose browser has kept nothing yet."""
    context = browser.new_context(viewport=WINDOW)  # type: ignore[arg-type]  # a plain dictionary
    context.add_init_script(path=WATCH)
    context.set_default_timeout(PATIENCE_MS)
    try:
        yield context
    finally:
        context.close()


def visit(visitor: BrowserContext, address: str, *, is_plain: bool = False) -> Visit:
    """Open a page and stay until its map is finished; a plain page is so once it is loaded."""
    page = visitor.new_page()
    wire = Wire.of(page)
    page.goto(address, wait_until="commit")
    page.wait_for_function(LOADED if is_plain else FINISHED)
    seen = page.evaluate("() => yituSeen")
    page.close()

    def since_start(moment: str) -> float | None:
        return (seen[moment] - seen["started"]) / 1000 if seen.get(moment) else None

    drawn_s = since_start("loaded" if is_plain else "drawn")
    heading_s = None if is_plain else since_start("heading")
    return Visit(
        heading_s, since_start("framed"), since_start("begun"), drawn_s or 0.0, wire.map_bytes, wire.other_bytes
    )
