"""How are people told that they got a record, or lost it?"""

from __future__ import annotations

from engine.record import Record
from engine.wording import Message, words
from runtime.use_cases.notify import NoticeText, notify
from runtime.use_cases.reach import Work


def tell(work: Work, record: Record, person: str, said: Message) -> None:
    """Tell somebody, once for each time that the record changes hands."""
    if work.act.unheard or person == work.act.actor.id:
        return
    about = NoticeText(
        text=said, kind="reminder", app=work.form.app, form=work.form.id, record=record.id
    )
    key = f"pool:{record.id}:{record.version}"
    notify(work.services, work.unit, (person,), about, key=key)


def name_of(work: Work, record: Record) -> str:
    """Return what a record is called."""
    form = work.form
    title = form.fields[form.definition.title].write(record.values.get(form.definition.title))
    return title or words(form.definition.label, "zh")
