"""Whatever a menu of the designer offers is accepted as it is, and has words of its own."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from designer.flows.beginnings import new_decision, new_rule, new_workflow
from designer.flows.kinds import KINDS, offers
from designer.flows.picks import plain
from designer.flows.rule_kinds import action_offers, trigger_offers
from designer.flows.rule_view import sentence_of
from designer.flows.stage_edits import first_stages, gate_edits, stage_edits
from designer.flows.stage_view import stages_at
from designer.flows.tree import Drawing
from designer.speech import Speech
from engine.editing.apply import Applied, Refused, apply
from engine.editing.draft import Draft, open_draft
from engine.editing.edits import Add, AnyEdit, Set
from engine.rules.catalog import ACTIONS, TRIGGERS
from runtime.workspace.packages import files_of, shipped
from tests.runtime.pools.spring import FILES


def speech(draft: Draft, form: str, locale: str = "zh") -> Speech:
    return Speech({draft.app.id: draft.app}, draft.app.forms[form], locale)


def edits(written: str) -> list[AnyEdit]:
    return msgspec.json.decode(written, type=list[AnyEdit])


def done(draft: Draft, made: list[AnyEdit]) -> Draft:
    found = apply(draft, made)
    assert not isinstance(found, Refused), found.problems
    assert isinstance(found, Applied)
    return found.draft


@pytest.fixture(scope="module")
def spring() -> Draft:
    return open_draft(FILES)


@pytest.fixture(scope="module")
def sales() -> Draft:
    return open_draft(files_of(shipped()["sales_crm"]))


def with_new(draft: Draft, form: str, make: Any) -> tuple[Draft, str]:
    id_, made = make(speech(draft, form))
    return done(draft, edits(made)), id_


@pytest.mark.parametrize("form", ["ticket", "site"])
@pytest.mark.parametrize("make", [new_workflow, new_rule, new_decision])
def test_what_is_begun_is_accepted(spring: Draft, form: str, make: Any) -> None:
    first, id_ = with_new(spring, form, make)
    _, other = with_new(first, form, make)

    assert id_ != other


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_every_trigger_that_is_offered_fits_and_is_said(spring: Draft, locale: str) -> None:
    draft, id_ = with_new(spring, "ticket", new_rule)
    told = {}
    for one in trigger_offers(speech(draft, "ticket")):
        changed = done(draft, [Set(target=(f"rules/{id_}.yaml", "on"), value=one.value)])
        sentence = sentence_of(speech(changed, "ticket", locale), changed.app.rules[id_])
        told[one.type] = sentence.told

    assert len(set(told.values())) == len(told)
    assert TRIGGERS.keys() - told.keys() <= {"approval_ended", "in_a_row"}


def test_every_action_that_is_offered_fits_and_is_said(spring: Draft, sales: Draft) -> None:
    seen = set()
    forms = ((spring, "ticket"), (spring, "site"), (sales, "customer"), (sales, "quotation"))
    for draft, form in forms:
        begun, id_ = with_new(draft, form, new_rule)
        for one in action_offers(speech(begun, form)):
            at = (f"rules/{id_}.yaml", "do")
            changed = done(begun, [Add(target=at, value=one.value)])
            deed = sentence_of(speech(changed, form), changed.app.rules[id_]).deeds[-1]
            assert plain(deed.parts), one.type
            seen.add(one.type)

    assert ACTIONS.keys() - seen <= {"start_approval", "add_points"}


def test_every_step_that_is_offered_fits_everywhere(sales: Draft) -> None:
    draft, id_ = with_new(sales, "contract", new_workflow)
    kinds = set()
    for kind in KINDS:
        found = offers(speech(draft, "contract"), draft.app.workflows[id_])
        one = next(each for each in found if each.kind == kind)
        target = (f"workflows/{id_}.yaml", "steps")
        draft = done(draft, [Add(target=target, value=one.value, before="approve")])
        kinds.add(one.kind)
        tree = Drawing(
            speech=speech(draft, "contract"),
            workflow=draft.app.workflows[id_],
            names={},
            troubles={},
        ).tree()
        for stop in tree.row.stops:
            tools = stop.card.tools
            for edit in (stop.more, tools.up, tools.down):
                if edit:
                    done(draft, edits(edit))

    assert kinds == KINDS.keys()


@pytest.mark.parametrize("form", ["ticket", "site"])
def test_what_the_page_of_stages_offers_fits(spring: Draft, form: str) -> None:
    draft = spring
    if not draft.app.forms[form].pipelines:
        draft = done(draft, edits(first_stages(speech(draft, form))))
    spoken = speech(draft, form)
    pipeline = spoken.form.pipelines[0]
    into = stages_at(spoken, pipeline)
    path = stage_edits(spoken, pipeline, into)
    made = [path.more, path.out]
    for stage in pipeline.stages:
        one = path.stages[stage.id]
        gate = gate_edits(spoken, stage.gate, (*into, stage.id, "gate"))
        made += [one.after, gate.check, gate.evidence]
        # Whether a stage may go elsewhere depends on what else names it.
        made += [one.up, one.down] if form == "site" else []
    for edit in filter(None, made):
        done(draft, edits(edit))


def test_a_condition_that_is_offered_is_reached(spring: Draft) -> None:
    draft, id_ = with_new(spring, "ticket", new_workflow)
    branch = next(
        one
        for one in offers(speech(draft, "ticket"), draft.app.workflows[id_])
        if one.kind == "branch"
    )
    draft = done(draft, [Add(target=(f"workflows/{id_}.yaml", "steps"), value=branch.value)])
    for _ in range(6):
        drawing = Drawing(
            speech=speech(draft, "ticket"),
            workflow=draft.app.workflows[id_],
            names={},
            troubles={},
        )
        more = drawing.tree().row.stops[-1].more
        assert json.loads(more)[0]["before"] == "path_2"
        draft = done(draft, edits(more))
