"""How is a message shown to who was told?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from engine.wording import words
from runtime.services import Services
from runtime.store.notices import Notice
from runtime.use_cases.notice_kinds import KINDS, known_kind
from runtime.web.language import translate

SYMBOLS = {
    "approve": ("rubber-stamp", "blue"),
    "todo": ("checkbox", "blue"),
    "cc": ("mail", "cyan"),
    "result": ("circle-check", "green"),
    "urge": ("clock-exclamation", "red"),
    "reminder": ("bell", "amber"),
    "comment": ("message-circle", "violet"),
    "system": ("settings", "grey"),
}


@dataclass(frozen=True, kw_only=True)
class ShownNotice:
    """One line in the list of messages."""

    id: str
    text: str
    kind: str
    about: str
    href: str
    symbol: str
    tone: str
    unread: bool
    urgent: bool
    at: str
    moment: str


def shown_notice(services: Services, notice: Notice, locale: str) -> ShownNotice:
    """Return what the pages show of a message."""
    into = translate(locale)
    kind = known_kind(notice.kind)
    symbol, tone = SYMBOLS[kind]
    form = services.form(notice.app, notice.form) if notice.app and notice.form else None
    return ShownNotice(
        id=notice.id,
        text=notice.text.fill(into, locale),
        kind=KINDS[kind].fill(into, locale),
        about=words(form.definition.label, locale) if form else "",
        href=where(notice),
        symbol=symbol,
        tone="red" if notice.urgent else tone,
        unread=notice.read_at is None,
        urgent=notice.urgent,
        at=_when(services, notice),
        moment=services.local(notice.at).isoformat(timespec="minutes"),
    )


def where(notice: Notice) -> str:
    """Return the page that a message is about."""
    if notice.app and notice.form and notice.record:
        return f"/a/{notice.app}/{notice.form}/{notice.record}"
    return "/todo" if notice.task else "/notices"


def _when(services: Services, notice: Notice) -> str:
    here, now = services.local(notice.at), services.local(services.now())
    if here.date() == now.date():
        return here.strftime("%H:%M")
    shown = "%m-%d %H:%M" if now - here < timedelta(days=300) else "%Y-%m-%d %H:%M"
    return here.strftime(shown)
