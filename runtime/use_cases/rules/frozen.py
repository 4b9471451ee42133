"""Is something new of a form frozen: for the record that it refers to, or for whose it would be?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.app import Form
from engine.record import Record
from engine.wording import Message
from runtime.store.freezes import Frozen
from runtime.use_cases.reach import Work


def frozen_out(work: Work, record: Record) -> Mapping[str, tuple[Message, ...]]:
    """Return, by field, why a new record may not be made now; nothing if it may."""
    return _said(work.form, _in_the_way(work, _referred(work, record), (record.owner,)))


def frozen_for(work: Work, before: Record, after: Record) -> Mapping[str, tuple[Message, ...]]:
    """Return, by field, why a record may not be moved to something that is frozen."""
    was = set(_referred(work, before))
    led_to = [one for one in _referred(work, after) if one not in was]
    return _said(work.form, _in_the_way(work, led_to, ())) if led_to else {}


def frozen_people(work: Work, people: Iterable[str]) -> Mapping[str, Frozen]:
    """Return for which of some people nothing new of the form is theirs now, with one reason."""
    found = _in_the_way(work, (), tuple(people))
    return {one.subject: one for one in found}


def why_frozen(form: Form, frozen: Frozen) -> Message:
    """Return the reason in words, with what to do about it."""
    label = form.definition.label
    if frozen.way_on is None:
        return Message("“{form}”已冻结新建：{reason}", form=label, reason=frozen.reason)
    return Message(
        "“{form}”已冻结新建：{reason}。{way_on}",
        form=label,
        reason=frozen.reason,
        way_on=frozen.way_on,
    )


def _referred(work: Work, record: Record) -> list[tuple[str, str]]:
    by = {action.by for action in work.app.freezers.get(work.form.id, ()) if action.by}
    values = ((field, record.values.get(field)) for field in sorted(by))
    return [(field, value) for field, value in values if isinstance(value, str)]


def _in_the_way(
    work: Work, records: Iterable[tuple[str, str]], people: Iterable[str | None]
) -> tuple[Frozen, ...]:
    freezers = work.app.freezers.get(work.form.id)
    if not freezers:
        return ()
    persons = [one for one in people if one]
    return work.unit.freezes.in_the_way(work.app.id, work.form.id, tuple(records), persons)


def _said(form: Form, found: Iterable[Frozen]) -> dict[str, tuple[Message, ...]]:
    said: dict[str, tuple[Message, ...]] = {}
    for one in found:
        field = one.by or ""
        said[field] = (*said.get(field, ()), why_frozen(form, one))
    return said
