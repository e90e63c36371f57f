"""Drivers 货车司机: the ledger of who lives where; names, phones and plates only as pseudonyms."""

from etl.noun import Noun, Shape

NOUN = Noun(
    name="drivers",
    key="driver_id",
    shape=Shape.NONE,
    headings={
        "driver_id": (
            "编号",
            "司机编号",
            "人员编号",
            "身份证号",
            "身份证",
            "身份证号码",
            "驾驶证号",
            "从业资格证号",
            "id",
        ),
        "name": ("姓名", "司机姓名", "驾驶员", "驾驶员姓名"),
        "phone": ("手机号", "手机", "电话", "联系电话", "手机号码", "联系方式"),
        "plate": ("车牌", "车牌号", "车牌号码", "驾驶车辆"),
        "home_grid": ("所属网格", "网格编码", "网格", "居住网格", "所在网格", "网格编号"),
        "is_party_member": ("政治面貌", "是否党员", "党员", "中共党员"),
        "enterprise": ("所属企业", "企业", "单位", "挂靠企业", "挂靠单位", "工作单位", "所在企业"),
        "licence_class": ("准驾车型", "驾照类型", "驾驶证类型", "准驾"),
        "survey_channel": ("采集方式", "采集渠道", "调查渠道", "来源", "信息来源", "登记方式"),
        "surveyed_on": ("采集日期", "采集时间", "调查日期", "登记日期", "登记时间"),
    },
    personal=("driver_id", "name", "phone", "plate"),
)
