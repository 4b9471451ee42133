"""Do the steps of an app's checklist open a page, and can one tell that they are done?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition.setup import SetupStepDef
from engine.loading.build import Built
from engine.loading.link_filters import filter_problems
from engine.loading.links import all_missing, missing, repeated
from engine.loading.nouns import DECISION, FORM, ROLE, SETUP_STEP
from engine.loading.outline import Outlines
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message

NEEDED = {"records": "form", "new": "form", "import": "form", "people": "role",
          "decision": "decision"}  # fmt: skip
"""By the page that a step opens, what it must name."""


def setup_problems(names: Outlines, built: Built) -> Iterator[Problem]:
    """Yield what is wrong with the checklist of an app."""
    spot = names.spot / "setup"
    steps = names.app.setup
    yield from repeated(SETUP_STEP, [(one.id, spot / at / "id") for at, one in enumerate(steps)])
    decisions = [part.definition.decision for part in built.decision]
    for at, step in enumerate(steps):
        here = spot / at
        yield from missing(here / "form", FORM, step.form, names.forms, "form")
        yield from missing(here / "role", ROLE, step.role, names.roles, "role")
        yield from missing(here / "decision", DECISION, step.decision, decisions, "decision")
        yield from all_missing(here / "roles", ROLE, step.roles, names.roles, "role")
        yield from _needed(step, here)
        form = names.of(step.form)
        if form is not None:
            yield from filter_problems(names, form, step.where, here / "where")


def _needed(step: SetupStepDef, spot: Spot) -> Iterator[Problem]:
    key = NEEDED.get(step.go)
    if key is not None and getattr(step, key) is None:
        message = Message("“{go}”要写“{key}”", go=step.go, key=key)
        yield spot.problem("setup.needs", message)
    if step.where and step.form is None:
        yield (spot / "where").key_problem("setup.unused", Message("没有“form”，“where”不起作用"))
