from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from engine.outcomes import Refusal
from runtime.store.approvals import Approval
from runtime.use_cases.approvals.course import Answer, Settled
from runtime.use_cases.approvals.decide_approval import Choice, decide_approval
from tests.runtime.approvals.office import Office, open_office
from tests.workspaces import DATABASES

APPROVERS = 8
ROUNDS = int(os.environ.get("ROUNDS") or 20)
LOGINS = tuple(f"chief{n}" for n in range(APPROVERS))
WORKFLOW = """
workflow: {id}
label: {id}
form: ticket
same: decide
steps:
  - kind: approve
    id: them
    label: them
    mode: {mode}
    who: [{people}]
  - {{kind: approve, id: later, label: later, who: [{{person: admin}}]}}
"""
PEOPLE = ", ".join(f"{{person: {login}}}" for login in LOGINS)
RACES = {
    f"workflows/{id_}.yaml": WORKFLOW.format(id=id_, mode=mode, people=PEOPLE)
    for id_, mode in (("quickest", "any"), ("together", "all"))
}


@pytest.fixture(params=DATABASES)
def crowd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """The app with eight people who decide."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_office(tmp_path, url, RACES) as office:
        with office.services.store.unit() as unit:
            north = office.people["ann"].department
            added = {
                login: unit.people.add(login, login, office.clock(), department=north)
                for login in LOGINS
            }
            actors = {login: unit.people.actor(person.id) for login, person in added.items()}
        known = {login: actor for login, actor in actors.items() if actor}
        yield replace(office, people={**office.people, **known})


def _all_at_once(
    pool: ThreadPoolExecutor, office: Office, deeds: Sequence[Callable[[], Answer]]
) -> list[Answer]:
    barrier = threading.Barrier(len(deeds))

    def do(deed: Callable[[], Answer]) -> Answer:
        barrier.wait()
        return deed()

    return list(pool.map(do, deeds))


def _deed(office: Office, approval: Approval, login: str) -> Callable[[], Answer]:
    task = office.task(approval, login)
    assert task is not None
    act, id_ = office.act(login), task.id
    return lambda: decide_approval(office.services, act, id_, Choice(verb="agree"))


def test_of_eight_who_may_decide_one_does_and_the_others_are_told_who(crowd: Office) -> None:
    winners = set()
    with ThreadPoolExecutor(APPROVERS) as pool:
        for turn in range(ROUNDS):
            approval = crowd.submitted("quickest")
            logins = LOGINS[turn % APPROVERS :] + LOGINS[: turn % APPROVERS]
            deeds = [_deed(crowd, approval, login) for login in logins]
            answers = dict(zip(logins, _all_at_once(pool, crowd, deeds), strict=True))

            won = [login for login, answer in answers.items() if isinstance(answer, Settled)]
            assert len(won) == 1, answers
            winners |= set(won)
            for login in set(LOGINS) - set(won):
                late = answers[login]
                assert isinstance(late, Refusal), late
                (reason,) = late.reasons
                assert won[0] in str(reason.message), reason
            assert crowd.waiting(approval) == ["admin"]
            assert crowd.now(approval).revision == 2
    assert len(winners) > 1


def test_eight_who_all_must_agree_are_all_counted_and_it_ends_once(crowd: Office) -> None:
    with ThreadPoolExecutor(APPROVERS) as pool:
        for _ in range(ROUNDS // 4):
            approval = crowd.submitted("together")
            deeds = [_deed(crowd, approval, login) for login in LOGINS]
            answers = _all_at_once(pool, crowd, deeds)
            assert [type(answer) for answer in answers] == [Settled] * APPROVERS
            visit = crowd.run(approval).visits[0]
            assert [seat.outcome for seat in visit.seats] == ["agree"] * APPROVERS
            assert crowd.waiting(approval) == ["admin"]
            assert crowd.now(approval).revision == APPROVERS + 1


def test_one_task_decided_eight_times_at_once_is_decided_once(crowd: Office) -> None:
    with ThreadPoolExecutor(APPROVERS) as pool:
        for _ in range(ROUNDS // 4):
            approval = crowd.submitted("together")
            deeds = [_deed(crowd, approval, LOGINS[0])] * APPROVERS
            answers = _all_at_once(pool, crowd, deeds)
            assert sum(isinstance(answer, Settled) for answer in answers) == 1
            assert sum(isinstance(answer, Refusal) for answer in answers) == APPROVERS - 1
            assert crowd.now(approval).revision == 2


def test_one_approval_begins_however_often_it_is_submitted_at_once(crowd: Office) -> None:
    with ThreadPoolExecutor(APPROVERS) as pool:
        for _ in range(ROUNDS // 4):
            record = crowd.ticket("ann")
            deeds = [partial(crowd.submit, record, "quickest")] * APPROVERS
            answers = _all_at_once(pool, crowd, deeds)
            assert sum(isinstance(answer, Settled) for answer in answers) == 1
            with crowd.services.store.reading() as unit:
                assert len(unit.approvals.of_record(record.id)) == 1
