"""Which signs and colours may a new app or form have, and what are they called?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.wording import Message

ICONS: Mapping[str, Message] = {
    "apps": Message("通用"),
    "file": Message("单据"),
    "clipboard-list": Message("检查"),
    "users": Message("人员"),
    "tools": Message("设备"),
    "package": Message("物品"),
    "truck": Message("运输"),
    "building": Message("场地"),
    "calendar": Message("日程"),
    "receipt": Message("费用"),
    "headset": Message("服务"),
    "book": Message("资料"),
}
COLOURS: Mapping[str, Message] = {
    "blue": Message("蓝色"),
    "cyan": Message("青色"),
    "green": Message("绿色"),
    "amber": Message("橙色"),
    "red": Message("红色"),
    "violet": Message("紫色"),
    "grey": Message("灰色"),
}
