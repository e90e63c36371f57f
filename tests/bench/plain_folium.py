"""The usual way to put cells on a map: all of them as GeoJSON in one page that folium writes."""

from __future__ import annotations

import json
import shutil
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import folium
import shapely

from dashboard.palette import sequential
from dashboard.vendor_files import FOLDER
from planning.atlas import open_atlas

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

    from tests.bench.measuring import Clock

PAGE = "component/plain/index.html"  # as deep as the frame that the links to the browser files are written for
NEAREST = """
with middle as (select avg(lon) as lon, avg(lat) as lat from cells)

select cells.cell_id, cells.drivers, st_aswkb(cells.geom) as geom
from cells, middle
order by (cells.lon - middle.lon) ** 2 + (cells.lat - middle.lat) ** 2, cells.cell_id
limit $count
"""


def write_plain_page(clock: Clock, place: Path, folder: Path, count: int) -> int:
    """The cells in the middle of a place, coloured by their drivers, as a page in a folder that can be served."""
    from dashboard.offline_assets import localise  # noqa: PLC0415  (warns where it comes in without a page)

    with clock.running():
        localise()
        found = _features(place, count)
        drawn = folium.Map(tiles=None)
        folium.GeoJson({"type": "FeatureCollection", "features": found}, style_function=_style).add_to(drawn)
        drawn.fit_bounds(drawn.get_bounds())  # type: ignore[arg-type]  # there are some
        page = folder / PAGE
        page.parent.mkdir(parents=True)
        drawn.save(page)
    shutil.copytree(FOLDER, folder / "assets" / "vendor", ignore=shutil.ignore_patterns("*.ttf"))
    return len(found)


@contextmanager
def serving_folder(folder: Path) -> Iterator[str]:
    """The folder's files on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_said: object) -> None:
        """Nothing: the figures go to the same window."""


def _features(place: Path, count: int) -> list[dict[str, Any]]:
    rows = open_atlas(place).cursor().execute(NEAREST, {"count": count}).fetchall()
    return [
        {"type": "Feature", "properties": {"id": cell_id, "drivers": drivers},
         "geometry": json.loads(shapely.to_geojson(shapely.from_wkb(bytes(geom))))}
        for cell_id, drivers, geom in rows
    ]  # fmt: skip


def _style(feature: dict[str, Any]) -> dict[str, Any]:
    colours = sequential("light", 5)
    drivers = feature["properties"]["drivers"] or 0
    return {
        "fillColor": colours[min(int(drivers), len(colours) - 1)],
        "fillOpacity": 0.72,
        "weight": 0.3,
        "color": "#fff",
    }
