"""Which types of fields are there to build a form from, and under which headings?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.catalog import FIELD_TYPES
from engine.definition.own_type import OwnTypeDef
from engine.field import NotAcceptable
from engine.wording import Message, words
from runtime.web.language import translate

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
_EXAMPLE = Message("例：")

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


def kind_of(
    type_: str, locale: str, types: Mapping[str, OwnTypeDef] = MappingProxyType({})
) -> Kind:
    """Return one field type in a language; `types` are those of the app's own."""
    if type_ in types:
        return _own(types[type_], locale)
    found = FIELD_TYPES[type_]
    return Kind(type_, found.title[locale], found.about[locale], icon_of(type_))


def _own(type_: OwnTypeDef, locale: str) -> Kind:
    base = kind_of(type_.like.type, locale)
    about = words(type_.about, locale) or base.about
    if type_.examples:
        about = f"{about} {_EXAMPLE.fill(translate(locale), locale)}{_shown(type_, locale)}"
    return Kind(type_.type, words(type_.label, locale), about, type_.icon or base.icon)


def _shown(type_: OwnTypeDef, locale: str) -> str:
    try:
        return type_.like.show(type_.like.read(type_.examples[0]), locale)
    except NotAcceptable:
        return str(type_.examples[0])


def palette(
    locale: str, types: Mapping[str, OwnTypeDef] = MappingProxyType({})
) -> tuple[Group, ...]:
    """Return every field type under its heading, those of the app's own first; a group without
    one is left out."""
    groups_of = {id_: one.group or one.like.group for id_, one in types.items()}
    groups_of |= {one: FIELD_TYPES[one].group for one in OFTEN}
    groups_of |= {one: found.group for one, found in FIELD_TYPES.items() if one not in OFTEN}
    groups = {
        id_: tuple(kind_of(one, locale, types) for one, group in groups_of.items() if group == id_)
        for id_ in GROUPS
    }
    return tuple(Group(GROUPS[id_], kinds) for id_, kinds in groups.items() if kinds)
