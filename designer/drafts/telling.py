"""How are the changes of an app said to people who never saw its files?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from designer.drafts.conditions import in_words
from engine.app import App
from engine.editing.differences import Difference
from engine.editing.draft import Draft
from engine.editing.naming import crumbs
from engine.expressions.literals import read_duration
from engine.expressions.telling.parts import span
from engine.loading.folder import kind_of
from engine.wording import LOCALES, Message
from runtime.web.language import translate

KINDS = {
    "added": Message("新增"),
    "removed": Message("删除"),
    "changed": Message("修改"),
    "moved": Message("移动"),
}
LONGEST = 80


@dataclass(frozen=True)
class Told:
    """One difference, as people read it."""

    kind: str
    said: str
    """What happened to it: added, removed, changed, moved."""
    where: str
    what: str
    before: str
    after: str


@dataclass(frozen=True)
class ToldFile:
    """What became of a form, a rule, an approval."""

    name: str
    lines: tuple[Told, ...]


def tell(old: Draft, new: Draft, found: Iterable[Difference], locale: str) -> list[ToldFile]:
    """Return differences as people read them, under what they are about."""
    files: dict[str, list[Difference]] = {}
    for one in found:
        files.setdefault(str(one.target[0]), []).append(one)
    return [_file(old, new, path, inside, locale) for path, inside in files.items()]


def _file(old: Draft, new: Draft, path: str, found: Iterable[Difference], locale: str) -> ToldFile:
    here = new if path in new.documents else old
    name = _titled(path, crumbs(here.app, here.documents[path][0].data, (path,), locale)[0])
    lines = tuple(_line(old, new, one, locale) for one in found)
    return ToldFile(name.fill(translate(locale), locale), lines)


def _titled(path: str, name: str) -> Message:
    match kind_of(path):
        case "form":
            return Message("表单“{name}”", name=name)
        case "type":
            return Message("字段类型“{name}”", name=name)
        case "workflow":
            return Message("审批“{name}”", name=name)
        case "rule":
            return Message("规则“{name}”", name=name)
        case "decision":
            return Message("决策表“{name}”", name=name)
        case "connector":
            return Message("连接器“{name}”", name=name)
        case "locale":
            return Message("译文 {name}", name=name)
        case _:
            return Message("应用“{name}”", name=name)


def _line(old: Draft, new: Draft, one: Difference, locale: str) -> Told:
    side = old if one.kind == "removed" else new
    path = str(one.target[0])
    steps = crumbs(side.app, side.documents[path][0].data, one.target, locale)
    *above, last = steps
    said = KINDS[one.kind].fill(translate(locale), locale)
    told = one.kind == "changed" or not isinstance(one.after or one.before, (dict, list))
    before = value_told(old.app, one, one.before, locale) if told else ""
    after = value_told(new.app, one, one.after, locale) if told else ""
    return Told(one.kind, said, " › ".join(above[1:]), last, *shortened(before, after))


def value_told(app: App, one: Difference, value: Any, locale: str) -> str:
    """Return a value as it can stand in a sentence."""
    into = translate(locale)
    match value:
        case None:
            return ""
        case bool():
            return (Message("是") if value else Message("否")).fill(into, locale)
        case list():
            listed = [value_told(app, one, item, locale) for item in value]
            return ("、" if locale == LOCALES[0] else ", ").join(listed)
        case dict():
            own = value.get(locale) or value.get(LOCALES[0]) or value.get("label")
            return str(own) if own else _entries(app, one, value, locale)
        case _:
            text = str(value)
            length = read_duration(text)
            if isinstance(length, timedelta):
                return span(length).fill(into, locale)
            said = in_words(app, one.target, text, locale)
            return said or _field_name(app, one, text, locale)


def _entries(app: App, one: Difference, value: dict[str, Any], locale: str) -> str:
    told = (
        f"{key}: {value_told(app, replace(one, target=(*one.target, key)), item, locale)}"
        for key, item in value.items()
    )
    return "；".join(told)


def _field_name(app: App, one: Difference, text: str, locale: str) -> str:
    """Return what a field or stage is called, where its id stands for it."""
    form = app.forms.get(str(one.target[0]).rpartition("/")[2].removesuffix(".yaml"))
    thing = (form.fields.get(text) or form.stage(text)) if form else None
    label = thing.label if thing else text
    return label if isinstance(label, str) else label.get(locale) or label[LOCALES[0]]


def shortened(before: str, after: str) -> tuple[str, str]:
    """Return two texts so that what is different in them can be seen: of long ones, only what is
    around it."""
    if max(len(before), len(after)) <= LONGEST:
        return before, after
    same = next(
        (at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]),
        min(len(before), len(after)),
    )
    start = max(0, same - LONGEST // 3) if before and after else 0
    return _short(before, start), _short(after, start)


def _short(text: str, start: int) -> str:
    shown = text[start : start + LONGEST]
    begun = "…" if start and shown else ""
    return begun + shown + ("…" if len(text) > start + LONGEST else "")
