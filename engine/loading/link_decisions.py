"""Are decision tables whole: does each case have an answer, and only one where one is asked for?"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from engine.app import Decision
from engine.decisions import (
    Coverage,
    Mistake,
    Policy,
    Table,
    TableErrors,
    compile_table,
    coverage,
)
from engine.decisions.coverage import Case
from engine.definition.decision import DecisionDef
from engine.expressions import Scope
from engine.loading.build import Built, Part
from engine.loading.links import filed, missing, repeated
from engine.loading.nouns import DECISION, DECISION_INPUT, DECISION_OUTPUT, FORM
from engine.loading.outline import Outlines
from engine.loading.remembering import Memory
from engine.loading.scalar_places import place_in_text
from engine.loading.scopes import Scopes
from engine.loading.source import Spot
from engine.loading.written_tables import written
from engine.problems import Problem
from engine.wording import Message

ONE_ANSWER = (Policy.UNIQUE, Policy.ANY, Policy.FIRST, Policy.PRIORITY)
"""These have no answer where no rule fits."""
MOST_TOLD = 5
"""So many overlaps of one table are told at once."""


def decisions_of(
    names: Outlines, scopes: Scopes, built: Built, memory: Memory
) -> tuple[dict[str, Decision], list[Problem]]:
    """Compile all decision tables of an app, and say what is wrong with them."""
    problems = list(_files(built))
    decisions: dict[str, Decision] = {}
    for part in built.decision:
        form = names.of(part.definition.form)
        if form is None:
            known = names.forms
            problems += missing(part.spot / "form", FORM, part.definition.form, known, "form")
            continue
        find = partial(_sound_table, part, scopes.of_tables(form))
        table, wrong = memory.found(part, "table", find)
        problems += wrong
        if table is not None:
            made = _decision(names, form.id, part.definition, table)
            decisions.setdefault(made.id, made)
    return decisions, problems


def _sound_table(part: Part[DecisionDef], scope: Scope) -> tuple[Table | None, list[Problem]]:
    table, problems = _table(part, scope)
    covered = () if table is None else _coverage_problems(part, table)
    return table, [*_column_problems(part), *problems, *covered]


def _files(built: Built) -> Iterator[Problem]:
    named = [(part.definition.decision, part.spot / "decision") for part in built.decision]
    yield from filed(DECISION, "decisions", named)


def _column_problems(part: Part[DecisionDef]) -> Iterator[Problem]:
    for key, what in (("inputs", DECISION_INPUT), ("outputs", DECISION_OUTPUT)):
        columns = getattr(part.definition, key)
        spots = [part.spot / key / at / "id" for at in range(len(columns))]
        yield from repeated(
            what, [(one.id, spot) for one, spot in zip(columns, spots, strict=True)]
        )


def _table(part: Part[DecisionDef], scope: Scope) -> tuple[Table | None, list[Problem]]:
    try:
        return compile_table(written(part.definition), scope), []
    except TableErrors as wrong:
        return None, [_problem(part.definition, part.spot, one) for one in wrong.mistakes]


def _problem(definition: DecisionDef, table: Spot, mistake: Mistake) -> Problem:
    cell = mistake.cell
    if cell[0] == "inputs" and cell[-1] == "value":
        at = int(cell[1])
        cell = (*cell[:-1], "value" if definition.inputs[at].value else "id")
    spot = table
    for step in cell:
        spot = spot / step
    return Problem(
        place_in_text(spot, mistake.error.start), mistake.error.code, mistake.error.message
    )


def _decision(names: Outlines, form: str, definition: DecisionDef, table: Table) -> Decision:
    cells = [
        *(one.value for one in table.inputs),
        *(one.default for one in table.outputs),
        *(cell for rule in table.rules for cell in (*rule.tests, *rule.answers)),
    ]
    return Decision(
        app=names.app.app,
        id=definition.decision,
        form=form,
        definition=definition,
        table=table,
        reads=frozenset(path for cell in cells if cell for path in cell.reads),
    )


def _coverage_problems(part: Part[DecisionDef], table: Table) -> Iterator[Problem]:
    found = coverage(table)
    if found is None:
        return
    yield from _gap(part, table, found)
    yield from _unreached(part, table, found)
    yield from _overlaps(part, table, found)


def _gap(part: Part[DecisionDef], table: Table, found: Coverage) -> Iterator[Problem]:
    answered = any(one.default for one in table.outputs) or part.definition.partial
    if not found.gaps or answered or table.policy not in ONE_ANSWER:
        return
    message = Message(
        "有 {n} 种情况没有规则成立，例如 {case}；请补一条规则、写 default，或写 partial: true",
        n=len(found.gaps),
        case=_told(part.definition, found.gaps[0]),
    )
    yield (part.spot / "rules").key_problem("decision.gap", message)


def _unreached(part: Part[DecisionDef], table: Table, found: Coverage) -> Iterator[Problem]:
    for at in range(len(table.rules)):
        spot = part.spot / "rules" / at
        if at not in found.reached:
            yield spot.problem("decision.never", Message("这条规则在任何情况下都不成立"))
        elif table.policy is Policy.FIRST and at not in found.first:
            message = Message("这条规则永远轮不到，它前面的规则已包含它的全部情况")
            yield spot.problem("decision.shadowed", message)


def _overlaps(part: Part[DecisionDef], table: Table, found: Coverage) -> Iterator[Problem]:
    pairs = [pair for pair in sorted(found.overlaps) if _contradict(part.definition, table, pair)]
    for one, other in pairs[:MOST_TOLD]:
        message = Message(
            "这条规则和 {place} 的规则会同时成立，例如 {case}",
            place=str((part.spot / "rules" / one).at),
            case=_told(part.definition, found.overlaps[one, other]),
        )
        yield (part.spot / "rules" / other).problem("decision.overlap", message)


def _contradict(definition: DecisionDef, table: Table, pair: tuple[int, int]) -> bool:
    one, other = (definition.rules[at].then for at in pair)
    return table.policy is Policy.UNIQUE or one != other


def _told(definition: DecisionDef, case: Case) -> list[Message]:
    """Return a case as people read it: `amount = 5, kind = other`."""
    return [
        Message("{name} = {value}", name=one.id, value=part.shown)
        for one, part in zip(definition.inputs, case, strict=True)
    ]
