"""Where would approvals find nobody to ask, and which of those under way wait for somebody who
is gone?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.app import App, Workflow
from engine.approvals import from_data
from engine.approvals.radar import radar, stalled_seats
from engine.wording import Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.approvals import Approval
from runtime.use_cases.approvals.organisation import Company
from runtime.use_cases.approvals.waking import wake_for_person


@dataclass(frozen=True, kw_only=True)
class Stalled:
    """One place where an approval would stand still, or does."""

    app: App
    workflow: Workflow
    message: Message
    approval: Approval | None = None
    """The one under way that it is about; None for all that are still to begin."""


def find_stalls(services: Services) -> tuple[Stalled, ...]:
    """Return every place where the workflows of all apps would not find who is meant, by the
    people there are now, and every approval that waits for somebody who has left."""
    with services.store.reading() as unit:
        return tuple(
            found
            for app in list(services.apps.values())
            if app.workflows
            for found in (*_to_come(unit, app), *_under_way(unit, app))
        )


def wake_stalled(services: Services) -> int:
    """Let every approval that waits for somebody who has left look for who takes over, and return
    how many people those are."""
    gone = {person for one in find_stalls(services) for person in _gone(services, one)}
    with services.store.unit() as unit:
        for person in sorted(gone):
            wake_for_person(unit, person, services.now())
    return len(gone)


def _to_come(unit: Unit, app: App) -> Iterator[Stalled]:
    company = Company(unit, app.id)
    for workflow in app.workflows.values():
        for stall in radar(workflow, company):
            yield Stalled(app=app, workflow=workflow, message=_in_labels(app, stall.message))


def _in_labels(app: App, message: Message) -> Message:
    """Call a role by what people call it."""
    labels = {role.id: role.label for role in app.definition.roles}
    role = message.args.get("role")
    return (
        Message(message.text, **{**message.args, "role": labels[role]})
        if role in labels
        else message
    )


def _under_way(unit: Unit, app: App) -> Iterator[Stalled]:
    company = Company(unit, app.id)
    for approval in unit.approvals.running(app.id):
        workflow = app.workflows.get(approval.workflow)
        run = from_data(approval.run)
        seats = [seat for id_ in stalled_seats(run, company) if (seat := run.seat(id_))]
        if workflow is not None and seats:
            names = list(dict.fromkeys(company.name(seat.person) for seat in seats))
            text = Message("正在等{people}处理，但已停用或离职", people=names)
            yield Stalled(app=app, workflow=workflow, message=text, approval=approval)


def _gone(services: Services, found: Stalled) -> Iterator[str]:
    if found.approval is None:
        return
    run = from_data(found.approval.run)
    with services.store.reading() as unit:
        company = Company(unit, found.app.id)
        for id_ in stalled_seats(run, company):
            seat = run.seat(id_)
            if seat is not None:
                yield seat.person
