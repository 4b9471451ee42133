"""A small office in which things are approved: its people, its records, its clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import cache
from typing import Any

from engine.app import App, Workflow
from engine.approvals import Decided, Facts, Run, decide, from_data, to_data
from engine.approvals.commands import Command, Submit
from engine.approvals.effects import Effect, OpenTask
from engine.approvals.run import Seat
from engine.loading.load import load_app
from engine.outcomes import Denied, Refusal
from engine.record import Actor
from engine.worktime import DAY, WHOLE_DAY, Window

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
"""A Monday."""

MANIFEST = """
app: desk
version: 1.0.0
label: 服务台
roles:
  - {id: agent, label: 坐席}
  - {id: finance, label: 财务}
  - {id: director, label: 总监}
"""

TICKET = """
form: ticket
label: 工单
title: name
sections:
  - id: basics
    label: 基本信息
    fields:
      - {id: name, type: text, label: 标题}
      - {id: cause, type: text, label: 原因}
      - {id: cost, type: money, label: 费用, currency: CNY}
      - {id: keeper, type: person, label: 保管人}
      - {id: wanted, type: date, label: 期望日期}
      - {id: urgent, type: yes_no, label: 紧急}
      - {id: twin, type: reference, label: 同类, to: ticket}
access:
  agent: {rows: all, create: true, edit: true}
"""


@cache
def app_with(workflow: str, *others: str) -> App:
    """Return the app with a workflow called `spend`, and others called as they say."""
    files = {"app.yaml": MANIFEST, "forms/ticket.yaml": TICKET}
    for text in (workflow, *others):
        name = text.split("workflow: ")[1].split("\n")[0].strip()
        files[f"workflows/{name}.yaml"] = text
    return load_app(files)


@cache
def app_without(field: str) -> App:
    """Return the app as it is when a field was taken away later."""
    lines = [line for line in TICKET.splitlines() if f"id: {field}," not in line]
    return load_app({"app.yaml": MANIFEST, "forms/ticket.yaml": "\n".join(lines) + "\n"})


def spend(steps: str, **more: str) -> Workflow:
    """Return the workflow `spend` with some steps and keys."""
    keys = "".join(f"{key}: {value}\n" for key, value in more.items())
    text = f"workflow: spend\nlabel: 费用审批\nform: ticket\n{keys}steps:\n{steps}"
    return app_with(text).workflows["spend"]


class WeekCalendar:
    """Monday to Friday, from nine to six."""

    zone: tzinfo = UTC

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5

    def hours(self, day: date) -> tuple[Window, ...]:
        if not self.is_working_day(day):
            return ()
        return ((timedelta(hours=9), timedelta(hours=18)),)

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        days = (start.date() + n * DAY for n in range((end.date() - start.date()).days + 1))
        return sum((WHOLE_DAY[0][1] for day in days if self.is_working_day(day)), timedelta(0))


@dataclass
class Office:
    """Who works here. `ann` submits; `bob` is her manager, `cat` his, `dan` at the top."""

    managers: dict[str, str] = field(
        default_factory=lambda: {"ann": "bob", "bob": "cat", "cat": "dan", "fay": "cat"}
    )
    roles_of: dict[str, set[str]] = field(
        default_factory=lambda: {
            "ann": {"agent"}, "bob": {"agent"}, "cat": {"director"}, "fay": {"finance"},
            "flo": {"finance"},
        }
    )  # fmt: skip
    departments: dict[str, str] = field(
        default_factory=lambda: {"ann": "d1", "bob": "d1", "cat": "d0"}
    )
    heads: dict[str, str] = field(default_factory=lambda: {"d1": "bob", "d0": "dan"})
    left: set[str] = field(default_factory=set)
    entrusted: dict[str, str] = field(default_factory=dict)
    took_over: dict[str, str] = field(default_factory=dict)
    everybody: tuple[str, ...] = ("ann", "bob", "cat", "dan", "eve", "fay", "flo", "root")
    admins: tuple[str, ...] = ("root",)

    def active(self, person: str) -> bool:
        return person in self.everybody and person not in self.left

    def name(self, person: str) -> str:
        return person.capitalize()

    def by_login(self, login: str) -> str | None:
        return login if login in self.everybody else None

    def of_role(self, role: str) -> tuple[str, ...]:
        return tuple(one for one in self.people() if role in self.roles(one))

    def roles(self, person: str) -> frozenset[str]:
        return frozenset(self.roles_of.get(person, ()))

    def manager(self, person: str) -> str | None:
        return self.managers.get(person)

    def department(self, person: str) -> str | None:
        return self.departments.get(person)

    def head(self, department: str) -> str | None:
        return self.heads.get(department)

    def parent(self, department: str) -> str | None:
        return "d0" if department == "d1" else None

    def stand_in(self, person: str, workflow: str, now: datetime) -> str | None:
        return self.entrusted.get(person)

    def successor(self, person: str) -> str | None:
        return None if self.active(person) else self.took_over.get(person)

    def administrators(self) -> tuple[str, ...]:
        return tuple(one for one in self.admins if self.active(one))

    def people(self) -> tuple[str, ...]:
        return tuple(one for one in self.everybody if self.active(one))


@dataclass
class Case:
    """One approval, with the record it is about and the clock."""

    workflow: Workflow
    office: Office = field(default_factory=Office)
    row: dict[str, Any] = field(
        default_factory=lambda: {
            "id": "t1", "name": "打印机", "cause": "坏了", "cost": Decimal("800.00"),
            "keeper": "eve", "wanted": None, "urgent": False, "owner": "ann", "department": "d1",
        }
    )  # fmt: skip
    now: datetime = NOW
    run: Run | None = None
    effects: list[Effect] = field(default_factory=list)
    last: tuple[Effect, ...] = ()

    def facts(self, who: str | None) -> Facts:
        return Facts(
            row=self.row,
            actor=self.actor(who) if who else None,
            submitter=self.actor("ann"),
            now=self.now,
            today=self.now.date(),
            calendar=WeekCalendar(),
            organisation=self.office,
        )

    def actor(self, who: str) -> Actor:
        return Actor(id=who, name=who, roles={"desk": self.office.roles(who)})

    def submit(self, **more: Any) -> Decided | Refusal | Denied:
        return self.do("ann", Submit(run="r1", record="t1", **more))

    def do(self, who: str | None, command: Command) -> Decided | Refusal | Denied:
        """Carry a command out and keep what came of it, as it is kept between two requests."""
        answer = decide(self.workflow, self.run, command, self.facts(who))
        if isinstance(answer, Decided):
            self.run = from_data(to_data(answer.run))
            assert self.run == answer.run
            self.last = answer.effects
            self.effects += answer.effects
            for effect in answer.effects:
                values = getattr(effect, "values", None)
                if values is not None:
                    self.row.update(values)
        return answer

    def seat(self, who: str) -> str:
        """Return the open seat of a person."""
        assert self.run is not None
        return next(seat.id for seat in self.run.open_seats if seat.person == who)

    def asked(self) -> list[str]:
        """Return who is asked for something just now."""
        assert self.run is not None
        return [seat.person for seat in self.run.open_seats]

    def seats(self, step: str) -> list[Seat]:
        assert self.run is not None
        return [seat for visit in self.run.visits if visit.step == step for seat in visit.seats]

    def opened(self) -> list[OpenTask]:
        return [effect for effect in self.last if isinstance(effect, OpenTask)]

    def of(self, kind: type) -> list[Any]:
        """Return the newest effects of a kind."""
        return [effect for effect in self.last if isinstance(effect, kind)]

    def later(self, **span: float) -> None:
        """Let time pass, and wake the run whenever it asked to be."""
        from engine.approvals.commands import Wake

        end = self.now + timedelta(**span)
        seen: list[Effect] = []
        for _ in range(200):
            assert self.run is not None
            if self.run.wake is None or self.run.wake > end:
                break
            self.now = max(self.now, self.run.wake)
            self.do(None, Wake())
            seen += self.last
        self.now = end
        self.last = tuple(seen)


def words(answer: Decided | Refusal | Denied) -> list[str]:
    """Return what a refusal says."""
    if isinstance(answer, Denied):
        return [str(answer.message)]
    assert isinstance(answer, Refusal), answer
    return [str(reason.message) for reason in answer.reasons]


def outcome(case: Case) -> str | None:
    assert case.run is not None
    return case.run.outcome
