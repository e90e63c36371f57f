"""Enterprises 货运企业: carriers, yards and platforms."""

from etl.noun import Noun, Shape

NOUN = Noun(
    name="enterprises",
    key="enterprise_id",
    shape=Shape.POSSIBLE_POINT,
    headings={
        "enterprise_id": (
            "编号",
            "企业编号",
            "统一社会信用代码",
            "信用代码",
            "许可证号",
            "经营许可证号",
            "id",
        ),
        "name": ("名称", "企业名称", "单位名称", "公司名称"),
        "kind": ("类型", "企业类型", "经营类型", "类别", "经营范围"),
        "trucks": ("车辆数", "货车数", "货车数量", "车辆数量", "自有车辆", "车辆"),
        "drivers": ("司机数", "驾驶员数", "司机人数", "从业人员数", "从业人数"),
        "party_members": ("党员数", "党员人数", "党员"),
        "is_hazmat_carrier": ("是否危货", "危货", "危货运输", "是否危货企业", "危险货物运输"),
        "contact": ("联系人", "负责人", "法人", "法定代表人"),
        "phone": ("电话", "联系电话", "手机号", "联系方式"),
        "township": ("乡镇", "所属乡镇", "所在乡镇", "district", "区县"),
        "address": ("地址", "位置", "注册地址", "经营地址", "详细地址"),
    },
    personal=("contact", "phone"),
)
