"""What did a person submit, and what became of it?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.app import Form
from engine.approvals import Run, from_data
from engine.wording import Label
from runtime.services import Services
from runtime.store import Unit
from runtime.store.approvals import Approval
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.versions import running_version
from runtime.use_cases.reach import begin

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Own:
    """One approval that the actor submitted."""

    approval: Approval
    run: Run
    form: Form
    label: Label
    about: str | None
    """What the record is called; None if the actor may not see it any more."""
    waits_for: tuple[str, ...]
    """The names of those who are asked just now."""


def own_approvals(
    services: Services, act: Act, *, running: bool = False, before: str | None = None
) -> tuple[Own, ...]:
    """Return what the actor submitted, latest first; one more than a page if there is more."""
    with services.store.reading() as unit:
        state = "running" if running else None
        found = unit.approvals.of_submitter(
            act.actor.id,
            state=state,  # type: ignore[arg-type]  # one of its states
            before=before,
            limit=PAGE + 1,
        )
        shown = (_own(services, unit, act, approval) for approval in found)
        return tuple(one for one in shown if one is not None)


def _own(services: Services, unit: Unit, act: Act, approval: Approval) -> Own | None:
    form = services.form(approval.app, approval.form)
    workflow = running_version(unit, services.apps[approval.app], approval) if form else None
    if form is None or workflow is None:
        return None
    run = from_data(approval.run)
    work = begin(services, unit, act, form)
    titles = unit.query.titles(form, work.sight, act.actor, work.env, [approval.record])
    asked = [seat.person for seat in run.open_seats if seat.kind not in ("cc", "opinion")]
    names = unit.people.names(asked)
    return Own(
        approval=approval,
        run=run,
        form=form,
        label=workflow.definition.label,
        about=titles.get(approval.record),
        waits_for=tuple(names[id_] for id_ in dict.fromkeys(asked) if id_ in names),
    )
