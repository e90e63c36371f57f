"""A small sound file of every kind that is read, for damaging."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import geopandas as gpd

from etl.reading.gdal_drivers import ogr
from tests.etl.bad_input.bad_file import Writer, text
from tests.etl.bad_input.hostile import parquet_points, zip_of
from tests.etl.bad_input.shapes_and_files import GOOD, HEAD, geopackage, old_workbook, shapefile, workbook
from tests.etl.bad_input.values import features, lines, square
from tests.etl.reading.ods_writer import row, text_cell, value_cell, write_ods

LEDGER = lines(
    ",".join(HEAD), *(f"{n:03},第{n}站,{n},107.36,35.33" for n in range(40)), '041,"带\n换行",1,107.36,35.33'
)
GRIDS = features(*((square(107.3 + n / 100, 35.3), {"编码": f"G{n}", "名称": f"第{n}网格"}) for n in range(12)))
PLACEMARK = "<Placemark><name>甲村</name><Point><coordinates>107.36,35.33,0</coordinates></Point></Placemark>"
KML = f'<?xml version="1.0" encoding="UTF-8"?><kml><Document><Folder><name>村</name>{PLACEMARK * 8}</Folder></Document></kml>'
GPX = '<?xml version="1.0"?><gpx><wpt lat="35.33" lon="107.36"><name>甲</name></wpt><trk><trkseg><trkpt lat="35.33" lon="107.36"/></trkseg></trk></gpx>'
TOPOLOGY = {
    "type": "Topology",
    "arcs": [[[0, 0], [100, 0], [0, 100], [-100, 0], [0, -100]]],
    "transform": {"scale": [0.0001, 0.0001], "translate": [107.3, 35.3]},
    "objects": {"网格": {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0]], "properties": {"名称": "甲"}}]}},
}  # fmt: skip


def flatgeobuf(path: Path) -> None:
    frame = gpd.GeoDataFrame(
        {"名称": ["甲村", "乙村"]}, geometry=gpd.points_from_xy([107.36, 107.35], [35.33, 35.32]), crs=4326
    )
    ogr().write_dataframe(frame, path, driver="FlatGeobuf")


def open_document(path: Path) -> None:
    heading = row(*(text_cell(name) for name in HEAD))
    write_ods(
        path,
        {
            "台账": heading
            + row(text_cell("001"), text_cell("甲驿站"), *(value_cell("float", "value", str(n)) for n in GOOD[2:]))
        },
    )


def sequence(path: Path) -> None:
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in json.loads(GRIDS)["features"]), "utf-8")


def zipped_shapefile(path: Path) -> None:
    shapefile()(path.parent / "网格.shp")
    parts = [part for part in path.parent.iterdir() if part.stem == "网格"]
    zip_of({part.name: part.read_bytes() for part in parts})(path)
    for part in parts:
        part.unlink()


def gzipped(path: Path) -> None:
    path.write_bytes(gzip.compress(LEDGER.encode(), mtime=0))


SEEDS: dict[str, Writer] = {
    "csv": text(LEDGER),
    "gb18030.csv": text(LEDGER, "gb18030"),
    "utf16.csv": text("\ufeff" + LEDGER, "utf-16-le"),
    "csv.gz": gzipped,
    "xlsx": workbook(("台账", [HEAD, GOOD, ["002", *GOOD[1:]]]), ("说明", [["填表说明"]])),
    "xls": old_workbook,
    "ods": open_document,
    "zip": zip_of({"站.csv": LEDGER.encode(), "说明.txt": b"x"}),
    "shp": shapefile(),
    "shp.zip": zipped_shapefile,
    "geojson": text(GRIDS),
    "geojsonl": sequence,
    "topojson": text(json.dumps(TOPOLOGY, ensure_ascii=False)),
    "kml": text(KML),
    "kmz": zip_of({"doc.kml": KML.encode()}),
    "gpx": text(GPX),
    "gpkg": geopackage,
    "fgb": flatgeobuf,
    "parquet": parquet_points,
}
