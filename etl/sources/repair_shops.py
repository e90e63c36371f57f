"""Repair shops 维修点."""

from etl.noun import Noun, Shape

NOUN = Noun(
    name="repair_shops",
    key="shop_id",
    newest_by="surveyed_on",
    shape=Shape.POINT,
    headings={
        "shop_id": ("编号", "店铺编号", "企业编号", "备案编号", "编码", "id"),
        "name": ("店名", "名称", "企业名称", "维修点名称", "店铺名称", "字号", "户名", "单位名称"),
        "class": ("类别", "维修类别", "经营类别", "等级", "类型", "维修等级"),
        "is_filed": ("是否备案", "备案", "备案情况", "备案状态", "已备案"),
        "on_green_land": ("占用绿地", "是否占用绿地", "侵占绿地", "占绿"),
        "on_roadside": ("占道经营", "是否占道", "占道", "占用道路", "是否占道经营"),
        "surveyed_on": ("调查日期", "采集日期", "摸排日期", "排查日期", "调查时间", "摸排时间"),
        "township": ("乡镇", "所属乡镇", "所在乡镇", "district", "区县"),
        "address": ("地址", "位置", "经营地址", "详细地址"),
    },
)
