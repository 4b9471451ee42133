"""Which types of fields are there to build a form from, and under which headings?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.catalog import FIELD_TYPES
from engine.wording import Message

GROUPS: Mapping[str, Message] = {
    "basic": Message("基础"),
    "number": Message("数字与金额"),
    "time": Message("日期与时间"),
    "choice": Message("选项"),
    "people": Message("人员与联系方式"),
    "link": Message("关联与明细"),
    "media": Message("文件与签名"),
    "computed": Message("自动计算"),
    "other": Message("其他"),
}
"""The headings in their order, by the group that a field type names."""

ICONS: Mapping[str, str] = {
    "address": "map",
    "auto_number": "hash",
    "barcode": "barcode",
    "colour": "palette",
    "date": "calendar",
    "datetime": "calendar-time",
    "department": "sitemap",
    "duration": "hourglass",
    "email": "mail",
    "file": "paperclip",
    "formula": "math-function",
    "geo": "map-pin",
    "id_number": "id",
    "image": "photo",
    "integer": "hash",
    "json": "json",
    "lines": "table",
    "long_text": "notes",
    "lookup": "eye",
    "money": "currency-yuan",
    "multi_select": "checklist",
    "number": "calculator",
    "percent": "percentage",
    "person": "user",
    "phone": "phone",
    "rating": "star",
    "reference": "link",
    "reference_list": "affiliate",
    "region": "map-pin-check",
    "rich_text": "article",
    "rollup": "sum",
    "select": "circle-dot",
    "signature": "signature",
    "tags": "tags",
    "text": "abc",
    "time": "clock",
    "url": "world",
    "yes_no": "checkbox",
}
UNKNOWN = "forms"

OFTEN = (
    "text", "long_text", "number", "integer", "money", "date", "datetime", "select",
    "multi_select", "person", "phone", "reference", "lines", "image", "file",
)  # fmt: skip
"""What most forms need: it stands first under its heading."""


@dataclass(frozen=True)
class Kind:
    """One type of field, as the palette shows it."""

    type: str
    title: str
    about: str
    icon: str


@dataclass(frozen=True)
class Group:
    """Types that belong together."""

    title: Message
    kinds: tuple[Kind, ...]


def icon_of(type_: str) -> str:
    """Return the sign of a field type; a type that is new here has the general one."""
    return ICONS.get(type_, UNKNOWN)


def kind_of(type_: str, locale: str) -> Kind:
    """Return one field type in a language."""
    found = FIELD_TYPES[type_]
    return Kind(type_, found.title[locale], found.about[locale], icon_of(type_))


def palette(locale: str) -> tuple[Group, ...]:
    """Return every field type under its heading; a group without one is left out."""
    ordered = (*OFTEN, *(type_ for type_ in FIELD_TYPES if type_ not in OFTEN))
    groups = {
        id_: tuple(kind_of(one, locale) for one in ordered if FIELD_TYPES[one].group == id_)
        for id_ in GROUPS
    }
    return tuple(Group(GROUPS[id_], kinds) for id_, kinds in groups.items() if kinds)
