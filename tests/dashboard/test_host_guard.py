from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from streamlit import config

from dashboard.app import app
from dashboard.host_guard import HostGuard
from tests.dashboard.serving_app import Served, serving_app

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.websockets import WebSocket


def greet(_request: Request) -> PlainTextResponse:
    return PlainTextResponse("hello")


async def greet_at_length(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("hello")
    await websocket.close()


@pytest.fixture(scope="module")
def guarded() -> Iterator[Served]:
    before = config.get_option("server.allowedHosts")
    config.set_option("server.allowedHosts", ["127.0.0.1", "localhost", "yitu.office"])
    routes = [Route("/", greet), WebSocketRoute("/ws", greet_at_length)]
    with serving_app(Starlette(routes=routes, middleware=[Middleware(HostGuard)])) as served:
        yield served
    config.set_option("server.allowedHosts", before)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8501", "localhost:1", "LOCALHOST", "yitu.office."])
def test_the_names_that_were_allowed_are_answered(guarded: Served, host: str) -> None:
    assert guarded.ask("/", [("Host", host)]).text == "hello"
    assert guarded.ask_for_websocket("/ws", [("Host", host)]) == 101


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "evil.example:8501", "", "[", "a:b:c"]
)
def test_any_other_name_is_turned_away(guarded: Served, host: str) -> None:
    answer = guarded.ask("/", [("Host", host)])
    assert answer.status == 403
    assert "allowedHosts" in answer.text
    assert "evil" not in answer.text
    assert guarded.ask_for_websocket("/ws", [("Host", host)]) == 403


def test_a_name_said_twice_is_turned_away(guarded: Served) -> None:
    assert guarded.ask("/", [("Host", "127.0.0.1"), ("Host", "evil.example")]).status in {400, 403}


def test_the_dashboard_has_the_guard_at_its_door() -> None:
    assert [middleware.cls for middleware in app._user_middleware] == [HostGuard]
