"""The same gate stands at every door, in the same words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from engine.app import App, Form
from engine.definition.stage import GateDef, PipelineDef, StageDef
from engine.loading.load import load_app
from engine.stages.gate import Side
from engine.stages.moves import path_of
from engine.wording import LOCALES
from tests.laws.doors import CONVERSION_DOORS, DOORS, Try, asked_in_advance
from tests.laws.house import House, all_apps, bare_title, open_house


@dataclass(frozen=True)
class Gate:
    """One gate of one app: where a record stands before it, and where it wants to go."""

    app: str
    form: str
    pipeline: str
    here: str
    target: str
    side: Side
    conversions: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.app}-{self.form}-{self.here}-{self.target}-{self.side}"


def gates_of(app: App) -> Iterator[Gate]:
    """Yield every gate of an app that asks for anything."""
    for form in app.forms.values():
        for pipeline in form.pipelines:
            yield from _gates(form, pipeline)


def _gates(form: Form, pipeline: PipelineDef) -> Iterator[Gate]:
    path = path_of(pipeline)
    following = dict(zip((stage.id for stage in path), path[1:], strict=False))
    before = {after.id: id_ for id_, after in following.items()}
    for stage in pipeline.stages:
        if stage.gate != GateDef() and stage.id in following:
            yield _gate(form, pipeline, stage.id, following[stage.id], "gate")
        if stage.entry != GateDef():
            here = path[0].id if stage.aside else before[stage.id]
            yield _gate(form, pipeline, here, stage, "entry")


def _gate(form: Form, pipeline: PipelineDef, here: str, target: StageDef, side: Side) -> Gate:
    # What a conversion keeps is filled in by it, so it may open the gate itself.
    leading = tuple(
        one.id for one in form.definition.conversions if one.stage == target.id and not one.keep
    )
    return Gate(form.app, form.id, pipeline.id, here, target.id, side, leading)


APPS = all_apps()
GATES = [gate for files in APPS.values() for gate in gates_of(load_app(files))]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house"), APPS) as opened:
        yield opened


def test_there_are_gates_to_try() -> None:
    assert len(GATES) > 40
    assert any(gate.conversions for gate in GATES)
    assert {gate.side for gate in GATES} == {"gate", "entry"}


@pytest.mark.parametrize("gate", GATES, ids=str)
def test_every_door_refuses_with_the_same_words(house: House, gate: Gate) -> None:
    form = house.form(gate.app, gate.form)
    owner = house.actor("boss")
    record = house.put(
        form,
        bare_title(form),
        owner=owner.id,
        department=owner.department,
        pipeline=gate.pipeline,
        stage=gate.here,
    )
    before = house.state(form, record.id)
    for locale in LOCALES:
        one = Try(house, form, record, gate.target, locale)
        said = {name: door(one) for name, door in DOORS.items()}
        for conversion in gate.conversions:
            said |= {name: door(one, conversion) for name, door in CONVERSION_DOORS.items()}
        expected = asked_in_advance(one)
        assert expected
        assert {name: words for name, words in said.items() if words != expected} == {}
        assert house.state(form, record.id) == before
    assert before[1] == 0
