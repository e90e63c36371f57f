"""An office's own tile service as the ground of the map: `map.toml` in the place's folder, where there is one.

Under `[tiles]`: `urls` (drawn one over another: the map, then its labels), `attribution`, `datum` ("wgs84", or "gcj02"
for services that are drawn in it), `subdomains` and `max_zoom`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from wording import Refusal, say

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "map.toml"
DATUMS = ("wgs84", "gcj02")
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+", re.ASCII)
_SETTINGS = {"urls", "attribution", "datum", "subdomains", "max_zoom"}
_NAMED = re.compile(r"\{([^{}]*)\}")
_DEFAULT_ZOOM = 18
_ZOOMS = range(1, 23)


@dataclass(frozen=True)
class OfficeTiles:
    """Where the tiles come from and in which datum they are drawn."""

    urls: tuple[str, ...]
    attribution: str
    datum: str
    subdomains: str
    max_zoom: int

    @property
    def credit(self) -> str:
        """What the corner of the map says; a shifted datum is said so."""
        if self.datum == "gcj02":
            return say("{source}; in GCJ-02, our data converted to it", source=self.attribution)
        return self.attribution


def office_tiles(place_folder: Path) -> OfficeTiles | None:
    """The office's service, where one is set; refused with what to mend where the setting is wrong."""
    path = place_folder / FILE_NAME
    if not path.is_file():
        return None
    try:
        written = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Refusal("{file} cannot be read: {fault}. Save it as UTF-8 and mend that line.",
                      file=path, fault=fault) from fault  # fmt: skip
    tiles = written.get("tiles")
    if not isinstance(tiles, dict) or set(tiles) - _SETTINGS or not _is_sound(tiles):
        raise Refusal(
            "{file} needs mending: under [tiles], urls holds addresses with {{z}}, {{x}} and {{y}}, and datum is wgs84 "
            "or gcj02. Mend it, or delete it to draw the map from your own data.",
            file=path,
        )
    return OfficeTiles(
        urls=tuple(tiles["urls"]),
        attribution=tiles.get("attribution", ""),
        datum=tiles.get("datum", "wgs84"),
        subdomains=tiles.get("subdomains", "01234567"),
        max_zoom=tiles.get("max_zoom", _DEFAULT_ZOOM),
    )


def _is_sound(tiles: dict[str, Any]) -> bool:
    urls = tiles.get("urls")
    return (
        isinstance(urls, list)
        and bool(urls)
        and all(isinstance(url, str) and _ADDRESS.fullmatch(url) and _names_tile(url) for url in urls)
        and all(isinstance(tiles.get(name, ""), str) for name in ("attribution", "subdomains", "datum"))
        and tiles.get("datum", "wgs84") in DATUMS
        and tiles.get("max_zoom", _DEFAULT_ZOOM) in _ZOOMS
        and not isinstance(tiles.get("max_zoom"), (bool, float))
        and (tiles.get("subdomains") != "" or not any("{s}" in url for url in urls))
    )


def _names_tile(url: str) -> bool:
    """Whether an address names each tile, and nothing that the map could not fill in."""
    named = set(_NAMED.findall(url))
    return {"z", "x", "y"} <= named <= {"z", "x", "y", "s", "r"}
