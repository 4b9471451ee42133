"""Is what was given acceptable for this actor and this record?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.app import Form
from engine.fields.department import Department
from engine.fields.person import Person
from engine.fields.reference import Reference
from engine.fields.reference_list import ReferenceList
from engine.forms.derive import Derived, derive
from engine.access.sight import sight_of
from engine.outcomes import Submission
from engine.record import Record, Values
from engine.wording import Message, Said
from runtime.use_cases.reach import Work

FILES = frozenset({"file", "image", "signature"})

Complaints = Mapping[str, tuple[Message, ...]]


def not_writable(work: Work, submission: Submission) -> Complaints:
    """Complain about every field that was sent but is not the actor's to set."""
    shut = work.sight.hidden | work.sight.readonly | work.sight.masked
    return {
        id_: (Message("您没有修改“{field}”的权限", field=work.form.fields[id_].label),)
        for id_ in submission.values
        if id_ in shut and id_ in work.form.fields
    }


def worked_out(work: Work, before: Record | None, wanted: Record, given: Values) -> Derived:
    """Let the engine merge, work out and check the values, then ask the store what only it knows:
    whether references lead somewhere and unique values are free."""
    derived = derive(work.form, before, given, work.row(wanted), work.env)
    complaints = dict(derived.complaints)
    changed = _changed(work.form, before, derived.values)
    for id_, message in (
        *_lost_references(work, changed, before.id if before else None),
        *_taken(work, wanted.id, changed, derived.values),
    ):
        complaints[id_] = (*complaints.get(id_, ()), message)
    return Derived(values=derived.values, complaints=complaints)


def _changed(form: Form, before: Record | None, values: Values) -> Values:
    old = before.values if before else {}
    return {id_: value for id_, value in values.items() if value != old.get(id_)}


def _lost_references(
    work: Work, changed: Values, record: str | None
) -> Iterator[tuple[str, Message]]:
    for id_, value in changed.items():
        field = work.form.fields.get(id_)
        if value is None or field is None:
            continue
        if not _leads_somewhere(work, field, value):
            yield id_, Message("“{field}”选的内容不存在，或您看不到它", field=field.label)
        elif field.type in FILES and not _are_usable(work, value, record):
            yield id_, Message("“{field}”的文件不存在或已被使用，请重新上传", field=field.label)


def _leads_somewhere(work: Work, field: object, value: object) -> bool:
    match field:
        case Reference() | ReferenceList():
            ids = (value,) if isinstance(value, str) else tuple(value)  # type: ignore[call-overload]  # a link field holds ids
            return not _unseen(work, field.to, ids)
        case Person():
            ids = (value,) if isinstance(value, str) else tuple(value)  # type: ignore[call-overload]  # a person field holds ids
            return work.unit.people.all_known(ids)
        case Department():
            return work.unit.people.department(str(value)) is not None
        case _:
            return True


def _are_usable(work: Work, ids: object, record: str | None) -> bool:
    wanted = ids if isinstance(ids, tuple) else ()
    return work.unit.files.usable(wanted, work.act.actor.id, record)


def _unseen(work: Work, to: str, ids: tuple[str, ...]) -> bool:
    app, _, name = to.rpartition(".")
    form = work.services.form(app or work.form.app, name)
    if form is None:
        return True
    seen = work.unit.query.visible(form, sight_of(form, work.act.actor), work.act.actor, work.env, ids)
    return len(seen) < len(set(ids))


def _taken(work: Work, id_: str, changed: Values, values: Values) -> Iterator[tuple[str, Message]]:
    for name, field in work.form.fields.items():
        if not field.unique or values.get(name) is None:
            continue
        within = field.unique.within if field.unique is not True else ()
        if not {name, *within} & changed.keys():
            continue
        if work.unit.records.taken(work.form, field, values, id_) is not None:
            yield name, _taken_words(field)


def _taken_words(field: object) -> Message:
    unique = getattr(field, "unique", True)
    if unique is not True and unique.message:
        return Said(unique.message)
    return Message("“{field}”与已有记录重复", field=getattr(field, "label", ""))
