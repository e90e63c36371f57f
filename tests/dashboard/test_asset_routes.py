from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette

from dashboard.asset_routes import ASSET_ROUTES, BrowserFiles
from dashboard.routes import ROUTES
from dashboard.vendor_files import PACKAGES, vendor_path
from tests.dashboard.serving_app import Served, serving_app
from wording import use_language

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serving_app(Starlette(routes=ASSET_ROUTES)) as served:
        yield served


@pytest.mark.parametrize("path", [vendor_path(package.name, file) for package in PACKAGES for file in package.files])
def test_each_vendored_file_is_served_and_may_be_kept(served: Served, path: str) -> None:
    answer = served.ask(f"/assets/vendor/{path}", method="HEAD")
    assert answer.status == 200
    assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    assert "@" in path.split("/", maxsplit=1)[0]
    kind = {"js": "javascript", "css": "text/css", "ttf": "font/ttf", "png": "image/png"}[path.rpartition(".")[2]]
    assert kind in answer.headers["content-type"]


@pytest.mark.parametrize(
    "path",
    ["", "complete", "leaflet@1.9.4/none.js", "leaflet@1.9.4", "leaflet@1.9.4/LICENSE", "../app.py",
     "%2e%2e/%2e%2e/vendor_files.js", "%2fetc/passwd.js", "%00.js"],
)  # fmt: skip
def test_what_is_not_there_is_said_plainly_and_not_kept(served: Served, path: str) -> None:
    use_language("en")
    answer = served.ask(f"/assets/vendor/{path}")
    assert answer.status == 404
    assert answer.headers["cache-control"] == "no-store"
    assert "make run" in answer.text


def test_only_reading_is_possible(served: Served) -> None:
    path = f"/assets/vendor/{vendor_path('leaflet', 'leaflet.css')}"
    assert served.ask(path).body.startswith(b"/* required styles */")
    assert served.ask(path, method="POST").status == 405


def test_our_own_files_are_asked_for_each_time(tmp_path: Path) -> None:
    folder = tmp_path / "browser"
    with serving_app(BrowserFiles(folder, suffixes=frozenset({".js"}), cache_control="no-cache")) as served:
        assert served.ask("/map.js").status == 404, "the folder is not there yet"
        folder.mkdir()
        (folder / "map.js").write_text("1", "utf-8")
        (folder / "note.txt").write_text("1", "utf-8")
        answer = served.ask("/map.js")
        assert (answer.status, answer.headers["cache-control"]) == (200, "no-cache")
        assert served.ask("/map.js", [("If-None-Match", answer.headers["etag"])]).status == 304
        assert served.ask("/note.txt").status == 404


def test_the_dashboard_serves_them() -> None:
    assert [route for route in ASSET_ROUTES if route not in ROUTES] == []
