"""Do the scenarios of an app come out as they are told?"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from engine.app import App
from engine.definition.scenario import ScenarioDef, StepDef
from engine.loading.load import load_app
from engine.moments import moment
from engine.problems import Location
from engine.wording import Message
from runtime.scenarios.compare import differences
from runtime.scenarios.compare_approvals import heard
from runtime.scenarios.coverage import Part, marked, shut
from runtime.scenarios.done import Done
from runtime.scenarios.passing import pass_time, perform_due
from runtime.scenarios.values import Unplayable
from runtime.scenarios.verbs import perform
from runtime.scenarios.world import Workshop, World
from runtime.workspace.demo_data import BadDemoData
from runtime.workspace.packages import demo_people, files_of
from runtime.workspace.people_file import PeopleFile, read_people

BEAT = timedelta(seconds=1, microseconds=137)
"""How far the clock goes on after each step: later is later, and never a whole second."""


@dataclass(frozen=True)
class Difference:
    """One thing that came out otherwise than told, with the line that tells it."""

    at: Location
    message: Message


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of one scenario."""

    scenario: str
    at: Location
    steps: int
    seconds: float
    differences: tuple[Difference, ...] = ()
    number: int = 0
    """Which of the app's scenarios it is."""
    failed_at: int | None = None
    """The step that came out otherwise; none if it was already what is given."""
    touched: frozenset[Part] = frozenset()
    """Which parts of the app it went through."""

    @property
    def passed(self) -> bool:
        """True if everything came out as told."""
        return not self.differences


def run_scenarios(
    folder: Path, only: str | None = None, database: str | None = None
) -> tuple[Result, ...]:
    """Play every scenario of an app (or those whose sentence contains `only`), each in a
    workspace of its own: a file, or a schema of a PostgreSQL database. Raises BrokenApp if the
    app itself is unsound."""
    app = load_app(folder)
    chosen = [at for at, one in enumerate(app.scenarios) if only is None or only in one.scenario]
    return tuple(play_scenarios(app, files_of(folder), _people(folder), chosen, database))


def play_scenarios(
    app: App,
    files: Mapping[str, bytes],
    people: PeopleFile,
    numbers: Iterable[int],
    database: str | None = None,
) -> Iterator[Result]:
    """Play some of an app's scenarios, one after the other, in a workspace that is thrown away."""
    place = tempfile.TemporaryDirectory(prefix="dougong-scenarios-", dir=_quick_place())
    with place as home, closing(Workshop(files, Path(home), people, database)) as workshop:
        for number in numbers:
            yield _play(workshop, app, number)


def _quick_place() -> Path | None:
    """Return a folder in memory if there is one: what is thrown away need not reach a disk."""
    shared = Path("/dev/shm")  # noqa: S108 - only the folder made inside it is used
    return shared if os.access(shared, os.W_OK) else None


def _people(folder: Path) -> PeopleFile:
    beside = folder.resolve().parent / "demo_people.yaml"
    path = beside if beside.exists() else demo_people()
    return read_people(path.read_text(encoding="utf-8"), path.name)


def _play(workshop: Workshop, app: App, number: int) -> Result:
    scenario = app.scenarios[number]
    began = time.perf_counter()
    at = app.at("scenarios", str(number), "steps", "0")
    position = None
    touched: set[Part] = set()
    try:
        world = workshop.world(app, scenario.given)
        before = marked(world)
        position, found = _steps(world, scenario, number, touched)
        touched |= {part for _, part in marked(world) - before}
    except BadDemoData as bad:
        found = (Difference(at, Message("给定的记录不成立：{why}", why=str(bad))),)
    return Result(
        scenario=scenario.scenario,
        at=at,
        steps=len(scenario.steps),
        seconds=time.perf_counter() - began,
        differences=found,
        number=number,
        failed_at=position,
        touched=frozenset(touched),
    )


def _steps(
    world: World, scenario: ScenarioDef, number: int, touched: set[Part]
) -> tuple[int | None, tuple[Difference, ...]]:
    """Play until a step comes out otherwise; what follows it would only repeat the trouble."""
    for position, step in enumerate(scenario.steps):
        played = play_step(world, step)
        touched |= set(shut(world, played.done))
        if found := played.differences:
            at = world.app.at("scenarios", str(number), "steps", str(position))
            return position, tuple(Difference(at, message) for message in found)
    return None, ()


@dataclass(frozen=True)
class Played:
    """What came of one step; nothing is done if it could not be played."""

    done: Done | None
    differences: tuple[Message, ...]


def play_step(world: World, step: StepDef) -> Played:
    """Play one step with all that follows from it by itself, and let the clock go on a little."""
    done = None
    try:
        before = heard(world, step.then.told)
        if step.at:
            pass_time(world, moment(step.at, world.clock.now) - world.clock.now)
        done = perform(world, step)
        perform_due(world)
        found = differences(world, step, done, before)
    except Unplayable as why:
        found = (Message("这一步无法进行：{why}", why=str(why)),)
    world.clock.now += BEAT
    return Played(done, found)
