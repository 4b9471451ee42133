"""The small app with approvals of tickets, and the words that tests of approvals use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from engine.approvals import Run, from_data
from engine.forms.submission import read_json
from engine.record import Record
from runtime.jobs.workshop import Workshop
from runtime.store.approvals import Approval
from runtime.store.tasks import Task
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.course import Answer, Settled
from runtime.use_cases.approvals.decide_approval import Choice, Verb, decide_approval
from runtime.use_cases.approvals.submit_approval import Wish, submit_approval
from tests.desk import FILES, Desk, open_desk

REVIEW = """
workflow: review
label: {zh: 费用审批, en: Cost review}
form: ticket
steps:
  - kind: approve
    id: chief
    label: {zh: 主管, en: Chief}
    who: [{person: chief_north}]
    within: {calendar: PT24H}
    ladder:
      - {before: PT4H}
      - {act: tell, to: [{person: admin}]}
  - kind: approve
    id: audit
    label: {zh: 审计, en: Audit}
    who: [{person: audit}]
    when: cost > 1000
    edit: [cause]
  - kind: cc
    id: known
    label: {zh: 抄送, en: Copy}
    who: [{person: sue}]
after:
  agreed: {cause: '"审批通过"'}
"""
"""One after the other; the second only if it is dear."""

CROWD = """
workflow: crowd
label: {zh: 抢单审批, en: Whoever is first}
form: ticket
steps:
  - {kind: approve, id: first, label: {zh: 任一人, en: Anyone}, mode: any, who: [{role: chief}]}
"""

WITH_APPROVALS = {
    **FILES,
    "workflows/review.yaml": REVIEW.encode(),
    "workflows/crowd.yaml": CROWD.encode(),
}


@dataclass(frozen=True)
class Office(Desk):
    """The app in a workspace, with the words of approvals."""

    def act(self, login: str, reason: str | None = None, door: Any = "form") -> Act:
        with self.services.store.reading() as unit:
            now = unit.people.actor(self.people[login].id)
        return Act(actor=now or self.people[login], door=door, reason=reason)

    def submit(self, record: Record, workflow: str = "review", login: str = "ann") -> Answer:
        act = self.act(login)
        return submit_approval(
            self.services, act, self.form(), record.id, workflow, Wish(remark="请批")
        )

    def submitted(self, workflow: str = "review", **values: Any) -> Approval:
        """Make a ticket and submit it."""
        answer = self.submit(self.ticket("ann", **values), workflow)
        assert isinstance(answer, Settled), answer
        return answer.approval

    def task(self, approval: Approval, login: str, state: Any = "open") -> Task | None:
        with self.services.store.reading() as unit:
            tasks = unit.tasks.of_approval(approval.id, state=state)
        own = [task for task in tasks if task.person == self.people[login].id]
        return own[-1] if own else None

    def decide(self, approval: Approval, login: str, verb: Verb, **more: Any) -> Answer:
        """Let somebody do something with their task: the open one, or the last done."""
        task = self.task(approval, login) or self.task(approval, login, "done")
        assert task is not None, login
        if "values" in more:
            more["submission"] = read_json(self.form(), more.pop("values"))
        return decide_approval(self.services, self.act(login), task.id, Choice(verb=verb, **more))

    def now(self, approval: Approval) -> Approval:
        with self.services.store.reading() as unit:
            found = unit.approvals.one(approval.id)
        assert found is not None
        return found

    def run(self, approval: Approval) -> Run:
        return from_data(self.now(approval).run)

    def waiting(self, approval: Approval) -> list[str]:
        """Return who has an open task of an approval."""
        logins = {actor.id: login for login, actor in self.people.items()}
        with self.services.store.reading() as unit:
            tasks = unit.tasks.of_approval(approval.id, state="open")
        return sorted(logins[task.person] for task in tasks)

    def told(self, login: str) -> list[str]:
        """Return what somebody was told, latest first."""
        with self.services.store.reading() as unit:
            notices = unit.notices.of_person(self.people[login].id)
        return [str(notice.text) for notice in notices]

    def kinds(self, record: str) -> list[str]:
        """Return the kinds of what happened to a record, in the order in which it happened."""
        with self.services.store.reading() as unit:
            events = unit.events.of_record(self.form(), record)
        return [event.kind for event in reversed(events)]

    def pass_time(self, **time: float) -> None:
        """Let time pass; whatever becomes due is done when it is due."""
        shop = Workshop(services=self.services)
        until = self.clock.moment + timedelta(**time)
        while True:
            with self.services.store.reading() as unit:
                due = unit.jobs.due(1, until)
                job = unit.jobs.one(due[0]) if due else None
            if job is None:
                break
            self.clock.moment = max(self.clock.moment, job.due or self.clock.moment)
            assert shop.run(job.id, self.clock.moment)
            with self.services.store.reading() as unit:
                done = unit.jobs.one(job.id)
            assert done is not None
            assert done.problem is None, done
        self.clock.moment = until


@contextmanager
def open_office(
    folder: Path, url: str | None = None, more: Mapping[str, str] | None = None
) -> Iterator[Office]:
    """Make a workspace with the app, its approvals and its people."""
    files = {**WITH_APPROVALS, **{name: text.encode() for name, text in (more or {}).items()}}
    with open_desk(folder, url, files) as desk:
        yield Office(**vars(replace(desk)))
