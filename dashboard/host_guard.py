"""Answers under the names in server.allowedHosts only, so that no page elsewhere reaches in by renaming itself.

Streamlit asks this of its WebSocket alone; here it is asked of every address, our own included.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocketClose
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from wording import say

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class HostGuard:
    """Turns away whoever asks under another name."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"} and not is_host_allowed(_host(scope)):
            await _refusal(scope)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _host(scope: Scope) -> str | None:
    """The name asked for; none where it was said twice, since others might read the other one."""
    named = Headers(scope=scope).getlist("host")
    return named[0] if len(named) == 1 else None


def _refusal(scope: Scope) -> ASGIApp:
    if scope["type"] == "websocket":
        return WebSocketClose(code=1008)
    sentence = say(
        "Yitu does not answer under this name. Open it as http://127.0.0.1, with the port that Yitu said at its start, "
        "or add the name to allowedHosts in .streamlit/config.toml."
    )
    return PlainTextResponse(sentence, 403, headers={"Cache-Control": "no-store"})
