"""The browser files of the maps: those of others at /assets/vendor, our own at /assets/yitu."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from dashboard.vendor_files import FOLDER
from wording import say

if TYPE_CHECKING:
    from starlette.routing import BaseRoute
    from starlette.types import Scope

OWN_FOLDER = Path(__file__).with_name("browser")

# A vendored file's address holds its version, so what lies there never changes.
FOR_EVER = "private, max-age=31536000, immutable"
ASK_EACH_TIME = "no-cache"


class BrowserFiles(StaticFiles):
    """Files of the kinds that a page loads, out of one folder; nothing else that may lie there."""

    def __init__(self, folder: Path, *, suffixes: frozenset[str], cache_control: str) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._suffixes = suffixes
        self._cache_control = cache_control

    async def check_config(self) -> None:
        """A folder that is not there has no files: each one is answered with what to do."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        if PurePosixPath(path).suffix not in self._suffixes:
            return _not_found()
        try:
            response = await super().get_response(path, scope)
        except HTTPException as fault:
            if fault.status_code == 404:
                return _not_found()
            raise
        response.headers["Cache-Control"] = self._cache_control
        return response


def _not_found() -> PlainTextResponse:
    sentence = say(
        "There is no such browser file. If the map stays empty, end Yitu and start it again with `make run`."
    )
    return PlainTextResponse(sentence, 404, headers={"Cache-Control": "no-store"})


ASSET_ROUTES: list[BaseRoute] = [
    Mount(
        "/assets/vendor",
        BrowserFiles(
            FOLDER,
            suffixes=frozenset({".js", ".css", ".png", ".svg", ".ttf"}),
            cache_control=FOR_EVER,
        ),
    ),
    Mount(
        "/assets/yitu",
        BrowserFiles(
            OWN_FOLDER,
            suffixes=frozenset({".js", ".css"}),
            cache_control=ASK_EACH_TIME,
        ),
    ),
]
