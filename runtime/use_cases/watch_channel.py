"""Who is told when a channel does not work any more?"""

from __future__ import annotations

from engine.wording import Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.deliveries import Delivery
from runtime.store.tasks import Task
from runtime.use_cases.notify import NoticeText, notify

IN_A_ROW = 3
"""So many messages in a row that did not go are no accident."""


def watch(services: Services, unit: Unit, failed: Delivery, problem: Message | None) -> None:
    """Count a message that did not go; the last of several in a row becomes a task for who set
    up the channel, or for every administrator if they left."""
    if unit.notices.channels.count_failure(failed.channel) != IN_A_ROW:
        return
    title = Message(
        "消息渠道连续 {n} 次发送失败，请检查设置：{problem}",
        n=IN_A_ROW,
        problem=problem or Message("没有成功"),
    )
    for person in watchers(unit, failed.channel):
        key = f"channel:{failed.channel}:{failed.id}:{person}"
        task = unit.tasks.open(
            Task(
                key=key,
                kind="todo",
                person=person,
                title=title,
                note=failed.channel,
                opened_at=services.now(),
            )
        )
        text = NoticeText(text=title, kind="system", task=task)
        notify(services, unit, (person,), text, key=key, urgent=True)


def watchers(unit: Unit, channel: str) -> tuple[str, ...]:
    """Return who sees to a channel: who set it up, or every administrator if they left."""
    kept = unit.notices.channels.one(channel)
    person = unit.people.one(kept.changed_by) if kept and kept.changed_by else None
    if person and person.active and person.admin:
        return (person.id,)
    return tuple(each.id for each in unit.people.list() if each.admin)
