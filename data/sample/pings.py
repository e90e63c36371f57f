"""The platform's export of positions: one Parquet file a week, truck after truck."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from data.sample.dirt import Dirt
from data.sample.hauls import RestPlaces
from data.sample.scale import FIRST_DAY
from data.sample.tracks import Track, track_of
from data.sample.trucks import PINGS_PER_TRUCK, trips_of, truck_of

if TYPE_CHECKING:
    from pathlib import Path

    from data.sample.resources import Resource
    from data.sample.stations import Station
    from data.sample.trucks import Truck
    from data.sample.world import World

SCHEMA = pa.schema(
    [
        ("车牌号", pa.dictionary(pa.int32(), pa.string())),
        ("定位时间", pa.timestamp("ms")),
        ("经度", pa.float32()),
        ("纬度", pa.float32()),
        ("速度", pa.int16()),
        ("方向", pa.int16()),
        ("是否危货", pa.dictionary(pa.int32(), pa.string())),
    ]
)
_ENCODINGS = {"定位时间": "DELTA_BINARY_PACKED", "经度": "BYTE_STREAM_SPLIT", "纬度": "BYTE_STREAM_SPLIT"}
_WEEK_S = 7 * 86_400
_TRUCKS_A_BATCH = 300
_REST_KINDS = ("服务区", "停车区", "物流园区", "加油站", "治超站")


def write_pings(
    world: World, stations: list[Station], resources: list[Resource], pings: int, folder: Path
) -> list[Dirt]:
    places = RestPlaces(
        [(one.lon, one.lat) for one in stations if one.is_open]
        + [(one.lon, one.lat) for one in resources if one.kind in _REST_KINDS]
    )
    weeks = -(-world.scale.days // 7)
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"货车轨迹_第{week}周.parquet" for week in range(1, weeks + 1)]
    writers = [_writer(path) for path in paths]
    number = max(6, round(pings / PINGS_PER_TRUCK))
    rows = 0
    for begin in range(0, number, _TRUCKS_A_BATCH):
        tables = _batch(world, places, range(begin, min(number, begin + _TRUCKS_A_BATCH)), weeks)
        if begin == 0:
            tables[0] = pa.concat_tables([tables[0], _wrong_ones(tables[0])]).unify_dictionaries()
            rows = tables[0].num_rows
        for writer, table in zip(writers, tables, strict=True):
            writer.write_table(table)
    for writer in writers:
        writer.close()
    return _dirt(f"files/轨迹/{paths[0].name}", rows)


def _writer(path: Path) -> pq.ParquetWriter:
    return pq.ParquetWriter(
        path,
        SCHEMA,
        compression="zstd",
        compression_level=12,
        use_dictionary=["车牌号", "是否危货", "速度"],
        column_encoding=_ENCODINGS,
    )


def _batch(world: World, places: RestPlaces, numbers: range, weeks: int) -> list[pa.Table]:
    tables: list[list[pa.Table]] = [[] for _ in range(weeks)]
    for number in numbers:
        truck, rng = truck_of(number, "truck")
        track = track_of(truck, trips_of(truck, world, places, rng), world.scale.days, rng)
        for week, parts in enumerate(tables):
            is_then = (track.seconds >= week * _WEEK_S) & (track.seconds < (week + 1) * _WEEK_S)
            parts.append(_table(truck, track.taken(np.flatnonzero(is_then))))
    return [pa.concat_tables(parts).unify_dictionaries() for parts in tables]


def _table(truck: Truck, track: Track) -> pa.Table:
    number = len(track.seconds)
    begin = np.datetime64(FIRST_DAY, "ms")
    same = pa.array(np.zeros(number, dtype=np.int32))
    columns = [
        pa.DictionaryArray.from_arrays(same, [truck.plate]),
        pa.array(begin + (np.round(track.seconds).astype(np.int64) * 1000).astype("timedelta64[ms]")),
        pa.array(np.round(track.lon, 5).astype(np.float32)),
        pa.array(np.round(track.lat, 5).astype(np.float32)),
        pa.array(np.round(track.speed_km_per_h).astype(np.int16)),
        pa.array((np.round(track.heading_deg / 5) * 5 % 360).astype(np.int16)),
        pa.DictionaryArray.from_arrays(same, ["是" if truck.is_hazmat else "否"]),
    ]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def _wrong_ones(table: pa.Table) -> pa.Table:
    rows = table.slice(0, 3).to_pylist()
    rows[0].update({"车牌号": "甘L·Z9991 样", "经度": 0.0, "纬度": 0.0})
    rows[1].update({"车牌号": "甘L·Z9992 样", "定位时间": FIRST_DAY.replace(year=2036)})
    rows[2].update({"车牌号": "甘L·Z9993 样", "速度": -40})
    return pa.Table.from_pylist(rows, schema=SCHEMA)


def _dirt(file: str, rows: int) -> list[Dirt]:
    return [
        Dirt(file, rows - 2, "甘L·Z9991 样", "经度", "0", "coordinates 0/0", "rejected", "no position"),
        Dirt(file, rows - 1, "甘L·Z9992 样", "定位时间", "2036-03-02", "future date", "rejected", "not yet"),
        Dirt(file, rows, "甘L·Z9993 样", "速度", "-40", "negative speed", "rejected", "no speed is below 0"),
    ]
