from __future__ import annotations

from typing import TYPE_CHECKING, Any

from etl.reading.gpx_files import read_gpx

if TYPE_CHECKING:
    from pathlib import Path


def rows_of(path: Path, sheet: str) -> list[dict[str, Any]]:
    table = next(one for one in read_gpx(path, path.name) if one.sheet == sheet)
    return [row for batch in table.batches for row in batch.to_pylist()]


def test_gpx_points_with_time_and_speed(tmp_path: Path) -> None:
    gpx = (
        "<gpx><wpt lat='35' lon='107'><name>甲</name></wpt><trk><name>东线</name><trkseg>"
        "<trkpt lat='35.10' lon='107.1'><ele>3</ele><time>2024-01-01T00:00:00Z</time>"
        "<extensions><speed>3.50</speed></extensions></trkpt><trkpt lat='x' lon='1'/></trkseg></trk></gpx>"
    )
    path = tmp_path / "a.gpx"
    path.write_text(gpx, "utf-8")
    assert rows_of(path, "waypoints")[0]["name"] == "甲"
    rows = rows_of(path, "track_points")
    assert (rows[0]["track"], rows[0]["time"], rows[0]["speed"], rows[0]["lat"]) == (
        "东线",
        "2024-01-01T00:00:00Z",
        "3.50",
        "35.10",
    )
    assert rows[1]["_fault"] == "unreadable_geometry"
