"""How are the steps of a scenario played that are about approvals?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from engine.app import Form
from engine.definition.scenario import DelegateStep, OwnStep, SubmitStep, TaskStep
from engine.moments import moment
from engine.outcomes import Missing
from runtime.scenarios.done import Done, Turn, named, person
from runtime.scenarios.values import submission, upload
from runtime.scenarios.world import Named
from runtime.store import Unit
from runtime.store.approvals import Approval
from runtime.store.tasks import Task
from runtime.use_cases.administer_people import PersonDetails, edit_person
from runtime.use_cases.approvals.decide_approval import (
    Choice,
    Verb,
    decide_approval,
    urge_approval,
    withdraw_approval,
)
from runtime.use_cases.approvals.delegate import Handing, delegate
from runtime.use_cases.approvals.submit_approval import Wish, submit_approval

VERBS: Mapping[str, Verb] = {
    "agree": "agree",
    "refuse": "refuse",
    "give_back": "return",
    "hand_in": "resubmit",
    "pass_on": "transfer",
    "add_signer": "add_signer",
    "ask_opinion": "ask_opinion",
    "opine": "opine",
    "handle": "handle",
    "acknowledge": "acknowledge",
    "take_back": "take_back",
}
"""What a step of a scenario does with a task."""


def submit(turn: Turn, wish: SubmitStep) -> Done:
    """Submit a record for approval."""
    record = named(turn, wish.record)
    said = Wish(remark=wish.remark, chosen=_chosen(turn, wish.chosen))
    given = (turn.world.services, turn.act, record.form, record.id)
    return Done(submit_approval(*given, wish.workflow, said), record)


def decide(verb: str, turn: Turn, wish: TaskStep) -> Done:
    """Do something with one's own task."""
    record = named(turn, wish.record)
    with turn.world.services.store.reading() as unit:
        task = _task(unit, turn, record, wish, verb)
    if task is None:
        return Done(Missing(), record)
    choice = _choice(turn, record.form, verb, wish)
    return Done(decide_approval(turn.world.services, turn.act, task.id, choice), record)


def of_submitter(verb: str, turn: Turn, wish: OwnStep) -> Done:
    """Withdraw what one submitted, or urge those who decide on it."""
    record = named(turn, wish.record)
    with turn.world.services.store.reading() as unit:
        running = _running(unit, record, wish.workflow)
    if not running:
        return Done(Missing(), record)
    services, act, id_ = turn.world.services, turn.act, running[0].id
    if verb == "urge":
        return Done(urge_approval(services, act, id_), record)
    return Done(withdraw_approval(services, act, id_, wish.reason), record)


def hand_over(turn: Turn, wish: DelegateStep) -> Done:
    """Let somebody else decide for a time."""
    now = turn.world.clock()
    handing = Handing(
        stand_in=person(turn.world, wish.to),
        app=turn.world.app.id,
        workflow=wish.workflow,
        starts_at=max(moment(wish.starts, now), now),
        ends_at=moment(wish.ends, now),
    )
    return Done(delegate(turn.world.services, turn.act, handing))


def leave(turn: Turn, login: str) -> Done:
    """Switch a person off, as an administrator does."""
    id_ = person(turn.world, login)
    with turn.world.services.store.reading() as unit:
        known = unit.people.one(id_)
    assert known is not None
    details = PersonDetails(
        login=login,
        name=known.name,
        department=known.department,
        manager=known.manager,
        active=False,
    )
    edit_person(turn.world.services, turn.act.actor.id, id_, details, {})
    return Done(None)


def _task(unit: Unit, turn: Turn, record: Named, wish: TaskStep, verb: str) -> Task | None:
    """Return the person's task: an open one, or the newest that they did."""
    approvals = {one.id for one in unit.approvals.of_record(record.id)
                 if wish.workflow in (None, one.workflow)}  # fmt: skip
    state = "done" if verb == "take_back" else "open"
    own = [
        task
        for task in unit.tasks.of_record(record.id)
        if task.person == turn.act.actor.id
        and task.approval in approvals
        and wish.step in (None, task.step)
    ]
    fitting = [task for task in own if task.state == state]
    return next(reversed(fitting or own), None)


def _running(unit: Unit, record: Named, workflow: str | None) -> tuple[Approval, ...]:
    found = unit.approvals.of_record(record.id)
    return tuple(one for one in found if workflow in (None, one.workflow))


def _choice(turn: Turn, form: Form, verb: str, wish: TaskStep) -> Choice:
    world = turn.world
    to = person(world, wish.to) if verb == "pass_on" and wish.to else wish.to
    given = submission(world, turn.act, form, wish.values) if wish.values else None
    return Choice(
        verb=VERBS[verb],
        opinion=wish.opinion,
        submission=given,
        chosen=_chosen(turn, wish.chosen),
        people=tuple(person(world, login) for login in wish.people),
        to=to,
        resubmit=wish.resubmit,
        place=wish.place,
        signature=upload(world, turn.act, wish.signature) if wish.signature else None,
        password=wish.password,
    )


def _chosen(turn: Turn, by_step: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
    return {
        step: tuple(person(turn.world, login) for login in logins)
        for step, logins in by_step.items()
    }


PLAYS: Mapping[str, Callable[[Turn, Any], Done]] = {
    "submit": submit,
    "delegate": hand_over,
    "leave": leave,
    "withdraw": partial(of_submitter, "withdraw"),
    "urge": partial(of_submitter, "urge"),
    **{verb: partial(decide, verb) for verb in VERBS},
}
"""How each verb is played."""
