from __future__ import annotations

import gzip
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette

from dashboard.build_answers import forget_answers
from dashboard.place import PLACE_VARIABLE
from dashboard.routes import ROUTES
from dashboard.tiles.tile_address import tile_holding
from dashboard.tiles.vector_tiles import LAYERS
from etl.build import build_place
from etl.snapshot import SnapshotFolder
from planning.atlas import open_atlas
from tests.dashboard.serving_app import Served, serving_app
from tests.etl.tiny_build import build as build_tiny

FOR_EVER = "private, max-age=31536000, immutable"
GZIP = (("Accept-Encoding", "gzip, deflate"),)


@pytest.fixture
def served(sample_place: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    monkeypatch.setenv(PLACE_VARIABLE, str(sample_place))
    with serving_app(Starlette(routes=ROUTES)) as served:
        yield served


@pytest.fixture
def build(sample_place: Path) -> str:
    return open_atlas(sample_place).build_id


def at(zoom: int) -> str:
    x, y = tile_holding(107.42, 35.35, zoom)
    return f"{zoom}/{int(x)}/{int(y)}"


@pytest.mark.parametrize("options", ["", "?theme=dark", "?datum=gcj02&theme=light"])
@pytest.mark.parametrize("measure", ["drivers", "people"])
def test_pictures_of_cells(served: Served, build: str, measure: str, options: str) -> None:
    answer = served.ask(f"/map/{build}/cells/{measure}/{at(10)}.png{options}", GZIP)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert answer.headers["cache-control"] == FOR_EVER
    assert "content-encoding" not in answer.headers
    assert answer.body.startswith(b"\x89PNG")


@pytest.mark.parametrize("layer", LAYERS)
def test_vector_tiles_are_gzipped_for_whoever_takes_it(served: Served, build: str, layer: str) -> None:
    path = f"/map/{build}/{layer}/{at(10)}.mvt"
    packed, plain = served.ask(path, GZIP), served.ask(path)
    for answer in (packed, plain):
        assert (answer.status, answer.headers["content-type"]) == (200, "application/vnd.mapbox-vector-tile")
        assert (answer.headers["cache-control"], answer.headers["vary"]) == (FOR_EVER, "Accept-Encoding")
        assert int(answer.headers["content-length"]) == len(answer.body)
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body != b""


@pytest.mark.parametrize(
    ("accepted", "is_packed"),
    [
        ("gzip", True), ("br;q=1, GZIP;q=0.8", True), ("deflate,gzip", True), ("gzip;q=0", False), ("identity", False),
        ("x-gzip2", False), ("gzip; q=0.05", True), ("gzip;q=0.0, br", False), ("", False),
    ],
)  # fmt: skip
def test_who_takes_gzip(served: Served, build: str, accepted: str, is_packed: bool) -> None:  # noqa: FBT001
    answer = served.ask(f"/map/{build}/base/{at(10)}.mvt", (("Accept-Encoding", accepted),))
    assert (answer.headers.get("content-encoding") == "gzip") == is_packed


def test_names(served: Served, build: str) -> None:
    answer = served.ask(f"/map/{build}/labels/{at(9)}.json?lang=en", GZIP)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert [text for _, _, text, _, _ in json.loads(gzip.decompress(answer.body))] != []


def test_an_empty_tile_is_no_fault(served: Served, build: str) -> None:
    answer = served.ask(f"/map/{build}/cells/{at(3)}.mvt", GZIP)
    assert (answer.status, answer.body, answer.headers["cache-control"]) == (200, b"", FOR_EVER)
    assert "content-encoding" not in answer.headers
    assert served.ask(f"/map/{build}/labels/5/0/0.json").body == b"[]"


@pytest.mark.parametrize("path", ["cells/drivers/{}.png", "base/{}.mvt", "labels/{}.json"])
def test_head_and_what_the_browser_has_already(served: Served, build: str, path: str) -> None:
    address = f"/map/{build}/{path.format(at(9))}"
    answer = served.ask(address, GZIP)
    head = served.ask(address, GZIP, method="HEAD")
    assert (head.status, head.body) == (200, b"")
    assert head.headers["etag"] == answer.headers["etag"]
    again = served.ask(address, (*GZIP, ("If-None-Match", answer.headers["etag"])))
    assert (again.status, again.body) == (304, b"")
    assert served.ask(address, (*GZIP, ("If-None-Match", '"other"'))).status == 200
    assert served.ask(address, method="POST").status == 405


HOSTILE = (
    "{b}/cells/nothing/{t}.png", "{b}/cells/drivers/{t}.png?theme=pink", "{b}/cells/drivers/{t}.png?datum=bd09",
    "{b}/nothing/{t}.mvt", "{b}/drivers/{t}.mvt", "{b}/pings/{t}.mvt", "{b}/base/{t}.mvt?datum=x",
    "{b}/labels/{t}.json?lang=fr", "{b}/base/23/0/0.mvt", "{b}/base/3/8/0.mvt", "{b}/base/3/-1/0.mvt",
    "{b}/base/a/b/c.mvt", "{b}/base/3/1.5/0.mvt", "{b}/base/%D9%A3/0/0.mvt", "{b}/base/3/1/0%0A.mvt",
    "{b}/base/3/1/0;drop.mvt", "{b}/base/" + "9" * 6000 + "/0/0.mvt", "no-such-build/base/{t}.mvt",
    "{b}x/base/{t}.mvt", "%2e%2e/base/{t}.mvt", "{b}%00/base/{t}.mvt", "20990101T000000000000Z-ffff/base/{t}.mvt",
    "%F0%9F%92%A3/cells/drivers/{t}.png", "{b}/..%2fetc%2fpasswd/{t}.mvt", "{b}/stations'--/{t}.mvt",
    "{b}/cells/drivers;select/{t}.png",
)  # fmt: skip


@pytest.mark.parametrize("path", HOSTILE)
def test_what_there_is_not_is_said_plainly_and_not_kept(served: Served, build: str, path: str) -> None:
    answer = served.ask("/map/" + path.replace("{b}", build).replace("{t}", at(9)))
    assert answer.status == 404
    assert "Traceback" not in answer.text
    if "%2f" not in path:  # a slash makes it another address, which is none of ours
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.slow
def test_a_build_keeps_its_own_tiles_beside_a_newer_one(
    sample_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "place"
    shutil.copytree(sample_place, place)
    older = open_atlas(place).build_id
    stations = next((place / "files").glob("*驿站台账*"))
    monkeypatch.setenv(PLACE_VARIABLE, str(place))
    with serving_app(Starlette(routes=ROUTES)) as served:
        before = served.ask(f"/map/{older}/stations/{at(9)}.mvt").body
        assert before != b""
        stations.unlink()
        build_place(place, anyway=True)
        newer = open_atlas(place).build_id
        assert newer != older
        assert served.ask(f"/map/{newer}/stations/{at(9)}.mvt").body == b""
        forget_answers()
        assert served.ask(f"/map/{older}/stations/{at(9)}.mvt").body == before
        assert served.ask(f"/map/{newer}/stations/{at(9)}.mvt").body == b""


def test_a_build_without_the_tables_of_the_map_has_no_tiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As one that an earlier version made."""
    made = build_tiny(SnapshotFolder(tmp_path / "snapshots"), 1)
    monkeypatch.setenv(PLACE_VARIABLE, str(tmp_path))
    with serving_app(Starlette(routes=ROUTES)) as served:
        name = made.stem.removeprefix("atlas-")
        for path in (f"cells/drivers/{at(9)}.png", f"base/{at(9)}.mvt", f"labels/{at(9)}.json"):
            answer = served.ask(f"/map/{name}/{path}")
            assert (answer.status, answer.headers["cache-control"]) == (404, "no-store")


def test_a_place_without_a_snapshot_has_no_tiles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(PLACE_VARIABLE, str(tmp_path))
    with serving_app(Starlette(routes=ROUTES)) as served:
        assert served.ask(f"/map/20990101T000000000000Z-ffff/base/{at(9)}.mvt").status == 404


def test_eight_at_once_get_what_one_gets(served: Served, build: str) -> None:
    paths = [f"{layer}/{at(zoom)}.mvt" for layer in LAYERS for zoom in (9, 12)]
    paths += [f"cells/{measure}/{at(zoom)}.png" for measure in ("drivers", "people") for zoom in (8, 9, 11)]
    alone = {path: served.ask(f"/map/{build}/{path}").body for path in paths}
    forget_answers()
    wrong: list[str] = []

    def ask(first: int) -> None:
        for step in range(len(paths)):
            path = paths[(first * 3 + step) % len(paths)]
            answer = served.ask(f"/map/{build}/{path}")
            if answer.status != 200 or answer.body != alone[path]:
                wrong.append(path)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
