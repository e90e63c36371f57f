"""Answers that leave at once.

Streamlit opens its port without saying that it speaks TCP, so Python leaves the system's habit of holding small
packets back: each answer comes 40 ms late, and a page with its map asks for a hundred.
"""

from __future__ import annotations

import asyncio
import socket
from contextlib import suppress
from functools import cache, wraps
from typing import TYPE_CHECKING

from uvicorn.protocols.http.auto import AutoHTTPProtocol

if TYPE_CHECKING:
    from collections.abc import Callable


@cache
def answer_promptly() -> None:
    """Of each connection from now on; harmless when called again."""
    AutoHTTPProtocol.connection_made = _without_delay(  # type: ignore[method-assign]
        AutoHTTPProtocol.connection_made
    )


def _without_delay(begin: Callable[..., None]) -> Callable[..., None]:
    @wraps(begin)
    def begun(connection: asyncio.Protocol, transport: asyncio.Transport) -> None:
        opened = transport.get_extra_info("socket")
        if opened is not None and opened.family in {socket.AF_INET, socket.AF_INET6}:
            with suppress(OSError):  # it has gone already
                opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        begin(connection, transport)

    return begun
