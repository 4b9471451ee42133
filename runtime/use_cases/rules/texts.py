"""What does a text of a rule say to one person, with the fields filled in?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from engine.access.sight import Sight, sight_of
from engine.masking import mask_for, masked
from engine.rules.blanks import blanks, filled
from engine.typed.anything import shown
from engine.wording import LOCALES, Label, Message, Said
from runtime.language import translate
from runtime.use_cases.documents.saying import Saying
from runtime.use_cases.name_values import names_within
from runtime.use_cases.rules.acting import Doing

UNSEEN = "***"
"""What stands for a field that the person may not see."""


def said_to(doing: Doing, text: Label, person: str) -> Said:
    """Return the text as that person may read it: what is hidden from them stays hidden."""
    actor = doing.work.unit.people.actor(person)
    return _said(doing, text, sight_of(doing.work.form, actor) if actor else Sight())


def said_as(doing: Doing, text: Label) -> Said:
    """Return the text for whoever may read it: what is hidden from anybody stays hidden."""
    grants = doing.work.form.definition.access.values()
    sight = Sight(
        hidden=frozenset(name for one in grants for name in one.hide),
        masked=frozenset(name for one in grants for name in one.mask),
    )
    return _said(doing, text, sight)


def _said(doing: Doing, text: Label, sight: Sight) -> Said:
    values = {name: _value(doing, name) for name in blanks(text)}
    work = doing.work
    names = names_within(work, [values])
    zone = ZoneInfo(work.services.settings.zone)
    teller = {
        locale: _Teller(
            doing,
            sight,
            Saying(app=work.app, names=names, locale=locale, zone=zone, say=_into(locale)),
        )
        for locale in LOCALES
    }
    return Said(filled(text, lambda name, locale: teller[locale].said(name, values[name])))


def _into(locale: str) -> Callable[[Message], str]:
    into = translate(locale)
    return lambda message: message.fill(into, locale)


@dataclass(frozen=True)
class _Teller:
    doing: Doing
    sight: Sight
    saying: Saying

    def said(self, name: str, value: Any) -> str:
        """Return what stands in a blank, said as on the pages and on paper."""
        if name in self.sight.hidden:
            return UNSEEN
        form = self.doing.work.form
        field = form.fields.get(name)
        if field is None and not hasattr(self.doing.record, name):
            return shown(value, self.saying.locale)
        text = self.saying.of_record(form, name, value)
        if field is None or name not in self.sight.masked:
            return text
        return masked(text, mask_for(field.type, field.mask)) if text else text


def _value(doing: Doing, name: str) -> Any:
    record = doing.record
    if name in record.values:
        return record.values[name]
    told = doing.more.get("body", {})
    return told[name] if name in told else getattr(record, name, None)
