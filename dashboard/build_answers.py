"""Answers about one build: a build never changes, so what it once answered holds for ever."""

from __future__ import annotations

import gzip
import hashlib
import re
from typing import TYPE_CHECKING

import duckdb
from starlette.responses import PlainTextResponse, Response

from dashboard.tiles.tile_memory import TileMemory
from wording import Refusal, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

PNG = "image/png"
KEPT_BYTES = 64_000_000
FOR_EVER = "private, max-age=31536000, immutable"
NOT_KEPT = "no-store"
_GZIP = re.compile(r"(^|,)\s*gzip\s*(,|$|;\s*q\s*=\s*(1|0?\.0*[1-9]))", re.IGNORECASE)  # at a weight above 0
_OVERHEAD_BYTES = 500  # of an answer kept: its key and what the memory itself takes

_answers: TileMemory[bytes] = TileMemory(KEPT_BYTES, lambda answer: len(answer) + _OVERHEAD_BYTES)


def kept_answer(request: Request, kind: str, key: tuple[object, ...], make: Callable[[], bytes]) -> Response:
    """An answer made once a build and kept; pictures come as they are, all else compressed by `make`."""
    try:
        made = _answers.recall(key, make)
    except (Refusal, duckdb.CatalogException, duckdb.BinderException):
        # Built by an earlier version without the tables of the map, or not to be drawn: so it is with each tile.
        return not_found()
    headers = {
        "Cache-Control": FOR_EVER,
        "ETag": f'"{hashlib.blake2b(made, digest_size=12).hexdigest()}"',
        "X-Content-Type-Options": "nosniff",
    }
    if kind != PNG:
        headers["Vary"] = "Accept-Encoding"
    if headers["ETag"] in ",".join(request.headers.getlist("if-none-match")):
        return Response(status_code=304, headers=headers)
    if kind != PNG and made:
        if _GZIP.search(",".join(request.headers.getlist("accept-encoding"))):
            headers["Content-Encoding"] = "gzip"
        else:
            made = gzip.decompress(made)
    return Response(made, media_type=kind, headers=headers)


def forget_answers() -> None:
    """Let go of all that is kept."""
    _answers.forget()


def not_found() -> Response:
    sentence = say("There is no such part of the map: load the page again.")
    return PlainTextResponse(sentence, 404, headers={"Cache-Control": NOT_KEPT})
