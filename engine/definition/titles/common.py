"""What are the keys called that many definitions share?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

Said: TypeAlias = tuple[str, str] | tuple[str, str, str, str]
"""Chinese and English title, and help in both where a title is not enough."""

COMMON: Mapping[str, Said] = {
    "id": ("标识", "Id", "系统内部的名字，保存后不要改", "The inner name; never change it"),
    "type": ("类型", "Type"),
    "kind": ("类型", "Kind"),
    "label": ("名称", "Name", "大家看到的名字", "What people read"),
    "help": ("说明", "Help", "帮助使用的人理解", "Explains it to those who use it"),
    "note": (
        "备注", "Note",
        "写给维护的同事，使用者看不到", "For whoever maintains it, shown nowhere",
    ),
    "icon": ("图标", "Icon"),
    "colour": ("颜色", "Colour"),
    "if": ("如果", "If", "条件成立时才做", "Done only while it holds"),
}  # fmt: skip
