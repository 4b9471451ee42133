"""Do the scenarios of an app come out as they are told?"""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from engine.app import App
from engine.definition.scenario import ScenarioDef
from engine.loading.load import load_app
from engine.moments import moment
from engine.problems import Location
from engine.wording import Message
from runtime.scenarios.compare import differences
from runtime.scenarios.compare_approvals import heard
from runtime.scenarios.passing import pass_time, perform_due
from runtime.scenarios.values import Unplayable
from runtime.scenarios.verbs import perform
from runtime.scenarios.world import Workshop, World
from runtime.workspace.demo_data import BadDemoData
from runtime.workspace.packages import demo_people
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

    @property
    def passed(self) -> bool:
        """True if everything came out as told."""
        return not self.differences


def run_scenarios(folder: Path, only: str | None = None) -> tuple[Result, ...]:
    """Play every scenario of an app (or those whose sentence contains `only`), each in a
    workspace of its own. Raises BrokenApp if the app itself is unsound."""
    app = load_app(folder)
    place = tempfile.TemporaryDirectory(prefix="dougong-scenarios-", dir=_quick_place())
    with place as home, closing(Workshop(folder, Path(home), _people(folder))) as workshop:
        return tuple(
            _play(workshop, app, number)
            for number, scenario in enumerate(app.scenarios)
            if only is None or only in scenario.scenario
        )


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
    try:
        found = _steps(workshop.world(app, scenario.given), scenario, number)
    except BadDemoData as bad:
        found = (Difference(at, Message("给定的记录不成立：{why}", why=str(bad))),)
    return Result(
        scenario=scenario.scenario,
        at=at,
        steps=len(scenario.steps),
        seconds=time.perf_counter() - began,
        differences=found,
    )


def _steps(world: World, scenario: ScenarioDef, number: int) -> tuple[Difference, ...]:
    """Play until a step comes out otherwise; what follows it would only repeat the trouble."""
    for position, step in enumerate(scenario.steps):
        at = world.app.at("scenarios", str(number), "steps", str(position))
        try:
            before = heard(world, step.then.told)
            if step.at:
                pass_time(world, moment(step.at, world.clock.now) - world.clock.now)
            done = perform(world, step)
            perform_due(world)
            found = differences(world, step, done, before)
        except Unplayable as why:
            found = (Message("这一步无法进行：{why}", why=str(why)),)
        if found:
            return tuple(Difference(at, message) for message in found)
        world.clock.now += BEAT
    return ()
