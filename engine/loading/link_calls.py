"""Do rules exchange with other programs what these take and give?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.app import Connector
from engine.definition.connector import OperationDef
from engine.definition.scenario import ScenarioDef
from engine.expressions import Compiled, Scope, Slot, Type, context_of
from engine.field import Storage
from engine.loading.build import Built
from engine.loading.expressions import Compiling
from engine.loading.links import all_missing_keys, missing
from engine.loading.nouns import CONNECTOR, FIELD, INPUT, OPERATION, RULE
from engine.loading.outline import Outline
from engine.loading.source import Spot
from engine.problems import Problem
from engine.rules.action import Action
from engine.rules.actions.call_connector import CallConnector
from engine.rules.trigger import Trigger
from engine.rules.triggers.webhook import CalledIn
from engine.typed.exchanged import FEEL_TYPES
from engine.wording import Message

BODY, ANSWER = "body", "answer"
FINDABLE = (Storage.TEXT, Storage.INTEGER, Storage.DECIMAL, Storage.DATE, Storage.LINK)
"""How fields are kept by which one record can be told from all others."""


def scenario_calls(built: Built, scenario: ScenarioDef, spot: Spot) -> Iterator[Problem]:
    """Yield what is wrong with what a scenario says of other programs."""
    connectors = {part.definition.connector: part.definition for part in built.connector}
    for at, one in enumerate(scenario.given.answers):
        here = spot / "given" / "answers" / at
        yield from missing(here / "connector", CONNECTOR, one.connector, connectors, "connector")
        if one.connector in connectors:
            known = [each.id for each in connectors[one.connector].operations]
            yield from missing(here / "operation", OPERATION, one.operation, known, "operation")
    rules = [part.definition for part in built.rule]
    told = [rule.rule for rule in rules if isinstance(rule.on, CalledIn)]
    for at, step in enumerate(scenario.steps):
        if step.tell is not None:
            here = spot / "steps" / at / "tell" / "rule"
            yield from missing(here, RULE, step.tell.rule, told, "rule")


def scope_with_body(scope: Scope, trigger: Trigger) -> Scope:
    """Return the scope of a rule: with what another program tells, if that sets it off."""
    if not isinstance(trigger, CalledIn):
        return scope
    body = context_of({name: FEEL_TYPES[kind] for name, kind in trigger.takes.items()})
    return replace(scope, names={**scope.names, BODY: body})


def after_answers(
    work: Compiling, connectors: Mapping[str, Connector], actions: Sequence[Action]
) -> list[Compiling]:
    """Return for each action of a rule where its expressions are compiled: after a question to
    another system they see `answer`, that of the last question before them."""
    found, here = [], work
    for action in actions:
        found.append(here)
        known = connectors.get(getattr(action, "connector", ""))
        operation = known.operation(getattr(action, "operation", "")) if known else None
        if operation is not None:
            here = Compiling(_with_answer(work.scope, operation), work.problems, work.done)
    return found


def _with_answer(scope: Scope, operation: OperationDef) -> Scope:
    answer = context_of({one.id: FEEL_TYPES[one.type] for one in operation.answers})
    return replace(scope, names={**scope.names, ANSWER: answer})


def found_by(
    work: Compiling, trigger: Trigger, form: Outline, types: Mapping[str, Type], spot: Spot
) -> dict[str, Compiled]:
    """Compile by what the record is found that another program tells of: `on/find/<field>`."""
    logic: dict[str, Compiled] = {}
    if not isinstance(trigger, CalledIn):
        return logic
    known = [id_ for id_, field in form.fields.items() if field.storage in FINDABLE]
    work.problems += all_missing_keys(spot / "find", FIELD, trigger.find, known, "field")
    only = Compiling(Scope(names={BODY: work.scope.names[BODY]}))
    for id_, text in trigger.find.items():
        if id_ in known:
            compiled = only.fill(text, spot / "find" / id_, Slot.VALUE, types[id_])
            if compiled:
                logic[f"on/find/{id_}"] = compiled
    work.problems += only.problems
    return logic


def calls(
    work: Compiling,
    connectors: Mapping[str, Connector],
    action: CallConnector,
    filled: tuple[int, Mapping[str, Type]],
    spot: Spot,
) -> dict[str, Compiled]:
    """Compile what is sent, as `<n>/send/<input>`, and what becomes of the answer, as
    `<n>/<field>`; `filled` is the number of the action and the types of the fields."""
    at, types = filled
    known = connectors.get(action.connector)
    operation = known.operation(action.operation) if known else None
    if known is None:
        wrong = missing(spot / "connector", CONNECTOR, action.connector, connectors, "connector")
        work.problems += wrong
    elif operation is None:
        there = [one.id for one in known.definition.operations]
        wrong = missing(spot / "operation", OPERATION, action.operation, there, "operation")
        work.problems += wrong
    if operation is None:
        return {}
    return {
        **_sent(work, operation, action, at, spot),
        **_set(work, operation, action, types, (at, spot)),
    }


def _sent(
    work: Compiling, operation: OperationDef, action: CallConnector, at: int, spot: Spot
) -> dict[str, Compiled]:
    asked = {one.id: one for one in operation.ask}
    work.problems += all_missing_keys(spot / "send", INPUT, action.send, asked, "input")
    for id_, one in asked.items():
        if one.required and id_ not in action.send:
            message = Message(
                "“{operation}”还需要“{input}”", operation=operation.label, input=one.label
            )
            place = spot / "send" if action.send else spot / "operation"
            work.problems.append(place.problem("rule.send", message))
    logic: dict[str, Compiled] = {}
    for id_, text in action.send.items():
        if id_ in asked:
            wanted = FEEL_TYPES[asked[id_].type]
            compiled = work.fill(text, spot / "send" / id_, Slot.VALUE, wanted)
            if compiled:
                logic[f"{at}/send/{id_}"] = compiled
    return logic


def _set(
    work: Compiling,
    operation: OperationDef,
    action: CallConnector,
    types: Mapping[str, Type],
    where: tuple[int, Spot],
) -> dict[str, Compiled]:
    """Whether the fields are there is asked with those of all actions."""
    at, spot = where
    there = Compiling(_with_answer(work.scope, operation), work.problems, work.done)
    logic: dict[str, Compiled] = {}
    for id_, text in action.set.items():
        if id_ in types:
            compiled = there.fill(text, spot / "set" / id_, Slot.VALUE, types[id_])
            if compiled:
                logic[f"{at}/{id_}"] = compiled
    return logic
