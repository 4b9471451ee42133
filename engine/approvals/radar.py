"""Where would approvals stall, before anybody submits anything?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from engine.app import Workflow
from engine.approvals.facts import Organisation
from engine.approvals.plan import People, placed_steps
from engine.approvals.run import Run
from engine.definition.workflow import ApproveStep, CcStep, WhoDef
from engine.wording import Label, Message

NAMED = 5
"""So many people are named in one sentence."""


@dataclass(frozen=True, kw_only=True)
class Stall:
    """One place where nobody would be found, and what mends it."""

    workflow: str
    step: str
    """Empty for what concerns the whole workflow."""
    label: Label
    kind: Literal["left", "empty", "no_manager", "no_head", "circle", "limit"]
    message: Message
    people: tuple[str, ...] = ()


def radar(workflow: Workflow, organisation: Organisation) -> tuple[Stall, ...]:
    """Return every place of a workflow where it would not find who is meant, among the people
    there are today."""
    definition = workflow.definition
    found = [*_circles(workflow, organisation), *_limits(workflow, organisation)]
    for step, _ in placed_steps(definition.steps):
        if isinstance(step, People):
            found += _step(workflow, organisation, step)
    for who in definition.keepers:
        found += _who(workflow, organisation, who, "", definition.label)
    said = {(stall.step, str(stall.message)): stall for stall in found}
    return tuple(said.values())


def stalled_seats(run: Run, organisation: Organisation) -> tuple[str, ...]:
    """Return the seats of an approval under way whose people have left."""
    return tuple(seat.id for seat in run.open_seats if not organisation.active(seat.person))


def _step(workflow: Workflow, organisation: Organisation, step: People) -> Iterator[Stall]:
    for who in step.who:
        yield from _who(workflow, organisation, who, step.id, step.label)
    if isinstance(step, CcStep):
        return
    if isinstance(step, ApproveStep):
        for role in step.must:
            yield from _role(workflow, organisation, role, step.id, step.label)
    for rung in step.ladder:
        for who in rung.to:
            yield from _who(workflow, organisation, who, step.id, step.label)


def _who(
    workflow: Workflow, organisation: Organisation, who: WhoDef, step: str, label: Label
) -> Iterator[Stall]:
    if who.person is not None:
        yield from _one(workflow, organisation, who.person, step, label)
    if who.role is not None:
        yield from _role(workflow, organisation, who.role, step, label)
    if "submitter" in (who.manager, who.chain):
        text = Message("“{step}”：{people}没有上级，请在人员里补上")
        yield from _without(workflow, organisation, step, label, text, "no_manager")
    if who.head == "submitter":
        text = Message("“{step}”：{people}所在部门没有负责人，请在部门里补上")
        yield from _without(workflow, organisation, step, label, text, "no_head")


def _one(
    workflow: Workflow, organisation: Organisation, login: str, step: str, label: Label
) -> Iterator[Stall]:
    person = organisation.by_login(login)
    if person is None:
        text = Message("“{step}”：没有账号“{login}”，请换人", step=label, login=login)
        yield Stall(workflow=workflow.id, step=step, label=label, kind="left", message=text)
    elif not organisation.active(person) and organisation.successor(person) is None:
        name = organisation.name(person)
        text = Message("“{step}”：{person}已停用或离职，请换人", step=label, person=name)
        yield Stall(
            workflow=workflow.id, step=step, label=label, kind="left", message=text,
            people=(person,),
        )  # fmt: skip


def _role(
    workflow: Workflow, organisation: Organisation, role: str, step: str, label: Label
) -> Iterator[Stall]:
    if not organisation.of_role(role):
        text = Message("“{step}”：角色“{role}”里没有人，请给人加上这个角色", step=label, role=role)
        yield Stall(workflow=workflow.id, step=step, label=label, kind="empty", message=text)


def _without(  # one sentence about everybody whom it concerns
    workflow: Workflow,
    organisation: Organisation,
    step: str,
    label: Label,
    text: Message,
    kind: Literal["no_manager", "no_head"],
) -> Iterator[Stall]:
    if kind == "no_manager":
        lacking = [
            one for one in submitters(workflow, organisation) if not organisation.manager(one)
        ]
    else:
        lacking = [
            one for one in submitters(workflow, organisation) if _headless(organisation, one)
        ]
    if lacking:
        names: list[object] = [organisation.name(one) for one in lacking[:NAMED]]
        if len(lacking) > NAMED:
            names.append(Message("等 {count} 人", count=len(lacking)))
        message = Message(text.text, step=label, people=names)
        yield Stall(
            workflow=workflow.id, step=step, label=label, kind=kind, message=message,
            people=tuple(lacking),
        )  # fmt: skip


def _headless(organisation: Organisation, person: str) -> bool:
    department = organisation.department(person)
    return department is None or organisation.head(department) is None


def submitters(workflow: Workflow, organisation: Organisation) -> tuple[str, ...]:
    """Return who could submit: the roles that may, or everybody with a role of the app."""
    roles = frozenset(workflow.definition.start.roles)
    return tuple(
        person
        for person in organisation.people()
        if (organisation.roles(person) & roles if roles else organisation.roles(person))
    )


def _circles(workflow: Workflow, organisation: Organisation) -> Iterator[Stall]:
    for person in organisation.people():
        seen = [person]
        above = organisation.manager(person)
        while above is not None and above not in seen:
            seen.append(above)
            above = organisation.manager(above)
        if above == person and person == min(seen):
            names = [organisation.name(one) for one in seen]
            text = Message("{people}互为上级，逐级审批会绕圈，请改正上级", people=names)
            yield Stall(
                workflow=workflow.id, step="", label=workflow.definition.label, kind="circle",
                message=text, people=tuple(seen),
            )  # fmt: skip


def _limits(workflow: Workflow, organisation: Organisation) -> Iterator[Stall]:
    """Beyond the highest limit nobody may decide, and the keepers are asked."""
    limits = workflow.definition.limits
    people = [limit for limit in limits if organisation.of_role(limit.role)]
    if not limits or any(limit.up_to is None for limit in people):
        return
    label = workflow.definition.label
    most = max((limit.up_to for limit in people if limit.up_to is not None), default=0)
    text = Message("金额超过 {most} 时没有人有权批，会交给流程负责人", most=most)
    yield Stall(workflow=workflow.id, step="", label=label, kind="limit", message=text)
