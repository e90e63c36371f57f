"""Requests 诉求工单: from the hotline, a box, the cloud platform or a shop, with the moments of their chain."""

from etl.noun import Noun, Shape

NOUN = Noun(
    name="requests",
    key="request_id",
    shape=Shape.POSSIBLE_POINT,
    headings={
        "request_id": ("编号", "工单编号", "工单号", "诉求编号", "受理编号", "uniquekey", "id"),
        "channel": ("来源渠道", "渠道", "来源", "诉求来源", "受理渠道"),
        "category": ("类别", "诉求类别", "类型", "诉求类型", "问题类别", "事项类别"),
        "priority": ("紧急程度", "优先级", "缓急", "紧急度"),
        "reported_at": (
            "举报投诉时间",
            "诉求时间",
            "受理时间",
            "反映时间",
            "投诉时间",
            "上报时间",
            "来电时间",
            "createddate",
        ),
        "supervised_at": ("监管时间", "转监管时间", "交办监管时间"),
        "enforced_at": ("执法时间", "转执法时间", "交办执法时间"),
        "inspected_at": ("督查时间", "转督查时间"),
        "ordered_at": ("点单时间", "点单"),
        "assigned_at": ("派单时间", "下单时间", "派单", "下单"),
        "accepted_at": ("接单时间", "接单"),
        "closed_at": ("办结时间", "完成时间", "办结", "closeddate"),
        "phone": ("联系电话", "电话", "手机号", "来电号码", "诉求人电话"),
        "person": ("诉求人", "姓名", "反映人", "来电人", "投诉人"),
        "content": ("内容", "诉求内容", "反映内容", "投诉内容", "问题描述", "描述", "descriptor"),
        "location": ("地点", "事发地点", "诉求地点", "位置", "地址", "发生地点", "incidentaddress"),
        "township": ("乡镇", "所属乡镇", "所在乡镇", "district", "区县"),
    },
    personal=("phone", "person"),
)
