"""On a port opened as Streamlit opens it: without saying that it is TCP."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.protocols.http.auto import AutoHTTPProtocol
from uvicorn.server import ServerState

from dashboard.prompt_answers import answer_promptly


def test_small_answers_are_not_held_back() -> None:
    answer_promptly()
    answer_promptly()
    # In a thread of its own: a browser that another test has open leaves a loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(lambda: asyncio.run(_waits_no_longer())).result()


async def _waits_no_longer() -> bool:
    """Whether the server's end of a connection sends each packet at once."""
    config = uvicorn.Config(Starlette(), log_config=None)
    config.load()
    connections: list[asyncio.Protocol] = []

    def connected() -> asyncio.Protocol:
        speaks: type[Any] = AutoHTTPProtocol
        connections.append(speaks(config=config, server_state=ServerState(), app_state={}))
        return connections[-1]

    listening = socket.socket(socket.AF_INET)
    listening.bind(("127.0.0.1", 0))
    server = await asyncio.get_running_loop().create_server(connected, sock=listening)
    reader, writer = await asyncio.open_connection(*listening.getsockname())
    writer.write(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    await reader.readline()
    opened = connections[0].transport.get_extra_info("socket")  # type: ignore[attr-defined]
    found = bool(opened.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
    writer.close()
    await writer.wait_closed()
    server.close()
    await server.wait_closed()
    return found
