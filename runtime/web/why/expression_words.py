"""What does the editor of expressions offer while somebody writes?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.expressions.builtins import BUILTINS
from engine.expressions.builtins.registry import Overload
from engine.expressions.feel_types import Kind, Type
from engine.expressions.scope import SERVER, Scope, Slot
from engine.wording import Message
from runtime.web.filters.fields import Fields
from runtime.web.filters.words import label_of
from runtime.web.showing import sayer

TYPES: Mapping[Kind, Message] = {
    Kind.NUMBER: Message("数字"),
    Kind.TEXT: Message("文字"),
    Kind.BOOLEAN: Message("是否"),
    Kind.DATE: Message("日期"),
    Kind.TIME: Message("时刻"),
    Kind.DATETIME: Message("日期时间"),
    Kind.DAYS: Message("时长"),
    Kind.LIST: Message("列表"),
    Kind.CONTEXT: Message("记录"),
}
WORDS: Mapping[str, Message] = {
    "and": Message("并且"),
    "or": Message("或者"),
    "in": Message("是其中之一"),
    "between": Message("介于"),
    "null": Message("空"),
    "true": Message("是"),
    "false": Message("否"),
    "if": Message("如果"),
    "then": Message("那么"),
    "else": Message("否则"),
    "some": Message("至少有一个"),
    "every": Message("每一个都"),
    "satisfies": Message("满足"),
    "user.id": Message("我"),
    "user.name": Message("我的姓名"),
    "user.number": Message("我的工号"),
    "user.department": Message("我的部门"),
    "user.departments": Message("我的部门及下级"),
    "user.roles": Message("我的角色"),
}
CLOCK = ("today", "now")
USEFUL = (
    "contains", "starts with", "ends with", "lower case", "string length",
    "list contains", "count", "sum", "min", "max", "mean", "not", "abs", "round half up",
    "date", "duration", "day of week",
)  # fmt: skip
"""Functions that stand first in the list."""


def words_for(fields: Fields, slot: Slot) -> dict[str, Any]:
    """Return all that an expression of a form may say in its slot, by what people call it."""
    options: dict[str, Any] = {}
    sources: dict[str, str] = {}
    known: dict[str, list[dict[str, str]]] = {}
    for path, types in _paths(fields):
        known[path] = [_field(fields, path, id_, kind) for id_, kind in types.items()]
        for id_ in types:
            _note_values(fields, f"{path}.{id_}" if path else id_, options, sources)
    say = sayer(fields.locale)
    known["user"] = [
        {"id": id_.removeprefix("user."), "label": say(text.text), "about": id_}
        for id_, text in WORDS.items()
        if id_.startswith("user.")
    ]
    return {
        "fields": known,
        "options": options,
        "sources": sources,
        "functions": [*_functions(slot), *_tables(fields.scope, slot)],
        "words": [{"id": id_, "label": say(text.text)} for id_, text in WORDS.items()],
    }


def _paths(fields: Fields) -> Iterator[tuple[str, Mapping[str, Type]]]:
    """Yield the fields of the form, and those behind each of its references and lines."""
    scope: Scope = fields.scope
    yield "", scope.names
    for id_, kind in scope.names.items():
        item = kind.item or kind
        there = scope.forms.get(item.form or "")
        if there and (item.is_reference or item.is_row):
            yield id_, there


def _field(fields: Fields, path: str, id_: str, kind: Type) -> dict[str, str]:
    whole = f"{path}.{id_}" if path else id_
    label = label_of(fields.form, whole, fields.locale, fields.apps).rpartition(" · ")[2]
    known = TYPES.get(kind.kind)
    sort = sayer(fields.locale)(known.text) if known else ""
    return {"id": id_, "label": label, "about": f"{id_} · {sort}" if sort else id_}


def _note_values(
    fields: Fields, path: str, options: dict[str, Any], sources: dict[str, str]
) -> None:
    field = fields.one(path)
    if field is None:
        return
    if field.options:
        options[path] = [list(each) for each in field.options]
    if field.source:
        sources[path] = field.source


def _functions(slot: Slot) -> Iterator[dict[str, str]]:
    rank = {name: n for n, name in enumerate(USEFUL)}
    yield from ({"id": name, "label": f"{name}()"} for name in CLOCK)
    for name in sorted(BUILTINS, key=lambda name: (rank.get(name, len(rank)), name)):
        overload = next((o for o in BUILTINS[name].overloads if slot.needs <= o.targets), None)
        if overload is not None:
            yield {"id": name, "label": _signature(name, overload)}


def _tables(scope: Scope, slot: Slot) -> Iterator[dict[str, str]]:
    """Yield how decision tables are asked, where that can be."""
    if slot.needs == SERVER:
        for id_, table in (scope.decisions or {}).items():
            if table.inputs is not None and not table.beyond:
                inside = ", ".join(table.inputs)
                yield {"id": "decide", "label": f'decide("{id_}", {{{inside}}})'}


def _signature(name: str, overload: Overload) -> str:
    names = (f"[{p.name}]" if p.optional else p.name for p in overload.parameters)
    return f"{name}({', '.join(names)})"
