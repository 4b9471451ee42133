"""Do an approval, and what people were told, stand as a step says?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.approvals import from_data
from engine.definition.scenario import ThenApproval
from engine.wording import Message
from runtime.scenarios.done import person
from runtime.scenarios.world import Named, World
from runtime.store import Unit
from runtime.store.approvals import Approval

MOST = 500


@dataclass(frozen=True)
class Heard:
    """What people were told before a step, so that what is new can be told from it."""

    ids: Mapping[str, frozenset[str]]


def heard(world: World, logins: Mapping[str, tuple[str, ...]]) -> Heard:
    """Return what these people have been told so far."""
    with world.services.store.reading() as unit:
        return Heard(
            {
                login: frozenset(
                    one.id for one in unit.notices.of_person(person(world, login), limit=MOST)
                )
                for login in logins
            }
        )


def told_differences(
    world: World, wanted: Mapping[str, tuple[str, ...]], before: Heard
) -> Iterator[Message]:
    """Yield who was told otherwise."""
    with world.services.store.reading() as unit:
        for login, texts in wanted.items():
            notices = unit.notices.of_person(person(world, login), limit=MOST)
            new = [str(one.text) for one in notices if one.id not in before.ids[login]]
            came = list(reversed(new))
            if sorted(came) != sorted(texts):
                message = Message("“{who}”应收到 {wanted}，实际 {came}",
                                  who=login, wanted=list(texts), came=came)  # fmt: skip
                yield message


def approval_differences(world: World, wanted: ThenApproval, named: Named) -> Iterator[Message]:
    """Yield in what the newest approval of the record is otherwise."""
    with world.services.store.reading() as unit:
        found = unit.approvals.of_record(named.id)
        fitting = [one for one in found if wanted.workflow in (None, one.workflow)]
        if not fitting:
            yield Message("这条记录没有审批")
            return
        yield from _compared(world, unit, wanted, fitting[0])


def _compared(
    world: World, unit: Unit, wanted: ThenApproval, approval: Approval
) -> Iterator[Message]:
    state = approval.outcome or "running"
    if wanted.state is not None and state != wanted.state:
        yield Message("审批应为 {wanted}，实际 {came}", wanted=wanted.state, came=state)
    logins = {actor.id: login for login, actor in world.people.items()}
    waiting = unit.tasks.of_approval(approval.id, state="open")
    people = sorted({logins.get(task.person, task.person) for task in waiting})
    if wanted.waiting is not None and people != sorted(wanted.waiting):
        yield Message("应等待 {wanted}，实际 {came}", wanted=list(wanted.waiting), came=people)
    steps = sorted({task.step or "" for task in waiting})
    if wanted.steps is not None and steps != sorted(wanted.steps):
        yield Message("应停在 {wanted}，实际 {came}", wanted=list(wanted.steps), came=steps)
    held = {seat.person for seat in from_data(approval.run).open_seats}
    if held != {task.person for task in waiting}:
        yield Message("审批和待办不一致：{wanted} / {came}", wanted=sorted(held), came=people)
