"""What does a text of a rule say to one person, with the fields filled in?"""

from __future__ import annotations

from typing import Any

from engine.access.sight import Sight, sight_of
from engine.masking import mask_for, masked
from engine.rules.blanks import filled
from engine.typed.exchanged import plain
from engine.wording import Label, Said, words
from runtime.store.links import target_of
from runtime.use_cases.rules.acting import Doing

UNSEEN = "***"
"""What stands for a field that the person may not see."""


def said_to(doing: Doing, text: Label, person: str) -> Said:
    """Return the text as that person may read it: what is hidden from them stays hidden."""
    actor = doing.work.unit.people.actor(person)
    sight = sight_of(doing.work.form, actor) if actor else Sight()
    return Said(filled(text, lambda name, locale: _shown(doing, sight, name, locale)))


def said_as(doing: Doing, text: Label) -> Said:
    """Return the text for whoever may read it: what is hidden from anybody stays hidden."""
    grants = doing.work.form.definition.access.values()
    sight = Sight(
        hidden=frozenset(name for one in grants for name in one.hide),
        masked=frozenset(name for one in grants for name in one.mask),
    )
    return Said(filled(text, lambda name, locale: _shown(doing, sight, name, locale)))


def _shown(doing: Doing, sight: Sight, name: str, locale: str) -> str:
    if name in sight.hidden:
        return UNSEEN
    field = doing.work.form.fields.get(name)
    value = _value(doing, name)
    if value is None:
        return ""
    if name == "stage":
        stage = doing.work.form.stage(str(value))
        return words(stage.label, locale) if stage else str(value)
    linked = _called(doing, name, value)
    if field is None:
        return linked or str(value)
    text = linked if linked is not None else field.show(value, locale)
    return masked(text, mask_for(field.type, field.mask)) if name in sight.masked else text


def _value(doing: Doing, name: str) -> Any:
    record = doing.record
    if name in record.values:
        return record.values[name]
    told = doing.more.get("body", {})
    return plain(told[name]) if name in told else getattr(record, name, None)


def _called(doing: Doing, name: str, value: object) -> str | None:
    """Return what a person, department or record is called that a field points to."""
    target = target_of(doing.work.form, name)
    if target is None:
        return None
    unit, id_ = doing.work.unit, str(value)
    if target.form is None:
        people = unit.people
        found = people.names((id_,)) if target.kind == "person" else people.departments.names()
        return found.get(id_, id_)
    app, _, to = target.form.rpartition(".")
    form = doing.work.services.form(app or doing.work.form.app, to)
    if form is None:
        return None
    work = doing.work
    sight = sight_of(form, work.act.actor)
    return unit.query.titles(form, sight, work.act.actor, work.env, (id_,)).get(id_, "")
