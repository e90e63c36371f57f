"""An ASGI app served for real on a free port, and plain questions to it."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from starlette.types import ASGIApp


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass(frozen=True)
class Served:
    port: int

    def ask(self, path: str, headers: Sequence[tuple[str, str]] = (), method: str = "GET") -> Answer:
        """One request, sent as it stands; the Host is 127.0.0.1 unless the headers name one."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        named = {name.lower() for name, _ in headers}
        connection.putrequest(method, path, skip_host="host" in named)
        for name, value in headers:
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        lower = {name.lower(): value for name, value in answer.getheaders()}
        body = b"" if answer.status == 101 else answer.read()
        connection.close()
        return Answer(answer.status, lower, body)

    def ask_for_websocket(self, path: str, headers: Sequence[tuple[str, str]] = ()) -> int:
        """The status that a request to open a WebSocket gets; 101 is yes."""
        wanted = [("Connection", "Upgrade"), ("Upgrade", "websocket"), ("Sec-WebSocket-Version", "13")]
        return self.ask(path, [*headers, *wanted, ("Sec-WebSocket-Key", "YWFhYWFhYWFhYWFhYWFhYQ==")]).status


@contextmanager
def serving_app(app: ASGIApp) -> Iterator[Served]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        deadline = time.monotonic() + 10
        while not server.started and time.monotonic() < deadline:
            time.sleep(0.01)
        try:
            yield Served(listening.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(timeout=10)
