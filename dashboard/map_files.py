"""The addresses from which the map is taken away as it is seen: as a picture, and as a page that opens offline.

The browser alone knows what its map shows by now, so it says so in the address.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, get_args
from urllib.parse import quote

from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from dashboard.address_lists import parted
from dashboard.build_answers import NOT_KEPT, not_found
from dashboard.coverage_choice import CoverageChoice
from dashboard.exports.file_names import file_name_of
from dashboard.layers import LAYERS
from dashboard.place import atlas_of
from planning.cell_measures import CELL_MEASURES
from planning.data_health import build_facts
from planning.features import FILTERS, WORKED_OUT
from planning.ground import MapExtent
from wording import Language, Refusal, say, use_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from planning.atlas import Atlas

PICTURE, PAGE = "png", "html"
_MEDIA = {PICTURE: "image/png", PAGE: "text/html; charset=utf-8"}


def picture(request: Request) -> Response:
    """The part of the map that is in sight, as a PNG."""
    from dashboard.exports.map_picture import map_picture  # noqa: PLC0415  (matplotlib takes a second)

    def made(atlas: Atlas, layers: list[str]) -> bytes:
        return map_picture(
            atlas, _extent(request), layers, filters=_filters(request), measure=_measure(request),
            coverage=_coverage(request),
        )  # fmt: skip

    return _file(request, PICTURE, made)


def page(request: Request) -> Response:
    """The whole map as one HTML file."""
    from dashboard.exports.map_page import map_page  # noqa: PLC0415

    def made(atlas: Atlas, layers: list[str]) -> bytes:
        name = build_facts(atlas).place_name
        return map_page(
            atlas, layers, filters=_filters(request), measure=_measure(request), coverage=_coverage(request), title=name
        ).encode()

    return _file(request, PAGE, made)


def _file(request: Request, suffix: str, make: Callable[[Atlas, list[str]], bytes]) -> Response:
    atlas, language = atlas_of(request.path_params["build"]), request.query_params.get("lang", "zh")
    spoken = next((word for word in get_args(Language) if word == language), None)
    if atlas is None or spoken is None:
        return not_found()
    use_language(spoken)
    drawn = {*FILTERS, *WORKED_OUT}
    layers = [name for name in parted(request.query_params.get("layers", "")) if name in LAYERS and name in drawn]
    try:
        made = make(atlas, layers)
    except Refusal as refusal:
        return PlainTextResponse(str(refusal), 409, headers={"Cache-Control": NOT_KEPT})
    facts = build_facts(atlas)
    name = file_name_of(say("Map"), suffix, place_name=facts.place_name, is_made_up=facts.is_made_up,
                        build_id=facts.build_id)  # fmt: skip
    headers = {"Cache-Control": NOT_KEPT, "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}"}
    answer = HTMLResponse if suffix == PAGE else Response
    return answer(made, media_type=_MEDIA[suffix], headers=headers)


def _extent(request: Request) -> MapExtent | None:
    """The box in sight; the whole place where none is said that could be one."""
    try:
        west, south, east, north = (float(part) for part in request.query_params.get("bounds", "").split(","))
    except ValueError:
        return None
    is_sound = all(map(math.isfinite, (west, south, east, north))) and west < east and south < north
    is_on_earth = is_sound and max(abs(west), abs(east)) <= 180 and max(abs(south), abs(north)) <= 85
    return MapExtent(west, south, east, north) if is_on_earth else None


def _filters(request: Request) -> dict[str, dict[str, list[str]]]:
    """`stations.tier=red_station,…` for each filter of each layer."""
    chosen: dict[str, dict[str, list[str]]] = {}
    for name, value in request.query_params.items():
        layer, dot, one = name.partition(".")
        if dot and one in FILTERS.get(layer, ()) and value:
            chosen.setdefault(layer, {})[one] = parted(value)
    return chosen


def _measure(request: Request) -> str | None:
    asked = request.query_params.get("measure", "")
    return asked if asked in CELL_MEASURES else None


def _coverage(request: Request) -> CoverageChoice | None:
    """The question that the map shows the answer of, where its layer is on."""
    is_on = "coverage" in parted(request.query_params.get("layers", ""))
    return CoverageChoice.read(request.query_params) if is_on else None


MAP_FILE_ROUTES: list[BaseRoute] = [
    Route("/map/{build}/picture.png", picture),
    Route("/map/{build}/page.html", page),
]
