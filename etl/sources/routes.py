"""Routes 货运路线: road sections that trucks use."""

from etl.noun import Noun, Shape

NOUN = Noun(
    name="routes",
    key="route_id",
    shape=Shape.LINE,
    headings={
        "route_id": ("编号", "路段编号", "路段编码", "编码", "id", "osmid", "osm_id", "linkid", "fid"),
        "ref": ("路线编号", "道路编号", "线路编号", "公路编号", "路号", "国道编号", "road_ref", "line"),
        "name": ("名称", "路名", "路线名称", "道路名称", "路段名称", "线路名称"),
        "class": (
            "等级",
            "技术等级",
            "公路等级",
            "道路等级",
            "类型",
            "道路类型",
            "highway",
            "fclass",
            "type",
        ),
        "direction": ("方向", "行车方向", "上下行"),
        "is_oneway": ("单行", "是否单行", "单向", "是否单向", "oneway"),
        "speed_km_per_h": (
            "限速",
            "设计速度",
            "限速值",
            "货车限速",
            "最高限速",
            "车速",
            "maxspeed",
            "speed",
            "speedlimit",
        ),
        "trucks_per_day": (
            "货车流量",
            "货车日均流量",
            "日均货车",
            "货车辆日",
            "货车日流量",
            "货车交通量",
            "trucks",
            "aadtt",
        ),
        "stake_from_km": ("起点桩号", "起始桩号", "起桩号", "桩号起", "from_stake"),
        "stake_to_km": ("终点桩号", "结束桩号", "止点桩号", "止桩号", "桩号止", "to_stake"),
        "is_hazmat_allowed": (
            "危货通行",
            "允许危货",
            "危货车通行",
            "是否允许危货",
            "危险货物通行",
            "危化品通行",
            "hazmat",
        ),
        # 货车禁行 and 限行 say the contrary: a heading like that is none of these.
        "is_truck_allowed": ("货车通行", "允许货车", "是否允许货车", "货车是否通行", "货车可通行", "truck_allowed"),
        "is_bridge": ("桥梁", "是否桥梁", "bridge"),
        "is_tunnel": ("隧道", "是否隧道", "tunnel"),
        "layer": ("立体层级", "立交层级", "立交层", "高程层级", "z_order", "zlevel"),
    },
)
