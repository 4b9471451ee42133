"""What is a kind of work for later, and what does it have in hand while it is done?"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from engine.record import Actor
from engine.wording import Message
from runtime.services import Services
from runtime.store import Unit
from runtime.store.jobs import Job
from runtime.use_cases.act import Act, Door

OFTEN = 0.5
"""Seconds between two notes of how far a task is."""


class Lost(Exception):
    """Somebody else has the job now: whatever is done in this transaction must be undone."""


class Stopping(Exception):
    """The process ends; the job is given back and done by another."""


@dataclass(frozen=True)
class Finished:
    """The work is done; `also` happens in the very transaction that says so, once."""

    result: Mapping[str, Any] = field(default_factory=dict)
    """What the person sees of it. `file` names a file that `Task.file` made, `name` is what it is
    called when it is downloaded."""
    also: Callable[[Unit], None] | None = None


@dataclass(frozen=True)
class GaveUp:
    """It can't be done, and trying again would not help; the words say why."""

    message: Message


@dataclass(frozen=True)
class Again:
    """Done for now, and due once more so many seconds later."""

    seconds: float


Ended: TypeAlias = Finished | GaveUp | Again


@dataclass(kw_only=True)
class Task:
    """One attempt at a job."""

    services: Services
    job: Job
    seconds: float
    stopping: threading.Event
    person: Actor | None
    """Who asked for it, with the rights of now; None for the system's own work."""
    _done: int = 0
    _total: int | None = None
    _noted: float = 0.0
    _heard: float = field(default_factory=time.monotonic)

    @property
    def arguments(self) -> Mapping[str, Any]:
        """What was asked for."""
        return self.job.arguments

    def act(self, door: Door, key: str | None = None) -> Act:
        """Return what a use case needs to know of the person. With a key of its own for each step
        that writes, such as a row of a file, a step is done once however often the job is tried."""
        assert self.person is not None
        return Act(actor=self.person, door=door, key=f"{self.job.id}:{key}" if key else None)

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far it is, outside of any unit, as often as you like. Raises Lost and Stopping,
        which end the attempt."""
        if self.stopping.is_set():
            raise Stopping
        self._done, self._total, self._heard = done, total, time.monotonic()
        if self._heard - self._noted >= OFTEN:
            self._noted = self._heard
            if not self.beat():
                raise Lost

    def beat(self) -> bool:
        """Keep the job a little longer; False if somebody else has it."""
        with self.services.store.unit() as unit:
            return unit.jobs.beat(self.job, self.seconds, self._done, self._total)

    def note(self, result: Mapping[str, Any]) -> None:
        """Keep what came of it so far, for who looks, and for another attempt, which finds it as
        `job.result`. Raises Lost."""
        with self.services.store.unit() as unit:
            if not unit.jobs.note(self.job, result):
                raise Lost

    def silent_for(self) -> float:
        """Return how many seconds ago it said how far it is."""
        return time.monotonic() - self._heard

    def file(self, ending: str) -> Path:
        """Return where this attempt may write a file for the person."""
        token = self.job.token or ""
        return self.services.store.job_files.new(self.job.id, token, ending)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One kind of work; its id is the name of its file in `kinds/`."""

    work: Callable[[Task], Ended]
    """Does it. May be called again for the same job after a crash, never at the same time."""
    seconds: float | None = None
    """How long after its process died it is done by another one; None is what the settings say."""
    silent: float = 900.0
    """How long it may say nothing of its progress before it counts as dead too."""
    tries: int = 8
    outward: bool = False
    """Something of it leaves the workspace. Where people only try things, it is not done."""
