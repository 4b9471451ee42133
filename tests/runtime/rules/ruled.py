"""The small app with rules, and the words with which tests set them off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.forms.submission import read_json
from engine.record import Record
from runtime.jobs.workshop import Workshop
from runtime.store import Event
from runtime.store.notices import Notice
from runtime.store.rule_runs import RuleRun
from runtime.store.tasks import Task
from runtime.use_cases.edit_record import edit_record
from runtime.use_cases.rules.ticking import tick
from tests.desk import FILES, Desk, open_desk


@dataclass(frozen=True)
class Ruled:
    """A workspace whose app has rules."""

    desk: Desk

    def edit(self, login: str, record: Record, form: str = "ticket", **values: Any) -> object:
        there = self.desk.form(form)
        given = read_json(there, values)
        act = self.desk.act(login)
        return edit_record(self.desk.services, act, there, record.id, given, None)

    def work(self) -> int:
        """Do all that is due."""
        return Workshop(services=self.desk.services).run_due()

    def tick(self) -> int:
        """Let the rules look at the clock, and do what comes of it; return what they noticed."""
        noticed = tick(self.desk.services)
        self.work()
        return noticed

    def runs(self, rule: str | None = None) -> list[RuleRun]:
        """Return the firings, oldest first."""
        with self.desk.services.store.reading() as unit:
            return list(reversed(unit.rule_runs.of_app("desk", rule=rule)))

    def notices(self, login: str) -> list[str]:
        """Return what somebody was told, oldest first."""
        with self.desk.services.store.reading() as unit:
            found: tuple[Notice, ...] = unit.notices.of_person(self.desk.people[login].id)
        return [one.text.fill() for one in reversed(found)]

    def tasks(self, record: Record) -> tuple[Task, ...]:
        with self.desk.services.store.reading() as unit:
            return unit.tasks.of_record(record.id)

    def events(self, record: Record) -> list[Event]:
        """Return what happened to a record, oldest first."""
        with self.desk.services.store.reading() as unit:
            form = self.desk.form(record.form)
            return list(reversed(unit.events.of_record(form, record.id)))


def with_rules(rules: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files of the small app with rules, by their ids."""
    texts = {f"rules/{id_}.yaml": f"rule: {id_}\n{text}".encode() for id_, text in rules.items()}
    return {**FILES, **texts}


@contextmanager
def open_ruled(folder: Path, url: str | None, rules: Mapping[str, str]) -> Iterator[Ruled]:
    """Make a workspace with the app and some rules."""
    with open_desk(folder, url, with_rules(rules)) as desk:
        yield Ruled(desk)
