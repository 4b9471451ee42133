"""The `button` trigger."""

from collections.abc import Iterator
from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from engine.field import Id
from engine.rules.happened import Happened
from engine.rules.trigger import Trigger
from engine.wording import Label, Message


class Button(Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="button"):
    """Somebody presses a button that the rule puts onto the page of its records, or their list."""

    title: ClassVar = {"zh": "点击按钮", "en": "Button"}
    about: ClassVar = {
        "zh": "在记录页或列表的批量栏放一个按钮，有人点击后触发；条件不成立时不显示。",
        "en": "A button on the record page, or for picked rows of the list; goes off when pressed.",
    }
    titles: ClassVar = {
        "label": ("按钮文字", "Text", "不写就用规则名称", "The name of the rule without it"),
        "icon": ("图标", "Icon"),
        "places": ("放在哪里", "Places", "记录页或列表的批量栏", "Record page, or bar of the list"),
        "roles": ("谁能点", "Who may", "不设就是能修改记录的人", "Whoever may edit without any"),
        "confirm": ("点击前确认", "Confirmation"),
        "ask": ("先填写", "Asks for", "点击后要填的字段", "Fields to be filled in first"),
    }

    label: Label | None = None
    """What stands on it; without it, what the rule is called."""
    icon: str = "bolt"
    places: Annotated[tuple[Literal["record", "list"], ...], Meta(min_length=1)] = ("record",)
    """On the page of a record, and in the bar for records picked in the list."""
    roles: tuple[Id, ...] = ()
    """Who may press it; without any, whoever may edit the record."""
    confirm: Label | None = None
    """Asked before it is done."""
    ask: Annotated[tuple[Id, ...], Meta(max_length=8)] = ()
    """Fields of the record to be filled in first, each of them, by the rights of who presses."""

    def hears(self, happened: Happened) -> bool:
        return happened.kind == "pressed"

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        if len(set(self.ask)) != len(self.ask):
            yield "ask", Message("同一个字段只能问一次")
