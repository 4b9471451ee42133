"""Which of the options that an author listed is meant, and may it be chosen now?"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from msgspec import Struct

from engine.field import Id, NotAcceptable, option
from engine.typed.text import cut
from engine.wording import Label, Message


class Option(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """One thing to choose."""

    id: Annotated[Id, option("标识", "Id", "存下来的值，不要改", "What is kept; never changes")]
    label: Annotated[Label, option("名称", "Label", "看到的文字", "What people read")]
    colour: Annotated[
        Literal["grey", "blue", "cyan", "green", "amber", "red", "violet"] | None,
        option("颜色", "Colour", "列表和看板上的颜色", "In lists and on boards"),
    ] = None
    retired: Annotated[
        bool,
        option("停用", "Retired", "已选的保留，不再可选", "Kept where chosen, no longer offered"),
    ] = False
    when: Annotated[
        dict[Id, tuple[str, ...]] | None,
        option(
            "出现条件",
            "When",
            "其他字段为这些值时才可选",
            "Offered only while other fields have these values",
        ),
    ] = None


def by_word(options: tuple[Option, ...]) -> dict[str, Option]:
    """Return the options by everything that a person may write for them."""
    found: dict[str, Option] = {}
    for one in options:
        labels = (one.label,) if isinstance(one.label, str) else tuple(one.label.values())
        for label in labels:
            found.setdefault(label.strip().casefold(), one)
    found.update({one.id: one for one in options})
    return found


def unknown(text: str, options: tuple[Option, ...]) -> NotAcceptable:
    """Return the complaint about what is not among the options."""
    offered = [one.label for one in options if not one.retired][:12]
    message = "没有“{text}”这个选项，可选：{offered}"
    return NotAcceptable(Message(message, text=cut(text), offered=offered))


def unknown_id(text: str, options: tuple[Option, ...]) -> NotAcceptable:
    """Return the complaint about what is not among the options, for whoever writes their ids."""
    offered = [
        Message("{id}（{label}）", id=one.id, label=one.label) for one in options if not one.retired
    ]
    message = "没有“{text}”这个选项，可填：{offered}"
    return NotAcceptable(Message(message, text=cut(text), offered=offered[:12]))


def open_to(chosen: Option, row: Mapping[str, Any]) -> bool:
    """Tell if an option is offered next to the other values of a record."""
    return chosen.when is None or all(
        _meets(row.get(field), allowed) for field, allowed in chosen.when.items()
    )


def _meets(value: Any, allowed: tuple[str, ...]) -> bool:
    if isinstance(value, tuple):
        return any(item in allowed for item in value)
    if isinstance(value, bool):
        return ("true" if value else "false") in allowed
    return str(value) in allowed


def doubts(options: tuple[Option, ...]) -> Iterator[tuple[str, str, Message]]:
    """Yield what is wrong with a list of options, for authors."""
    seen: set[str] = set()
    for one in options:
        if one.id in seen:
            yield "options", "field.option", Message("选项“{id}”重复了", id=one.id)
        seen.add(one.id)


def misplaced(chosen: Option) -> Message:
    """Return the complaint about an option that the other values rule out."""
    return Message("选项“{label}”与其他内容不符，请重新选择", label=chosen.label)
