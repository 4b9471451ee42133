"""What does the page of a decision table hold?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from designer.decisions.view import POLICIES
from designer.flows.edits import Target, add, move, put, remove, together, written
from designer.flows.picks import Pick
from designer.flows.values import Scene
from designer.grid.cell_words import ANY, told
from designer.grid.checking import Mark, checked
from designer.grid.columns import Column, columns_of
from designer.speech import Speech
from engine.app import Decision
from engine.definition.decision import DecisionRuleDef
from engine.loading.written_tables import cell_text
from engine.wording import words

Values = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands above a column."""

    column: Column
    target: str
    left: str
    right: str
    remove: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One rule in the grid."""

    number: int
    cells: tuple[str, ...]
    note: str
    marks: tuple[str, ...]
    hit: bool


def file_of(decision: str) -> str:
    """Return the file of a decision table."""
    return f"decisions/{decision}.yaml"


def grid_values(scene: Scene, decision: Decision, used: Sequence[int] = ()) -> Values:
    """Return what the grid of a table shows."""
    speech = scene.speech(decision.form)
    columns = columns_of(decision, speech.form, scene.locale, speech.app.definition.roles)
    marks = checked(decision, speech.form, columns, decision.definition.rules)
    file = file_of(decision.id)
    return {
        "decision": decision,
        "heads": list(_heads(decision, columns)),
        "lines": list(_lines(speech, decision, columns, marks, used)),
        "whole_marks": [speech.fill(one.text) for one in marks if one.row is None],
        "kept": json.dumps([row_of(rule) for rule in decision.definition.rules]),
        "rules_target": written((file, "rules")),
        "policy": _policy(speech, decision),
        "new_inputs": list(_new_inputs(speech, decision)),
        "new_output": _new_output(speech, decision),
        "allow_gaps": together(put((file, "partial"), True)),
    }


def row_of(rule: DecisionRuleDef) -> list[str]:
    """Return a rule as the grid holds it: all its cells, then its note."""
    return [*map(cell_text, (*rule.when, *rule.then)), rule.note or ""]


def _lines(
    speech: Speech,
    decision: Decision,
    columns: Sequence[Column],
    marks: Sequence[Mark],
    used: Sequence[int],
) -> Iterator[Line]:
    for at, rule in enumerate(decision.definition.rules):
        pairs = zip((*rule.when, *rule.then), columns, strict=True)
        yield Line(
            number=at + 1,
            cells=tuple(told(cell, column, speech.locale) for cell, column in pairs),
            note=rule.note or "",
            marks=tuple(speech.fill(one.text) for one in marks if one.row == at),
            hit=at in used,
        )


def _policy(speech: Speech, decision: Decision) -> Pick:
    policy = decision.definition.policy
    choices = [(id_, speech.fill(text)) for id_, text in POLICIES.items()]
    return Pick(
        kind="one",
        name=speech.say("多条规则同时成立时"),
        target=(file_of(decision.id), "policy"),
        shown=speech.fill(POLICIES[policy]),
        value=policy,
        choices=choices,
    )


def _heads(decision: Decision, columns: Sequence[Column]) -> Iterator[Head]:
    inputs = len(decision.definition.inputs)
    for at, column in enumerate(columns):
        key, cells = ("outputs", "then") if column.answers else ("inputs", "when")
        place = at - inputs if column.answers else at
        ids = [one.id for one in getattr(decision.definition, key)]
        target: Target = (file_of(decision.id), key, column.id)
        yield Head(
            column=column,
            target=written(target),
            left=_moved(decision, key, cells, ids, place - 1) if place else "",
            right=_moved(decision, key, cells, ids, place) if place + 1 < len(ids) else "",
            remove=_removed(decision, target, cells, place) if len(ids) > 1 else "",
        )


def _moved(decision: Decision, key: str, cells: str, ids: Sequence[str], at: int) -> str:
    """Return the edit that lets two neighbouring columns change places."""
    file = file_of(decision.id)
    edits = [move((file, key, ids[at + 1]), (file, key), ids[at])]
    for n, rule in enumerate(decision.definition.rules):
        row = list(getattr(rule, cells))
        row[at], row[at + 1] = row[at + 1], row[at]
        edits.append(put((file, "rules", n, cells), row))
    return together(*edits)


def _removed(decision: Decision, target: Target, cells: str, at: int) -> str:
    edits = [remove(target)]
    for n, rule in enumerate(decision.definition.rules):
        row = list(getattr(rule, cells))
        del row[at]
        edits.append(put((target[0], "rules", n, cells), row))
    return together(*edits)


def _new_inputs(speech: Speech, decision: Decision) -> Iterator[tuple[str, str]]:
    """Yield each field that can become a column of tests, with the edit that does it."""
    file = file_of(decision.id)
    known = {one.id for one in decision.definition.inputs}
    known |= {one.id for one in decision.definition.outputs}
    names = [*speech.form.fields, *(["stage"] if speech.form.stages else [])]
    for name in names:
        kind = speech.form.scope.names.get(name)
        if name in known or kind is None:
            continue
        label = speech.field(name)
        edits = [add((file, "inputs"), {"id": name, "label": label})]
        edits += [
            put((file, "rules", n, "when"), [*rule.when, ANY])
            for n, rule in enumerate(decision.definition.rules)
        ]
        yield label, together(*edits)


def _new_output(speech: Speech, decision: Decision) -> str:
    taken = {one.id for one in decision.definition.inputs}
    taken |= {one.id for one in decision.definition.outputs}
    number = next(n for n in range(2, len(taken) + 3) if f"result_{n}" not in taken)
    file = file_of(decision.id)
    value = {"id": f"result_{number}", "label": speech.say("结果 {n}", n=number)}
    edits = [add((file, "outputs"), value)]
    edits += [
        put((file, "rules", n, "then"), [*rule.then, "null"])
        for n, rule in enumerate(decision.definition.rules)
    ]
    return together(*edits)


def label_of(decision: Decision, locale: str) -> str:
    """Return what a table is called."""
    return words(decision.definition.label, locale)
