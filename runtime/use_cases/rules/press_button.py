"""What happens when somebody presses a button that a rule waits for?"""

from __future__ import annotations

from collections.abc import Iterable

from engine.app import Form, Rule
from engine.forms.showing import is_empty
from engine.outcomes import Denied, Invalid, Missing, Outcome, Saved, Submission
from engine.record import Record
from engine.rules.triggers.button import Button
from engine.wording import Message
from runtime.limits import MOST_AT_ONCE
from runtime.services import Services
from runtime.store import Event
from runtime.store.ids import new_id
from runtime.use_cases.act import Act
from runtime.use_cases.bulk import Results
from runtime.use_cases.edit_record import edit_in
from runtime.use_cases.once import Trace, once_for_key, part_of
from runtime.use_cases.racing import lost_to_another
from runtime.use_cases.reach import Reached, Work, begin, reach
from runtime.use_cases.rules.buttons import button_of, is_offered, may_press
from runtime.use_cases.rules.following import follow
from runtime.use_cases.rules.hearing import tell

NOTHING = Submission(values={}, complaints={}, typed={})
ASKED = Message("请填写“{field}”")


@lost_to_another
def press_button(
    services: Services,
    act: Act,
    form: Form,
    id_: str,
    rule_id: str,
    given: Submission = NOTHING,
) -> Outcome:
    """Fill in what the button asks for and note that it was pressed, as one transaction; then do
    at once what follows. If the process dies in between, a job does it."""
    found = button_of(services.apps[form.app], form, rule_id)
    if found is None:
        return Missing()
    rule, button = found
    with services.store.unit() as unit:
        work = begin(services, unit, act, form)
        trace: Trace[Event | Outcome, str] = Trace(
            left=lambda came: came.id if isinstance(came, Event) else None, found=lambda id_: id_
        )
        came = once_for_key(
            unit, act, work.now, trace, lambda: _pressed(work, id_, rule, button, given)
        )
    if not isinstance(came, Event | str):
        return came
    return _followed(services, form, id_, rule, came if isinstance(came, str) else came.id)


def press_for_each(
    services: Services,
    act: Act,
    form: Form,
    ids: Iterable[str],
    rule_id: str,
    given: Submission = NOTHING,
) -> Results:
    """Press it for each of some records, each by the rules of one."""
    unique = list(dict.fromkeys(ids))[:MOST_AT_ONCE]
    return tuple(
        (id_, press_button(services, part_of(act, id_), form, id_, rule_id, given))
        for id_ in unique
    )


def _pressed(
    work: Work, id_: str, rule: Rule, button: Button, given: Submission
) -> Event | Outcome:
    reached = reach(work, id_)
    if isinstance(reached, Missing):
        return reached
    if not may_press(work, reached, button):
        return Denied(Message("您没有使用这个按钮的权限"))
    if not is_offered(work, reached, rule):
        return Denied(Message("这条记录现在不能这样做"))
    answered = _answered(work, reached, button, given)
    if not isinstance(answered, Record):
        return answered
    event = _event(work, rule, answered)
    tell(work.unit, work.app, event, answered)
    work.unit.records.touch(work.form, answered.id, work.now)
    return event


def _answered(work: Work, reached: Reached, button: Button, given: Submission) -> Record | Outcome:
    """Return the record with what was asked filled in; nothing else can be sent along."""
    if not button.ask:
        return reached.record
    fields = work.form.fields
    values = {id_: value for id_, value in given.values.items() if id_ in button.ask}
    lacking = {
        id_: (Message(ASKED.text, field=fields[id_].label),)
        for id_ in button.ask
        if id_ not in given.complaints and is_empty(values.get(id_))
    }
    if lacking:
        return Invalid({**lacking, **given.complaints})
    asked = Submission(values=values, complaints=given.complaints, typed=given.typed)
    outcome = edit_in(work, reached, asked, None)
    return outcome.record if isinstance(outcome, Saved) else outcome


def _event(work: Work, rule: Rule, record: Record) -> Event:
    return Event(
        id=new_id(work.now),
        at=work.now,
        app=work.form.app,
        form=work.form.id,
        record=record.id,
        version=record.version,
        kind="pressed",
        actor=work.act.actor.id,
        door=work.act.door,
        reason=work.act.reason,
        data={"rule": rule.id},
        cause=work.act.cause,
        depth=work.act.depth,
    )


def _followed(services: Services, form: Form, id_: str, rule: Rule, event: str) -> Outcome:
    follow(services, event, (rule.id,))
    with services.store.reading() as unit:
        run = unit.rule_runs.by_key(f"{rule.actor}:{event}")
        record = unit.records.one(form, id_) or unit.records.one(form, id_, deleted=True)
    if record is None:
        return Missing()
    if run is not None and run.problem is not None:
        return Invalid({"": (run.problem,)})
    return Saved(record)
