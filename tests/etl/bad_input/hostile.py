"""Files that mean harm: classes 60 to 72."""

from __future__ import annotations

import gzip
import json
import random
import struct
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from tests.etl.bad_input.bad_file import Writer, bad_file, by_title, text
from tests.etl.bad_input.shapes_and_files import GOOD, HEAD, geopackage, old_workbook, shapefile, workbook
from tests.etl.bad_input.tiny_place import HIDDEN_FILE
from tests.etl.bad_input.values import features, lines, square

HEADING = "编号,名称,地址,经度,纬度"
AT = "107.36,35.33"
PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "${alert(1)}", "`${alert(1)}`", "{{7*7}}",
    "![x](http://example.invalid/x.png)", "javascript:alert(1)", "</textarea><svg onload=alert(1)>",
)  # fmt: skip
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "=HYPERLINK(x)", "=cmd|' /C calc'!A0", "\t=1+1")
SQL_NAMES = ("'); drop table stations; --", "甲'站", 'a"b', "$$x$$", "{0}", "%s", "{name}", "\\'; select 1 --")
ODD_NAMES = (
    "CON.csv",
    "\u202evsc.exe.csv",
    "-rf.csv",
    " 甲 .csv",
    "a'b\";--.csv",
    "站" * 83 + "ab.csv",
    "%2e%2e.csv",
    "{file}.csv",
)
GLOB_NAMES = ("站[1].csv", "a*.csv", "问?.csv", "[!a].csv", "**.csv")


def quoted_row(*cells: str) -> str:
    return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)


def named(names: Iterable[str], first: int = 0) -> str:
    """A ledger of stations with these names and addresses, numbered from `first`."""
    return lines(HEADING, *(quoted_row(str(n), name, name, "107.36", "35.33") for n, name in enumerate(names, first)))


def vrt(path: Path) -> None:
    secret = path.parent.parent / HIDDEN_FILE
    path.write_text(
        f'<OGRVRTDataSource><OGRVRTLayer name="secret"><SrcDataSource>CSV:{secret}</SrcDataSource>'
        '<GeometryField encoding="PointFromColumns" x="经度" y="纬度"/></OGRVRTLayer></OGRVRTDataSource>', "utf-8",
    )  # fmt: skip


def gdalg(path: Path) -> None:
    secret = path.parent.parent / HIDDEN_FILE
    path.write_text(
        json.dumps({"type": "gdal_streamed_alg", "command_line": f"gdal vector pipeline ! read {secret}"}), "utf-8"
    )


def link_out(path: Path) -> None:
    path.symlink_to(path.parent.parent / HIDDEN_FILE)


def up_and_out(path: Path) -> str:
    return f"../{HIDDEN_FILE}" if path else ""


def absolute(path: Path) -> str:
    return str(path.parent.parent / HIDDEN_FILE)


def zip_of(members: dict[str, bytes]) -> Writer:
    def write(path: Path) -> None:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)

    return write


def zip_with_link(path: Path) -> None:
    link = zipfile.ZipInfo("站.csv")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, f"../../{HIDDEN_FILE}")


def zip_bomb(path: Path) -> None:
    """300 MB of nothing in 300 KB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("站.csv", "w") as member:
        for _ in range(300):
            member.write(bytes(1024**2))


def gzip_bomb(path: Path) -> None:
    with gzip.open(path, "wb") as packed:
        packed.write(HEADING.encode() + b"\n")
        for _ in range(200):
            packed.write(b"1" * 1024**2)


def workbook_bomb(path: Path) -> None:
    workbook(("台账", [HEAD, GOOD]))(path)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/x.xml", "w") as member:
        for _ in range(600):
            member.write(bytes(1024**2))


def workbook_of_empty_texts(path: Path) -> None:
    """A shared text for every cell of a sheet that nothing but its list shows to be large."""
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_row(0, 0, HEAD)
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    head, tail = members["xl/sharedStrings.xml"].split(b"</sst>")
    members["xl/sharedStrings.xml"] = head + b"<si/>" * 50_000_000 + b"</sst>" + tail
    zip_of(members)(path)


def endless_directory(path: Path) -> None:
    """An old workbook whose directory is followed by itself: its reader once took 23 GB for these few KB."""
    old_workbook(path)
    raw = bytearray(path.read_bytes())
    (directory,) = struct.unpack_from("<I", raw, 48)
    (table,) = struct.unpack_from("<I", raw, 76)
    struct.pack_into("<I", raw, (table + 1) * 512 + directory * 4, directory)
    path.write_bytes(bytes(raw))


BILLION = (
    '<!DOCTYPE lol [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {name} "{("&" + before + ";") * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


def external_entity(path: Path) -> None:
    secret = (path.parent.parent / HIDDEN_FILE).as_uri()
    path.write_text(
        f'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY x SYSTEM "{secret}">]><kml><Document><Placemark><name>&x;</name>'
        "<Point><coordinates>107.36,35.33</coordinates></Point></Placemark></Document></kml>", "utf-8",
    )  # fmt: skip


def workbook_with_entity(path: Path) -> None:
    workbook(("台账", [HEAD, GOOD]))(path)
    secret = (path.parent.parent / HIDDEN_FILE).as_uri()
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    sheet = members["xl/worksheets/sheet1.xml"]
    members["xl/worksheets/sheet1.xml"] = f'<!DOCTYPE x [<!ENTITY y SYSTEM "{secret}">]>'.encode() + sheet
    zip_of(members)(path)


def formulas_as_text(path: Path) -> None:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, HEAD)
        for number, formula in enumerate(FORMULAS, 1):
            page.write_row(number, 0, [str(number), formula, 1, 107.36, 35.33])


def deep_json(depth: int) -> str:
    return (
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": null, "properties": {"名称": '
        + "[" * depth
        + "]" * depth
        + "}}]}"
    )


def flipped(path: Path, dice: random.Random, bits: int = 8) -> None:
    """The file with some bits turned over."""
    raw = bytearray(path.read_bytes())
    for _ in range(bits):
        raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    path.write_bytes(bytes(raw))


def parquet_points(path: Path) -> None:
    pq.write_table(
        pa.table({"编码": ["1", "2"], "名称": ["甲村", "乙村"], "经度": [107.36, 107.35], "纬度": [35.33, 35.32]}), path
    )


WHOLE_FILES: dict[str, tuple[str, Writer]] = {
    "csv": ("stations", text(lines(",".join(HEAD), ",".join(map(str, GOOD))))),
    "gb.csv": ("stations", text(lines(",".join(HEAD), ",".join(map(str, GOOD))), "gb18030")),
    "xlsx": ("stations", workbook(("台账", [HEAD, GOOD]))),
    "xls": ("stations", old_workbook),
    "geojson": ("grids", text(features((square(107.35, 35.32), {"编码": "G1", "名称": "甲网格"})))),
    "gpkg": ("places", geopackage),
    "shp": ("grids", shapefile()),
    "parquet": ("places", parquet_points),
    "kml": (
        "places",
        text(
            "<kml><Document><Placemark><name>甲村</name><Point><coordinates>107.36,35.33</coordinates></Point></Placemark></Document></kml>"
        ),
    ),
    "zip": ("stations", zip_of({"站.csv": lines(",".join(HEAD), ",".join(map(str, GOOD))).encode()})),
}

HOSTILE = by_title(
    bad_file("60_vrt_named_geojson.geojson", "places", vrt),
    bad_file("60_vrt_named_csv.csv", "places", vrt),
    bad_file("60_gdalg_named_geojson.geojson", "places", gdalg),
    bad_file("61_vsicurl.csv", "places", lambda _: "/vsicurl/http://192.0.2.1/secret.csv"),
    bad_file("61_address.csv", "places", lambda _: "http://192.0.2.1/secret.csv"),
    bad_file("61_vsizip.csv", "places", lambda path: f"/vsizip/{path}"),
    bad_file("63_up_and_out.csv", "places", up_and_out),
    bad_file("63_absolute.csv", "places", absolute),
    bad_file("63_link_out.csv", "places", link_out),
    bad_file("63_zip_member_leads_out.zip", "places", zip_of({"../../站.csv": named(["甲"]).encode()})),
    bad_file("63_zip_member_is_link.zip", "places", zip_with_link),
    bad_file("64_billion_laughs.kml", "places", text(f'<?xml version="1.0"?>{BILLION}<kml><name>&i;</name></kml>')),
    bad_file("64_external_entity_in_kml.kml", "places", external_entity),
    bad_file("64_external_entity_in_gpx.gpx", "places", text('<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]><gpx><wpt lat="35" lon="107"><name>&x;</name></wpt></gpx>')),
    bad_file("64_entity_in_workbook.xlsx", "stations", workbook_with_entity),
    bad_file("65_script_in_every_text.csv", "stations", text(named(PAYLOADS))),
    bad_file("66_formulas.csv", "stations", text(named(FORMULAS))),
    bad_file("66_formulas_as_text.xlsx", "stations", formulas_as_text),
    bad_file("67_sql_in_names.csv", "stations", text(named(SQL_NAMES))),
    bad_file(
        "67_sql_in_headings.csv", "stations",
        text('编号,"名称"");drop table stations;--",\'; drop table origins; --,经度,纬度\n1,甲驿站,x,107.36,35.33\n'),
        columns={"name": '名称");drop table stations;--', "address": "'; drop table origins; --"},
    ),
    bad_file("70_extreme_width.csv", "stations", text(",".join(f"c{n}" for n in range(5_000)) + "\n" + ",".join("1" * 5_000) + "\n")),
    bad_file("70_extreme_nesting_in_json.geojson", "grids", text(deep_json(100_000))),
    bad_file("70_extreme_nesting_in_kml.kml", "places", text("<kml>" + "<Folder>" * 20_000 + "</Folder>" * 20_000 + "</kml>")),
)  # fmt: skip

BOMBS = by_title(
    bad_file("62_zip_bomb.zip", "stations", zip_bomb),
    bad_file("62_gzip_bomb.gz", "stations", gzip_bomb),
    bad_file("62_endless_directory.xls", "stations", endless_directory),
    bad_file("62_workbook_bomb.xlsx", "stations", workbook_bomb),
    bad_file("62_workbook_of_empty_texts.xlsx", "stations", workbook_of_empty_texts),
)
