"""Incidents 事故与违法: crashes and violations on the road."""

from etl.noun import Noun, Shape

NOUN = Noun(
    name="incidents",
    key="incident_id",
    shape=Shape.POSSIBLE_POINT,
    headings={
        "incident_id": ("编号", "事故编号", "案件编号", "记录编号", "id"),
        "kind": ("类型", "事件类型", "种类", "事故类型", "案由"),
        "happened_at": ("时间", "发生时间", "事故时间", "事发时间", "违法时间", "案发时间", "date"),
        "severity": ("严重程度", "后果", "等级", "事故等级", "伤亡程度"),
        "deaths": ("死亡人数", "死亡", "亡人", "fatalities"),
        "injuries": ("受伤人数", "受伤", "伤人", "伤人数"),
        "ref": ("道路编号", "路线编号", "路号", "公路编号", "道路"),
        "stake_km": ("桩号", "公里桩号", "位置桩号", "公里数"),
        "location": ("地点", "发生地点", "事故地点", "位置", "地址"),
        "township": ("乡镇", "所属乡镇", "所在乡镇", "district", "区县"),
    },
)
