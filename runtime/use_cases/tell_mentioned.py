"""Who learns that a comment mentions them?"""

from __future__ import annotations

from collections.abc import Iterable

from engine.access.sight import covers, sight_of
from engine.wording import Message
from runtime.store import Event
from runtime.use_cases.act import Act, env_of
from runtime.use_cases.notify import NoticeText, notify
from runtime.use_cases.reach import Reached, Work

LONGEST = 120
"""Characters of a comment that a message shows."""


def tell_mentioned(work: Work, reached: Reached, said: Event, people: Iterable[str]) -> None:
    """Tell people that a comment mentions them; only those who may see the record, and not who
    wrote it."""
    others = [id_ for id_ in people if id_ != said.actor and _may_see(work, reached, id_)]
    if not others:
        return
    words = (said.text or "").strip()
    text = Message(
        "{who} 在{form}的评论里提到您：{text}",
        who=work.act.actor.name,
        form=work.form.definition.label,
        text=words if len(words) <= LONGEST else words[:LONGEST] + "…",
    )
    notice = NoticeText(text=text, kind="comment", app=said.app, form=said.form, record=said.record)
    notify(work.services, work.unit, others, notice, key=f"mention:{said.id}")


def _may_see(work: Work, reached: Reached, id_: str) -> bool:
    actor = work.unit.people.actor(id_)
    if actor is None:
        return False
    env = env_of(work.services, Act(actor=actor, door="system"), work.form.app, work.now)
    return covers(sight_of(work.form, actor).rows, reached.row, actor, env)
