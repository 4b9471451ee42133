"""What did which designer do with an app, and when?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.editing.draft import Draft
from engine.editing.edits import Target
from engine.editing.naming import crumbs
from engine.record import Actor
from engine.wording import Message
from runtime.services import Services
from runtime.store.events import Event
from runtime.store.ids import new_id
from runtime.use_cases.name_values import name_people

AT_ONCE, MOST_TARGETS = 50, 4

STEPS: Mapping[str, Message] = {
    "edit": Message("修改"),
    "undo": Message("撤销"),
    "redo": Message("重做"),
    "restore": Message("让草稿回到以前的版本"),
    "discard": Message("放弃未发布的修改"),
    "mend": Message("发布时整理示例数据"),
}
PLAIN: Mapping[str, Message] = {
    "exported": Message("下载应用文件"),
    "publish_called_off": Message("取消定时发布"),
    "publish_refused": Message("定时发布没有执行"),
}
KINDS = (
    "designed", "published", "exported", "publish_planned", "publish_called_off",
    "publish_refused", "installed", "upgraded", "upgrade_declined", "rolled_back",
)  # fmt: skip


@dataclass(frozen=True)
class Logged:
    """One thing that somebody did."""

    id: str
    at: datetime
    who: str
    what: Message
    where: tuple[str, ...]
    """What it was about, as it is called now."""


def log_of(
    services: Services, app: str, draft: Draft, locale: str, before: str | None = None
) -> tuple[Logged, ...]:
    """Return what was done with an app, latest first; `before` is the last id seen."""
    with services.store.reading() as unit:
        events = unit.events.of_app(app, KINDS, before=before, limit=AT_ONCE)
    names = name_people(services, {one.actor for one in events if one.actor})
    return tuple(_logged(services, one, draft, names, locale) for one in events)


def log_export(services: Services, actor: Actor, app: str) -> None:
    """Note that somebody took the files of a draft away."""
    now = services.now()
    with services.store.unit() as unit:
        unit.events.add(Event(id=new_id(now), at=now, kind="exported", app=app, actor=actor.id))


def _logged(
    services: Services, event: Event, draft: Draft, names: Mapping[str, str], locale: str
) -> Logged:
    who = names.get(event.actor or "", "")
    targets = [tuple(one) for one in event.data.get("targets", ())]
    where = tuple(dict.fromkeys(_called(draft, targets, locale)))
    return Logged(event.id, event.at, who, _what(services, event), where)


def _what(services: Services, event: Event) -> Message:
    data: Mapping[str, Any] = event.data
    match event.kind:
        case "published":
            return Message("发布第 {n} 版", n=data["number"])
        case "publish_planned":
            due = services.local(datetime.fromisoformat(data["due"]))
            return Message("排定 {at} 发布", at=due.strftime("%Y-%m-%d %H:%M"))
        case "installed":
            return Message("安装 {version}", version=data["version"])
        case "upgraded":
            return Message("升级到 {version}", version=data["version"])
        case "rolled_back":
            return Message("退回升级前的 {version}", version=data["version"])
        case "upgrade_declined":
            return Message("没有升级到 {version}", version=data["version"])
        case _:
            return PLAIN.get(event.kind) or STEPS.get(data.get("kind", "edit"), STEPS["edit"])


def _called(draft: Draft, targets: list[Target], locale: str) -> Iterator[str]:
    for target in targets[:MOST_TARGETS]:
        path = str(target[0])
        if path in draft.documents:
            yield " › ".join(crumbs(draft.app, draft.documents[path][0].data, target, locale))
        else:
            yield path.rpartition("/")[2].removesuffix(".yaml")
