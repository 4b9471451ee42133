"""What happens when somebody changes a record, and somebody else did meanwhile?"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from engine.app import Form
from engine.outcomes import Clash, Conflict, Denied, Invalid, Missing, Saved, Submission
from engine.record import Record, Values
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.locks import locked
from runtime.use_cases.checking import not_writable, worked_out
from runtime.use_cases.once import once
from runtime.use_cases.racing import lost_to_another
from runtime.use_cases.reach import Reached, Work, begin, reach
from runtime.use_cases.rules.frozen import frozen_for
from runtime.use_cases.settling import settle_change

TRIES = 5
"""How often a change is tried anew when others keep being faster."""

Edited = Saved | Invalid | Conflict | Denied | Missing


@lost_to_another
def edit_record(
    services: Services,
    act: Act,
    form: Form,
    id_: str,
    submission: Submission,
    version: int | None,
) -> Edited:
    """Merge, check and save changes to a record, as one transaction.

    `version` is the one that the actor saw; None takes the record as it is. Changes of others
    to other fields are kept; the same field changed twice is a Conflict.
    """
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        return once(work, lambda: _tried(work, id_, submission, version))


def _tried(work: Work, id_: str, submission: Submission, version: int | None) -> Edited:
    outcome: Edited = Missing()
    for _ in range(TRIES):
        reached = reach(work, id_)
        if isinstance(reached, Missing):
            return reached
        outcome = edit_in(work, reached, submission, version)
        if not lost_race(outcome):
            break
    return outcome


def lost_race(outcome: object) -> bool:
    """Tell whether somebody was faster between reading and saving, so that trying again on what
    they left may do, or show what clashes."""
    return isinstance(outcome, Conflict) and not outcome.clashes


def edit_in(work: Work, reached: Reached, submission: Submission, version: int | None) -> Edited:
    """Do the same inside a transaction that is open already."""
    if not work.within(work.sight.edit, reached.row):
        return Denied(Message("您没有修改这条记录的权限"))
    shut = not_writable(work, submission, reached.row, reached.record.values)
    if shut:  # before anything is compared: a clash would show what the actor may not see
        return Invalid({**submission.complaints, **shut})
    mine = changed_by_me(work, reached.record, submission.values, version)
    if isinstance(mine, Conflict):
        return mine
    after = replace(reached.record, values={**reached.record.values, **mine})
    derived = worked_out(work, reached.record, after, mine)
    if submission.complaints or derived.complaints:
        return Invalid({**derived.complaints, **submission.complaints})
    after = replace(after, values=derived.values)
    if after.values == reached.record.values:
        return Saved(reached.record)
    frozen = frozen_for(work, reached.record, after)
    if frozen:
        return Invalid(frozen)
    return locked(work, after.id, mine) or _keep(work, reached.record, after)


def _keep(work: Work, before: Record, after: Record) -> Saved | Conflict | Denied:
    if not work.within(work.sight.edit, work.row(after)):
        return Denied(Message("这样修改后，这条记录将不再归您管理"))
    saved = settle_change(work, before, after)
    if saved is None:
        return Conflict(record=before, clashes=(), theirs_by=None, theirs_at=None)
    return Saved(saved)


def changed_by_me(
    work: Work, record: Record, given: Values, version: int | None
) -> Values | Conflict:
    """Return what the actor changed against the version that the actor saw, or the clashes."""
    if version is None or version == record.version:
        return given
    events = work.unit.events.since(work.form, record.id, version)
    base = _before(events)
    fields = work.form.fields
    mine = {
        id_: value
        for id_, value in given.items()
        if id_ not in base or fields[id_].data(value) != base[id_]
    }
    clashes = tuple(
        Clash(
            field=id_,
            base=fields[id_].read(base[id_]),
            mine=value,
            theirs=record.values.get(id_),
        )
        for id_, value in mine.items()
        if id_ in base and value != record.values.get(id_)
    )
    if not clashes:
        return mine
    last = events[-1]
    return Conflict(
        record=record,
        clashes=clashes,
        theirs_by=last.actor,
        theirs_at=last.at.isoformat(),
        mine=mine,
    )


def _before(events: Any) -> dict[str, Any]:
    base: dict[str, Any] = {}
    for event in events:
        for id_, (old, _) in event.changes.items():
            base.setdefault(id_, old)
    return base
