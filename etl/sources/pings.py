"""Pings 轨迹点: single GPS positions of trucks."""

from etl.noun import Noun, Shape

NOUN = Noun(
    name="pings",
    shape=Shape.POINT,
    headings={
        "vehicle": (
            "车牌号",
            "车牌",
            "车牌号码",
            "车辆",
            "车辆编号",
            "车号",
            "plate",
            "vehicleid",
            "deviceid",
            "终端号",
            "id",
            "trackid",
            "truckid",
        ),
        "pinged_at": (
            "定位时间",
            "时间",
            "gps时间",
            "采集时间",
            "上报时间",
            "time",
            "timestamp",
            "datetime",
            "gpstime",
            "eventdate",
        ),
        "speed_km_per_h": ("速度", "车速", "gps速度", "行驶速度", "speed", "speedkmh"),
        "heading_deg": (
            "方向",
            "方向角",
            "航向",
            "航向角",
            "行驶方向",
            "heading",
            "bearing",
            "course",
            "direction",
        ),
        "is_hazmat": ("是否危货", "危货", "危货车", "是否危险品", "hazmat"),
    },
    personal=("vehicle",),
    streams=True,
)
