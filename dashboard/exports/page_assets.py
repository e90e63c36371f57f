"""Leaflet written into the page itself, so that the page needs nothing beside it."""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path

from dashboard.vendor_files import FOLDER, vendor_path
from wording import Refusal

_OWN_STYLE = Path(__file__).with_name("map_page.css")
_PICTURE = re.compile(r"url\(\s*[\"']?([\w./@-]+\.png)[\"']?\s*\)")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_ITS_SITE = "https://leafletjs.com"


@cache
def scripts_and_styles() -> str:
    """The script and the styles as they stand in the head of a page, without any link to elsewhere."""
    script = _vendored("leaflet.js").read_text("utf-8").replace(_ITS_SITE, "")
    style_path = _vendored("leaflet.css")
    plain = _COMMENT.sub("", style_path.read_text("utf-8"))
    style = _PICTURE.sub(lambda found: f"url({_data(style_path.parent / found[1])})", plain)
    if "</script" in script or "</style" in style:
        raise ValueError("a vendored file would end its own element")
    return f"<script>{script}</script>\n<style>{style}\n{_OWN_STYLE.read_text('utf-8')}</style>"


def _vendored(file: str) -> Path:
    path = FOLDER / vendor_path("leaflet", file)
    if not path.is_file():
        raise Refusal("The browser files of the maps are missing ({file}). Run `make run` once.", file=file)
    return path


def _data(picture: Path) -> str:
    return f"data:image/png;base64,{base64.b64encode(picture.read_bytes()).decode()}"
