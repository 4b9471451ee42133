"""Do scenarios fill in public forms that there are, with what these ask?"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from engine.definition.public import PublicDef
from engine.definition.scenario import ScenarioDef
from engine.definition.scenario_outside import FillStep
from engine.loading.build import Built
from engine.loading.links import all_missing_keys, missing
from engine.loading.nouns import FIELD, PUBLIC, RECORD
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message


def fill_problems(
    built: Built, scenario: ScenarioDef, spot: Spot, known: Collection[str]
) -> Iterator[Problem]:
    """Yield what is wrong with the steps of a scenario in which somebody outside does something;
    `known` are the records that the app brings along."""
    publics = {part.definition.public: part.definition for part in built.public}
    names = {*known, *(row.id for row in scenario.given.records if row.id)}
    for at, step in enumerate(scenario.steps):
        if step.fill is not None:
            here = spot / "steps" / at / "fill"
            yield from missing(here / "public", PUBLIC, step.fill.public, publics, "public")
            public = publics.get(step.fill.public)
            if public is not None:
                yield from _filled(public, step.fill, here, names)
        names |= {name for verb in (step.create, step.fill) if verb and (name := verb.name)}


def _filled(
    public: PublicDef, step: FillStep, spot: Spot, names: Collection[str]
) -> Iterator[Problem]:
    asked = [one.field for one in public.fields]
    yield from all_missing_keys(spot / "values", FIELD, step.values, asked, "field")
    yield from missing(spot / "code_of", RECORD, step.code_of, names, "row")
    if public.per is not None and step.code_of is None:
        message = Message("这个公开表单每条记录一个二维码，请写明 code_of")
        yield spot.problem("scenario.code", message)


def names_of_fills(built: Built, scenario: ScenarioDef) -> dict[str, str]:
    """Return what later steps may call the records that people outside make, with their forms."""
    forms = {part.definition.public: part.definition.form for part in built.public}
    steps = (step.fill for step in scenario.steps if step.fill is not None)
    return {one.name: forms[one.public] for one in steps if one.name and one.public in forms}
