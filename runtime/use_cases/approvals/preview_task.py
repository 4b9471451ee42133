"""What does somebody need to decide on a task: what to fill in, whom to choose, where it can go?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.access.sight import Sight
from engine.app import Form
from engine.approvals import Facts, decide, from_data
from engine.approvals.commands import Agree, Command, Handle, Resubmit, Submit
from engine.approvals.course import Course as Path
from engine.approvals.plan import Deciding
from engine.approvals.run import Run, Seat
from engine.approvals.sending_back import back_targets, place_label
from engine.definition.workflow import AnyStep
from engine.outcomes import Denied, Missing, Reason, Refusal
from engine.record import Values
from engine.wording import Label, Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.ids import new_id
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.course import Course, course_of, facts_of, workflow_of
from runtime.use_cases.approvals.read_approval import OwnTask, own_task, step_of
from runtime.use_cases.preview_record import Preview, preview_in
from runtime.use_cases.reach import Work, begin, reach

CHOSEN = "chosen:"
ANYBODY = "anybody"
ANY = "…"
NO_VALUES: Values = {}


@dataclass(frozen=True, kw_only=True)
class Choosing:
    """A step whose people are chosen now."""

    step: str
    label: Label
    people: tuple[tuple[str, str], ...] | None
    """Ids and names; None is anybody."""


@dataclass(frozen=True, kw_only=True)
class TaskPreview:
    """One task before it is decided."""

    own: OwnTask
    workflow: Label
    seat: Seat
    before: Seat | None
    """What the same person decided at this step before."""
    asked_by: str | None
    """The name of who sent the record here: returned it, asked for an opinion, passed it on."""
    lacking: tuple[Reason, ...]
    """What agreeing or filling in would be refused for as things are."""
    choosing: tuple[Choosing, ...]
    backs: tuple[tuple[str, object], ...]
    """Where it can be sent back to, with what that is called."""
    preview: Preview
    edit: tuple[str, ...]
    """Fields that can be filled in on the way."""


def preview_task(
    services: Services, act: Act, form: Form, id_: str, values: Values = NO_VALUES
) -> TaskPreview | Missing:
    """Return what the actor needs to decide on an open task about a record of the form, with the
    values that are filled in so far."""
    with services.store.reading() as unit:
        task = unit.tasks.one(id_)
        if task is None or task.person != act.actor.id or task.approval is None:
            return Missing()
        approval = unit.approvals.one(task.approval)
        course = course_of(services, unit, act, approval) if approval else Missing()
        if isinstance(course, Missing) or course.work.form is not form or approval is None:
            return Missing()
        run = from_data(approval.run)
        own = own_task(course.workflow, task)
        seat = run.seat(own.seat)
        facts = facts_of(course, act.actor)
        if seat is None or task.state != "open" or isinstance(facts, Missing):
            return Missing()
        reasons = _refused(course, run, _forward(own, values), facts)
        return _preview(course, own, Asked(run=run, seat=seat, facts=facts, reasons=reasons))


def choosing_to_submit(
    services: Services, act: Act, form: Form, id_: str, workflow: str
) -> tuple[tuple[Reason, ...], tuple[Choosing, ...]] | Missing:
    """Return what is in the way of submitting a record, and for which steps the actor chooses."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        reached = reach(work, id_)
        known = workflow_of(work.app, form, workflow)
        if isinstance(reached, Missing) or known is None:
            return Missing()
        course = Course(work=work, workflow=known, record=reached.record)
        facts = facts_of(course, act.actor)
        if isinstance(facts, Missing):
            return facts
        command = Submit(run=new_id(work.now), record=id_)
        reasons = _refused(course, None, command, facts)
        return _others(reasons), _choosing(course, reasons)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A task, and what the machine says about ending it as things are."""

    run: Run
    seat: Seat
    facts: Facts
    reasons: tuple[Reason, ...]


def _preview(course: Course, own: OwnTask, asked: Asked) -> TaskPreview:
    run, seat, reasons = asked.run, asked.seat, asked.reasons
    path = Path(course.workflow, run, asked.facts)
    edit = tuple(getattr(own.step, "edit", ()))
    return TaskPreview(
        own=own,
        workflow=course.workflow.definition.label,
        seat=seat,
        before=_before(run, seat),
        asked_by=_asker(course.work.unit, run, seat),
        lacking=_others(reasons),
        choosing=_choosing(course, reasons),
        backs=_backs(path, own.step, seat),
        preview=_filled(course, edit),
        edit=edit,
    )


def _forward(own: OwnTask, values: Values) -> Command | None:
    """Return what ends the task well, with all that only the person can add."""
    match own.task.kind:
        case "approve":
            return Agree(seat=own.seat, values=values, opinion=ANY, signature=ANY, confirmed=True)
        case "handle":
            return Handle(seat=own.seat, values=values)
        case "todo":
            return Resubmit()
    return None


def _refused(
    course: Course, run: Run | None, command: Command | None, facts: Facts
) -> tuple[Reason, ...]:
    """Ask the machine without keeping what it says: nothing of it is saved."""
    if command is None:
        return ()
    answer = decide(course.workflow, run, command, facts)
    if isinstance(answer, Denied):
        return (Reason(kind="access", subject="", message=answer.message),)
    return answer.reasons if isinstance(answer, Refusal) else ()


def _others(reasons: tuple[Reason, ...]) -> tuple[Reason, ...]:
    return tuple(reason for reason in reasons if not reason.subject.startswith(CHOSEN))


def _choosing(course: Course, reasons: tuple[Reason, ...]) -> tuple[Choosing, ...]:
    named = (one.subject.removeprefix(CHOSEN) for one in reasons if one.subject.startswith(CHOSEN))
    found = []
    for id_ in dict.fromkeys(named):
        step = step_of(course.workflow, id_)
        if step is not None:
            people = _candidates(course.work, step)
            found.append(Choosing(step=id_, label=step.label, people=people))
    return tuple(found)


def _candidates(work: Work, step: AnyStep) -> tuple[tuple[str, str], ...] | None:
    roles = {who.chosen for who in getattr(step, "who", ()) if who.chosen}
    if ANYBODY in roles:
        return None
    found = {
        person.id: person.name
        for role in sorted(map(str, roles))
        for person in work.unit.people.with_role(work.app.id, role)
    }
    return tuple(found.items())


def _backs(path: Path, step: AnyStep | None, seat: Seat) -> tuple[tuple[str, object], ...]:
    if not isinstance(step, Deciding):
        return ()
    return tuple((place, place_label(path, place)) for place in back_targets(path, seat))


def _before(run: Run, seat: Seat) -> Seat | None:
    here = run.visit_of(seat)
    earlier = [
        one
        for visit in run.visits
        if visit.step == here.step and visit.n < here.n
        for one in visit.seats
        if one.person == seat.person and one.order is not None
    ]
    return earlier[-1] if earlier else None


def _asker(unit: Unit, run: Run, seat: Seat) -> str | None:
    asked = run.seat(seat.asked_by) if seat.asked_by else None
    if asked is None and seat.kind == "todo":
        visit = run.visit_of(seat)
        back = run.backs[visit.back - 1] if visit.back else None
        asked = run.seat(back.seat) if back and back.seat else None
    if asked is None:
        return None
    return unit.people.names([asked.person]).get(asked.person)


def _filled(course: Course, edit: tuple[str, ...]) -> Preview:
    work = course.work
    seen = work.unit.query.one(work.form, work.sight, work.act.actor, work.env, course.record.id)
    opened = replace(work, sight=_opened(work.form, work.sight, edit))
    return preview_in(opened, course.record, seen, {})


def _opened(form: Form, sight: Sight, edit: tuple[str, ...]) -> Sight:
    """Open just the fields of the step, whatever the person's roles say."""
    return replace(
        sight,
        hidden=sight.hidden - frozenset(edit),
        masked=sight.masked - frozenset(edit),
        readonly=frozenset(form.fields) - frozenset(edit),
    )


def said_of(place: object) -> Message:
    """Return what a place to send back to is called."""
    return place if isinstance(place, Message) else Message("{label}", label=place)
