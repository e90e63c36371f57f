"""Resources 沿线资源: existing places that could host a station."""

from etl.noun import Noun, Shape

NOUN = Noun(
    name="resources",
    key="resource_id",
    shape=Shape.POINT,
    headings={
        "resource_id": ("编号", "资源编号", "编码", "代码", "id"),
        "name": ("名称", "资源名称", "站点名称", "场所名称", "单位名称", "title"),
        "kind": (
            "类型",
            "资源类型",
            "类别",
            "资源类别",
            "性质",
            "category",
            "amenity",
            "type",
            "图层",
            "文件夹",
            "folder",
        ),
        "facilities": ("设施", "现有设施", "服务设施", "已有设施", "服务项目", "amenities"),
        "bays": ("停车位", "车位", "车位数", "停车位数", "大车位", "可停货车", "capacity"),
        "operator": ("管理单位", "运营单位", "产权单位", "所属单位", "权属单位", "operator", "owner"),
        "area_m2": ("面积", "占地面积", "可用面积", "场地面积", "占地"),
        "township": ("乡镇", "所属乡镇", "所在乡镇", "town", "district", "区县"),
        "address": ("地址", "位置", "详细地址", "所在位置"),
    },
    ticks={"facilities": "facility"},
)
