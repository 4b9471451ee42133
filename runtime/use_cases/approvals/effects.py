"""How are the consequences of a decision saved: tasks, messages, timers, fields, history?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from engine.access.sight import sight_of
from engine.approvals.effects import (
    CancelChild,
    CloseTask,
    Effect,
    Ended,
    MoveDue,
    Note,
    Notify,
    OpenTask,
    SetFields,
    StartChild,
    WakeAt,
)
from engine.outcomes import Conflict, Invalid
from engine.record import Actor, Record
from engine.wording import Message
from runtime.language import translate
from runtime.store import Event
from runtime.store.approvals import Approval
from runtime.store.ids import new_id
from runtime.store.links import target_of
from runtime.store.tasks import Task
from runtime.use_cases.approvals.waking import CHILD, END_CHILD, NOBODY, START_CHILD, WAKE
from runtime.use_cases.checking import worked_out
from runtime.use_cases.notify import NoticeText, end_task, notify
from runtime.use_cases.reach import Work
from runtime.use_cases.rules.hearing import tell
from runtime.use_cases.settling import settle_change

Refused = Invalid | Conflict
KINDS = {"approve": "approve", "handle": "approve", "opinion": "approve", "cc": "cc",
         "todo": "todo"}  # fmt: skip
NOTICES = {"task": "approve", "escalation": "urge", "copy": "cc", "change": "reminder",
           "trouble": "system"}  # fmt: skip
"""By which of the kinds that people choose from a message of a task, or of another kind, goes."""


class Performing:
    """Does what follows from one decision, in the order in which the machine says it."""

    def __init__(self, work: Work, approval: Approval, record: Record, by: Actor | None) -> None:
        self._work = work
        self._approval = approval
        self._record = record
        self._by = by
        self.bump = False
        """Whether the record must count as changed, so that nobody who read it before saves."""

    def perform(self, effects: Sequence[Effect]) -> Refused | None:
        """Do all of it; return why not if what a person filled in can't be taken."""
        for effect in effects:
            done = _DOING[type(effect)](self, effect)
            if done is not None:
                return done
        return self._changed(self._record, "locked", {}) if self.bump else None

    def _open(self, effect: OpenTask) -> None:
        fields = self._work.form.fields
        hide = tuple(id_ for id_ in fields if effect.sees and id_ not in effect.sees)
        task = self._work.unit.tasks.open(
            Task(
                key=self._key(effect.seat),
                kind=effect.kind,
                person=effect.person,
                app=self._approval.app,
                form=self._approval.form,
                record=self._approval.record,
                approval=self._approval.id,
                step=effect.step,
                title=effect.title,
                note=self._in_words_of(effect.person, effect.note),
                due=effect.due,
                opened_at=self._work.now,
            )
        )
        self._work.unit.approvals.entrust(task, self._approval.id, hide)
        kind: str = KINDS[effect.kind]
        text = self._naming(effect.title, effect.person, hide)
        self._tell((effect.person,), text, kind, effect.seat, task)

    def _naming(self, text: Message, person: str, hide: tuple[str, ...]) -> Message:
        """Return the text with the record's name, if that is a text which the person may read:
        many of one kind wait for the same person."""
        form = self._work.form
        title = form.definition.title
        name = self._record.values.get(title)
        actor = self._work.unit.people.actor(person)
        if actor is None or not isinstance(name, str) or target_of(form, title) is not None:
            return text
        sight = sight_of(form, actor)
        if title in sight.hidden | sight.masked or title in hide:
            return text
        return Message("“{record}”{what}", record=name, what=text)

    def _tell(
        self,
        people: tuple[str, ...],
        text: Message,
        kind: str,
        key: str,
        task: str | None,
        *,
        urgent: bool = False,
    ) -> None:
        approval = self._approval
        notice = NoticeText(
            text=text,
            kind=kind,
            app=approval.app,
            form=approval.form,
            record=approval.record,
            task=task,
        )
        work = self._work
        notify(work.services, work.unit, people, notice, key=f"{approval.id}:{key}", urgent=urgent)

    def _in_words_of(self, person: str, message: Message | None) -> str | None:
        if message is None:
            return None
        known = self._work.unit.people.one(person)
        locale = known.locale if known else "zh"
        return message.fill(translate(locale), locale)

    def _close(self, effect: CloseTask) -> None:
        tasks, now = self._work.unit.tasks, self._work.now
        task = tasks.with_key(self._key(effect.seat))
        if task is None:
            return
        if effect.outcome == "void":
            tasks.void((task.id,), "void", now)
        else:
            tasks.close(task.id, effect.outcome, now)
        end_task(self._work.services, self._work.unit, task.id)

    def _move_due(self, effect: MoveDue) -> None:
        task = self._work.unit.tasks.with_key(self._key(effect.seat))
        if task is not None:
            self._work.unit.tasks.put_due(task.id, effect.due)

    def _notify(self, effect: Notify) -> None:
        task = None
        if effect.seat is not None:
            task = self._work.unit.tasks.with_key(self._key(effect.seat))
        kind = NOTICES.get(effect.kind, effect.kind)
        id_ = task.id if task else None
        self._tell(effect.people, effect.text, kind, effect.key, id_, urgent=effect.urgent)

    def _wake_at(self, effect: WakeAt) -> None:
        if effect.when is None:
            return
        at = effect.when.isoformat()
        self._work.unit.jobs.save(
            WAKE,
            {"approval": self._approval.id, "at": at},
            self._work.now,
            key=f"{WAKE}:{self._approval.id}:{at}",
            due=effect.when,
        )

    def _set(self, effect: SetFields) -> Refused | None:
        before = self._record
        wanted = replace(before, values={**before.values, **effect.values})
        derived = worked_out(self._work, before, wanted, effect.values)
        if effect.by is not None and derived.complaints:
            return Invalid(derived.complaints)
        after = replace(before, values=derived.values)
        if after.values == before.values:
            return None
        if effect.by is None:
            # The definition says so, not the person whose decision happened to be the last.
            self._work = replace(self._work, act=replace(self._work.act, actor=NOBODY))
        return self._changed(after, "edited", {})

    def _changed(self, after: Record, kind: str, more: Mapping[str, Any]) -> Refused | None:
        data, reason = self._data(more), _said(more)
        saved = settle_change(self._work, self._record, after, kind, data=data, reason=reason)
        if saved is None:
            return Conflict(record=self._record, clashes=(), theirs_by=None, theirs_at=None)
        self._record, self.bump = saved, False
        return None

    def _note(self, effect: Note) -> Refused | None:
        if self.bump:
            return self._changed(self._record, effect.kind, effect.data)
        work = self._work
        event = Event(
            id=new_id(work.now),
            at=work.now,
            app=self._approval.app,
            form=self._approval.form,
            record=self._approval.record,
            version=self._record.version,
            kind=effect.kind,
            actor=effect.by,
            door=work.act.door,
            reason=_said(effect.data),
            data=self._data(effect.data),
            cause=work.act.cause,
            depth=work.act.depth,
        )
        tell(work.unit, work.app, event, self._record)
        return None

    def _data(self, more: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**more, "approval": self._approval.id, "workflow": self._approval.workflow}

    def _start_child(self, effect: StartChild) -> None:
        target = self._approval.record if effect.of is None else self._record.values.get(effect.of)
        more = {"workflow": effect.workflow, "of": effect.of, "record": target}
        self._ask(START_CHILD, effect.visit, more)

    def _cancel_child(self, effect: CancelChild) -> None:
        self._ask(END_CHILD, effect.visit, {})

    def _ask(self, what: str, visit: int, more: Mapping[str, Any]) -> None:
        """Leave it to a transaction of its own: two approvals are never held at once."""
        arguments = {"approval": self._approval.id, "visit": visit, "what": what, **more}
        key = f"{CHILD}:{self._approval.id}:{visit}:{what}"
        self._work.unit.jobs.save(CHILD, arguments, self._work.now, key=key)

    def _ended(self, effect: Ended) -> None:
        approval, unit = self._approval, self._work.unit
        if approval.parent is not None:
            parent, _, visit = approval.parent.rpartition(":")
            arguments = {"approval": parent, "visit": int(visit), "what": effect.outcome}
            unit.jobs.save(CHILD, arguments, self._work.now, key=f"{CHILD}:{approval.id}:ended")

    def _key(self, seat: str) -> str:
        return task_key(self._approval.id, seat)


def _said(data: Mapping[str, Any]) -> str | None:
    return data.get("opinion") or data.get("reason")


def task_key(approval: str, seat: str) -> str:
    """Return under which key a seat's task stands."""
    return f"{approval}:{seat}"


_DOING: Mapping[type, Callable[[Performing, Any], Refused | None]] = {
    OpenTask: Performing._open,
    CloseTask: Performing._close,
    MoveDue: Performing._move_due,
    Notify: Performing._notify,
    WakeAt: Performing._wake_at,
    SetFields: Performing._set,
    Note: Performing._note,
    StartChild: Performing._start_child,
    CancelChild: Performing._cancel_child,
    Ended: Performing._ended,
}
