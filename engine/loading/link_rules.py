"""Do rules name what there is, and what do they become?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from msgspec import Struct

from engine.app import App, Connector, Form, Rule
from engine.definition.rule import RuleDef
from engine.expressions import NUMBER, Compiled, Slot
from engine.field import Storage
from engine.loading.build import Built, Part
from engine.loading.expressions import Compiling
from engine.loading.link_calls import after_answers, calls, found_by, scope_with_body
from engine.loading.link_generating import generating_problems
from engine.loading.link_rule_parts import action_problems, filled_form, trigger_problems, unfit
from engine.loading.links import filed, missing
from engine.loading.nouns import FORM, RULE, WORKFLOW
from engine.loading.outline import Outline, Outlines
from engine.loading.remembering import Memory
from engine.loading.scopes import Scopes
from engine.loading.source import Spot
from engine.problems import Problem
from engine.rules.action import Action
from engine.rules.actions.call_connector import CallConnector
from engine.rules.circles import circles
from engine.rules.triggers.threshold import Threshold
from engine.rules.triggers.webhook import CalledIn
from engine.wording import Message

MAX_RULES = 500
NONE: frozenset[tuple[str, ...]] = frozenset()
SYSTEM = ("owner", "department", "created_by", "updated_by")
"""System fields that refer to somebody or something."""


def rules_of(
    names: Outlines,
    scopes: Scopes,
    built: Built,
    memory: Memory,
    connectors: Mapping[str, Connector],
) -> tuple[dict[str, Rule], list[Problem]]:
    """Compile all rules of an app, and say what is wrong with them."""
    problems = list(_files(built))
    rules: dict[str, Rule] = {}
    for part in built.rule:
        find = partial(_rule, names, scopes, connectors, part)
        # What is asked of a connector may be wrong as soon as that is another one.
        asks = any(isinstance(action, CallConnector) for action in part.definition.do)
        rule, wrong = find() if asks else memory.found(part, "rule", find)
        problems += [*wrong, *_workflows(built, part.definition, part.spot)]
        form = names.of(part.definition.form)
        problems += generating_problems(built, form, part.definition, part.spot)
        if rule is not None:
            rules.setdefault(rule.id, rule)
    return rules, [*problems, *_circles(rules, built)]


def _circles(rules: Mapping[str, Rule], built: Built) -> Iterator[Problem]:
    spots = {part.definition.rule: part.spot for part in built.rule}
    outlined = {
        id_: (rule.form, rule.definition.on, rule.definition.do) for id_, rule in rules.items()
    }
    for circle in circles(outlined):
        if not any(rules[id_].definition.again for id_ in circle):
            message = Message(
                "规则会一圈圈地引起自己：{circle}；确实需要时，写上 again",
                circle=" → ".join((*circle, circle[0])),
            )
            yield (spots[circle[0]] / "on").problem("rule.circle", message)


def _files(built: Built) -> Iterator[Problem]:
    named = [(part.definition.rule, part.spot / "rule") for part in built.rule]
    yield from filed(RULE, "rules", named)
    if len(named) > MAX_RULES:
        message = Message("规则太多，一个应用最多 {limit} 条", limit=MAX_RULES)
        yield named[MAX_RULES][1].problem("limit.rules", message)


def _rule(
    names: Outlines, scopes: Scopes, connectors: Mapping[str, Connector], part: Part[RuleDef]
) -> tuple[Rule | None, list[Problem]]:
    definition, spot = part.definition, part.spot
    form = names.of(definition.form)
    if form is None:
        return None, list(missing(spot / "form", FORM, definition.form, names.forms, "form"))
    problems = [*trigger_problems(names, form, definition.on, spot / "on")]
    more = _shown(definition)
    for at, action in enumerate(definition.do):
        problems += unfit(definition.on, action, spot / "do" / at)
        problems += action_problems(names, form, action, spot / "do" / at, more)
    scope = scope_with_body(scopes.of_form(form), definition.on)
    work = Compiling(scope)
    condition = _condition(work, definition, spot)
    works = after_answers(work, connectors, definition.do)
    logic = dict(_in_a_row(work, names, scopes, definition, spot / "on" / "that"))
    logic |= dict(_logic(works, names, scopes, form, definition, spot))
    logic |= found_by(work, definition.on, form, scopes.forms[form.id], spot / "on")
    for at, action in enumerate(definition.do):
        if isinstance(action, CallConnector):
            types = scopes.forms[form.id]
            logic |= calls(works[at], connectors, action, (at, types), spot / "do" / at)
    rule = Rule(
        app=names.app.app,
        id=definition.rule,
        form=form.id,
        definition=definition,
        condition=condition,
        logic=logic,
        reads=frozenset(path for one in work.done for path in one.reads),
    )
    return rule, [*problems, *work.problems]


def _shown(definition: RuleDef) -> tuple[str, ...]:
    """Return what texts can show besides the fields."""
    if isinstance(definition.on, CalledIn):
        return tuple(definition.on.takes)
    return () if definition.on.of_a_record else ("value",)


def _workflows(built: Built, definition: RuleDef, spot: Spot) -> Iterator[Problem]:
    """Yield the problem that the form has no such approval."""
    known = [
        part.definition.workflow
        for part in built.workflow
        if part.definition.form == definition.form
    ]
    named: list[tuple[Struct, Spot]] = [(definition.on, spot / "on")]
    named += [(action, spot / "do" / at) for at, action in enumerate(definition.do)]
    for part, here in named:
        workflow = getattr(part, "workflow", None)
        yield from missing(here / "workflow", WORKFLOW, workflow, known, "workflow")


def _condition(work: Compiling, definition: RuleDef, spot: Spot) -> Compiled | None:
    if definition.only_if is None:
        return None
    slot = Slot.ALERT if definition.on.by_clock else Slot.RULE
    return work.compile(definition.only_if, spot / "if", slot)


def _logic(
    works: Sequence[Compiling],
    names: Outlines,
    scopes: Scopes,
    form: Outline,
    definition: RuleDef,
    spot: Spot,
) -> Iterator[tuple[str, Compiled]]:
    for at, action in enumerate(definition.do):
        here, work = spot / "do" / at, works[at]
        if action.only_if is not None:
            compiled = work.compile(action.only_if, here / "if", Slot.RULE)
            if compiled:
                yield f"{at}/if", compiled
        if not isinstance(action, CallConnector):
            yield from _values(work, filled_form(names, form, action), scopes, action, here, at)


def _in_a_row(
    work: Compiling, names: Outlines, scopes: Scopes, definition: RuleDef, spot: Spot
) -> Iterator[tuple[str, Compiled]]:
    other = names.of(getattr(definition.on, "of", None))
    that = getattr(definition.on, "that", None)
    if isinstance(definition.on, Threshold):
        compiled = work.compile(that, spot, Slot.ALERT) if that else None
        if compiled:
            yield "on/that", compiled
        return
    if other is None or that is None:
        return
    there = Compiling(scopes.of_form(other))
    compiled = there.compile(that, spot, Slot.RULE)
    work.problems += there.problems
    if compiled:
        yield "on/that", compiled


def _values(
    work: Compiling,
    target: Outline | None,
    scopes: Scopes,
    action: Action,
    spot: Spot,
    at: int,
) -> Iterator[tuple[str, Compiled]]:
    for name, text in getattr(action, "send", {}).items():
        compiled = work.compile(text, spot / "send" / name, Slot.VALUE)
        if compiled:
            yield f"{at}/{name}", compiled
    points = getattr(action, "points", None)
    if points is not None:
        compiled = work.fill(points, spot / "points", Slot.VALUE, NUMBER)
        if compiled:
            yield f"{at}/points", compiled
    wanted: Mapping[str, Any] = getattr(action, "set", {})
    types = scopes.forms[target.id] if target else {}
    for id_, text in wanted.items():
        if target is not None and id_ in target.fields:
            compiled = work.fill(text, spot / "set" / id_, Slot.VALUE, types[id_])
            if compiled:
                yield f"{at}/{id_}", compiled


def with_rules(app: App) -> App:
    """Return the app with its forms' records read so far as its rules look, and what its rules
    ask for as time passes."""
    read, watched = _read_by_rules(app), _watched_by_rules(app)
    for id_, paths in _read_by_documents(app).items():
        read[id_] = read.get(id_, NONE) | paths
    forms = {
        id_: replace(
            form,
            logic=replace(form.logic, reads=form.logic.reads | read.get(id_, NONE)),
            watched=tuple(sorted(watched.get(id_, ()))),
        )
        for id_, form in app.forms.items()
    }
    return replace(app, forms=forms)


def _read_by_documents(app: App) -> dict[str, frozenset[tuple[str, ...]]]:
    read: dict[str, frozenset[tuple[str, ...]]] = {}
    for document in app.documents.values():
        form = app.forms[document.form]
        crossing = (path for path in document.reads if len(path) > 1 and _leads(form, path))
        read[form.id] = read.get(form.id, NONE) | frozenset(crossing)
    return read


def _read_by_rules(app: App) -> dict[str, frozenset[tuple[str, ...]]]:
    read: dict[str, frozenset[tuple[str, ...]]] = {}
    for rule in app.rules.values():
        there = rule.logic.get("on/that")
        other = rule.definition.on.heard_at
        looked_at = [(rule.form, rule.reads), (other or "", there.reads if there else frozenset())]
        for name, paths in looked_at:
            form = app.forms.get(name)
            crossing = (path for path in paths if form and len(path) > 1 and _leads(form, path))
            read[name] = read.get(name, frozenset()) | frozenset(crossing)
    return read


def _watched_by_rules(app: App) -> dict[str, set[str]]:
    watched: dict[str, set[str]] = {}
    for rule in app.rules.values():
        if rule.definition.on.watched is not None:
            watched.setdefault(rule.form, set()).add(rule.definition.on.watched)
    return watched


def _leads(form: Form, path: tuple[str, ...]) -> bool:
    field = form.fields.get(path[0])
    return path[0] in SYSTEM if field is None else field.storage is Storage.LINK
