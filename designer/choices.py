"""What are the fixed choices of an option called?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.catalog import FIELD_TYPES
from engine.wording import Message

CHOICES: Mapping[str, Mapping[str, Message]] = {
    "mask": {
        "phone": Message("电话，保留前三后四位"),
        "id_number": Message("证件，保留首尾"),
        "name": Message("姓名，只留姓氏"),
        "email": Message("邮箱，保留域名"),
        "ends": Message("只留首尾"),
        "all": Message("全部遮住"),
    },
    "width": {"half": Message("半行"), "full": Message("整行")},
    "level": {
        "province": Message("省份"),
        "city": Message("城市"),
        "district": Message("区县"),
    },
    "detail": {"required": Message("必须填写"), "optional": Message("可以不填")},
    "resets": {
        "never": Message("从不"),
        "year": Message("每年"),
        "month": Message("每月"),
        "day": Message("每天"),
    },
    "kind": {
        "any": Message("不限"),
        "ean13": Message("商品条码 EAN-13"),
        "code128": Message("条形码 Code 128"),
        "qr": Message("二维码"),
        "uscc": Message("统一社会信用代码"),
        "resident": Message("居民身份证"),
        "mobile": Message("手机"),
        "landline": Message("座机"),
    },
    "only": {
        "past": Message("过去"),
        "past_or_today": Message("今天或以前"),
        "today_or_future": Message("今天或以后"),
        "future": Message("将来"),
    },
    "precision": {"minute": Message("分钟"), "second": Message("秒")},
    "within": {
        "all": Message("全公司"),
        "department": Message("本部门"),
        "tree": Message("本部门和下级部门"),
    },
    "shape": {
        "any": Message("不限"),
        "object": Message("对象"),
        "list": Message("清单"),
    },
    "style": {"list": Message("下拉列表"), "buttons": Message("平铺按钮")},
    "symbol": {
        "star": Message("星星"),
        "heart": Message("爱心"),
        "flag": Message("旗子"),
        "number": Message("数字本身"),
    },
    "measure": {
        "count": Message("计数"),
        "sum": Message("求和"),
        "avg": Message("平均"),
        "min": Message("最小"),
        "max": Message("最大"),
    },
    "ask": {"switch": Message("开关"), "question": Message("“是”与“否”两个选项")},
}
"""By the name of the option and what stands in the YAML."""

PROPER_NAMES = frozenset({"types"})
"""Options whose choices are names that need no translation, such as file types."""


def choice(option: str, written: object) -> Message | None:
    """Return what a fixed choice of an option is called."""
    if option == "result" and written in FIELD_TYPES:
        return Message("{label}", label=FIELD_TYPES[str(written)].title)
    return CHOICES.get(option, {}).get(str(written))
