"""How is a message written for somebody: in their language, with links to what it is about?"""

from __future__ import annotations

from collections.abc import Sequence

from engine.wording import Message, words
from runtime.language import translate
from runtime.services import Services
from runtime.store.notices import Notice
from runtime.store.people import Person
from runtime.use_cases.notice_kinds import KINDS, known_kind


class Pen:
    """Writes to one person."""

    def __init__(self, services: Services, person: Person) -> None:
        self._services = services
        self._person = person
        self._into = translate(person.locale)

    def say(self, message: Message) -> str:
        """Return a text in the person's language."""
        return message.fill(self._into, self._person.locale)

    def title(self, notice: Notice) -> str:
        """Return a heading: of which kind it is, and about which form."""
        kind = self.say(KINDS[known_kind(notice.kind)])
        form = self._services.form(notice.app or "", notice.form or "")
        label = words(form.definition.label, self._person.locale) if form else ""
        return f"{kind} · {label}" if label else kind

    def headline(self, notice: Notice) -> str:
        """Return heading and text as one line."""
        parts = {"title": self.title(notice), "text": self.say(notice.text)}
        return self.say(Message("{title}：{text}", **parts))

    def line(self, notice: Notice) -> str:
        """Return a message as one line among others."""
        at = self._services.local(notice.at).strftime("%m-%d %H:%M")
        return f"{at} {self.title(notice)}: {self.say(notice.text)}"

    def link(self, notices: Sequence[Notice]) -> str | None:
        """Return where to read on; None while nobody said where the workspace is."""
        base = self._services.settings.public_url
        if base is None:
            return None
        one = notices[0] if len(notices) == 1 else None
        if one and one.app and one.form and one.record:
            return f"{base}/a/{one.app}/{one.form}/{one.record}"
        return f"{base}/notices"
