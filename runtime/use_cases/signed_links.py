"""How does somebody open one task of theirs from a mail or a chat, without signing in?"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from engine.app import Form
from engine.outcomes import Missing
from runtime.services import Services
from runtime.store.notices import Notice
from runtime.store.signed_links import SignedLink
from runtime.store.tasks import Task
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.course import Answer, Settled
from runtime.use_cases.approvals.decide_approval import Choice, decide_approval

GOOD_FOR = timedelta(days=3)
BYTES = 32
ByLink = Literal["agree", "refuse"]
BY_LINK: tuple[ByLink, ...] = ("agree", "refuse")
"""What can be done without signing in; the rest takes the pages."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What a link points to, with the rights that its person has now."""

    act: Act
    task: Task
    form: Form


def link_for(services: Services, notice: Notice) -> str | None:
    """Return a new link by which the person may do the task of a message, once; None where there
    is nothing to do or nobody said at which address the workspace is. Only a digest of it is
    kept."""
    base = services.settings.public_url
    if base is None or notice.task is None:
        return None
    token, now = secrets.token_urlsafe(BYTES), services.now()
    with services.store.unit() as unit:
        task = unit.tasks.one(notice.task)
        if task is None or task.kind != "approve" or task.person != notice.person:
            return None
        unit.notices.links.add(
            SignedLink(
                key=key_of(token),
                person=notice.person,
                task=notice.task,
                made_at=now,
                expires_at=now + GOOD_FOR,
            )
        )
    return f"{base}/act/{token}"


def key_of(token: str) -> str:
    """Return under which key a link is kept."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_link(services: Services, token: str) -> Opened | Missing:
    """Return what a link points to; nothing is changed by it. Wrong, used, too old, done by other
    ways, no longer the person's: all look alike."""
    now = services.now()
    with services.store.reading() as unit:
        link = unit.notices.links.alive(key_of(token), now)
        task = unit.tasks.one(link.task) if link else None
        actor = unit.people.actor(link.person) if link else None
    if task is None or actor is None or task.state != "open" or task.person != actor.id:
        return Missing()
    form = services.form(task.app or "", task.form or "")
    if form is None or task.record is None or task.kind != "approve":
        return Missing()
    return Opened(act=Act(actor=actor, door="link"), task=task, form=form)


def decide_by_link(services: Services, token: str, verb: ByLink, opinion: str) -> Answer:
    """Decide on the task of a link, which is used up by it; it stays good if the decision was
    not taken, as for want of an opinion."""
    opened = open_link(services, token)
    if isinstance(opened, Missing):
        return opened
    choice = Choice(verb=verb, opinion=opinion.strip() or None)
    answer = decide_approval(services, opened.act, opened.task.id, choice)
    if isinstance(answer, Settled):
        with services.store.unit() as unit:
            unit.notices.links.use(key_of(token), services.now())
    return answer
