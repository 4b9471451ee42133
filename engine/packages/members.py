"""What was part of a definition and is no longer there, and what follows for those who use it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from msgspec import Struct

from engine.app import App
from engine.wording import Label, Message

Trail: TypeAlias = tuple[str, ...]
ELSEWHERE = frozenset({"sections", "fields", "options", "stages", "roles"})
"""What `breaking` itself compares, with the records that it meets."""
CONSEQUENCES: Mapping[str, Message] = {
    "access": Message("有这个角色的人不再有这里的权限"),
    "answers": Message("规则里用到这个回答的地方读不到了"),
    "ask": Message("不再发送这一项"),
    "blocks": Message("以后生成的文件里没有这一段，已生成的不变"),
    "branches": Message("在途的审批按发起时的流程走完，新的不再走这一支"),
    "checks": Message("保存时不再检查，已有的记录不变"),
    "conversions": Message("记录上不再有这个转换，已转换的不变"),
    "creates": Message("转换时不再建它，已建的不变"),
    "do": Message("规则不再做这件事"),
    "evidence": Message("不再要求这份材料，已交的仍在记录里"),
    "home": Message("首页上不再有这张卡片"),
    "inputs": Message("决策表不再看这一项"),
    "ledgers": Message("不再记分，已记的分仍在"),
    "menu": Message("菜单里不再有这一组，表单和记录都在"),
    "operations": Message("不再能调用它，还没执行的会失败"),
    "outputs": Message("决策表不再给出这一项"),
    "paths": Message("在途的审批按发起时的流程走完，新的不再走这一支"),
    "pipelines": Message("还在这条流程里的记录要先换到别的流程"),
    "secrets": Message("不再用这个密钥，存着的可以删掉"),
    "setup": Message("上线清单里不再有这一步"),
    "signers": Message("以后生成的文件里没有这一方签字，已生成的不变"),
    "steps": Message("在途的审批按发起时的流程走完，新的不再经过这一步"),
    "tabs": Message("内容并到别的页签里，记录不变"),
    "that": Message("不再要求这一条"),
    "views": Message("链接到这个列表的人会看到全部记录"),
}
"""By the key of a list or map whose things have ids: what follows when one is gone."""
OTHERWISE = Message("用到它的地方要跟着改")


def removed_members(old: App, new: App) -> Iterator[tuple[str, Message]]:
    """Yield what definitions that are still there no longer hold, by the key that held it, with
    what follows; of things inside one another the outermost."""
    now = _definitions(new, {form.definition.formerly: id_ for id_, form in new.forms.items()})
    for place, definition in _definitions(old, {}).items():
        if place not in now:
            continue
        there = {trail for trail, _ in members(now[place])}
        gone: list[Trail] = []
        for trail, member in members(definition):
            inside = any(trail[: len(one)] == one for one in gone)
            if trail not in there and not inside:
                gone.append(trail)
                yield trail[-2], _told(definition, trail, member)


def members(thing: Any, trail: Trail = ()) -> Iterator[tuple[Trail, Any]]:
    """Yield everything with an id that a definition holds, by the keys and ids on the way to it."""
    for key in thing.__struct_fields__ if isinstance(thing, Struct) else ():
        if key in ELSEWHERE:
            continue
        value = getattr(thing, key)
        if isinstance(value, Struct):
            yield from members(value, (*trail, key))
        elif isinstance(value, (tuple, dict)):
            yield from _inside(value, (*trail, key))


def _inside(value: Any, trail: Trail) -> Iterator[tuple[Trail, Any]]:
    named = value.items() if isinstance(value, dict) else [(_id(one), one) for one in value]
    for name, one in named:
        here = (*trail, str(name)) if name is not None else trail
        if name is not None and isinstance(one, Struct):
            yield here, one
        yield from members(one, here)


def _id(one: Any) -> str | None:
    return getattr(one, "id", None) if isinstance(one, Struct) else None


def _definitions(app: App, formerly: Mapping[str | None, str]) -> dict[Trail, Struct]:
    """Return every definition of an app, a form that has another id now by its former one."""
    former = {id_: was for was, id_ in formerly.items() if was and was not in app.forms}
    kinds: dict[str, Mapping[str, Any]] = {
        "workflows": app.workflows, "rules": app.rules, "decisions": app.decisions,
        "documents": app.documents, "connectors": app.connectors, "publics": app.publics,
    }  # fmt: skip
    found: dict[Trail, Struct] = {("app",): app.definition}
    for id_, form in app.forms.items():
        found["forms", former.get(id_, id_)] = form.definition
    for kind, things in kinds.items():
        for id_, thing in things.items():
            found[kind, id_] = thing.definition
    return found


def _told(definition: Struct, trail: Trail, member: Any) -> Message:
    label: Label = getattr(member, "label", None) or trail[-1]
    owner: Label = getattr(definition, "label", None) or ""
    then = CONSEQUENCES.get(trail[-2], OTHERWISE)
    return Message("“{owner}”里删除了“{member}”：{then}", owner=owner, member=label, then=then)
