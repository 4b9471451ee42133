"""Do pools and routing name what there is?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.app import Decision
from engine.definition.pool import PoolDef
from engine.expressions.tree import ListLit, Node, Str
from engine.loading.build import Built
from engine.loading.complaints import unknown
from engine.loading.links import all_missing, missing
from engine.loading.nouns import DECISION, FIELD, ROLE, STAGE
from engine.loading.outline import Outline, Outlines
from engine.loading.source import Spot
from engine.problems import Problem
from engine.rules.actions.release import Release
from engine.rules.actions.route import Route
from engine.wording import Message

ANSWERS = ("person", "role", "department")
"""The outputs of a decision table by which somebody can be given a record."""


def pool_problems(names: Outlines, form: Outline) -> Iterator[Problem]:
    """Yield what is wrong with a form's pool, and with who takes part in its routing."""
    pool, routing = form.definition.pool, form.definition.routing
    if pool is not None:
        yield from _pool(names, form, pool, form.spot / "pool")
    if routing is not None:
        spot = form.spot / "routing"
        yield from missing(spot / "role", ROLE, routing.role, names.roles, "role")
        yield from missing(spot / "stage", STAGE, routing.stage, form.stage_ids, "stage")
        if routing.decision is None and routing.role is None:
            message = Message("routing 要写 decision 或 role，说明可以分给谁")
            yield spot.problem("routing.nobody", message)
        if routing.otherwise == "pool" and pool is None:
            message = Message(
                "没有人可分时放进 pool，但表单没有写 pool；请补上，或写 otherwise: maker"
            )
            yield spot.problem("routing.pool", message)


def rule_problems(names: Outlines, built: Built) -> Iterator[Problem]:
    """Yield what is wrong with rules that put records into a pool, or route them."""
    for part in built.rule:
        form = names.of(part.definition.form)
        for at, action in enumerate(part.definition.do if form else ()):
            assert form is not None
            spot = part.spot / "do" / at / "type"
            if isinstance(action, Release) and form.definition.pool is None:
                message = Message("表单“{form}”没有写 pool，不能收回公海", form=form.id)
                yield spot.problem("rule.pool", message)
            if isinstance(action, Route) and form.definition.routing is None:
                message = Message("表单“{form}”没有写 routing，不能重新分派", form=form.id)
                yield spot.problem("rule.routing", message)


def decision_problems(
    names: Outlines, form: Outline, decisions: Mapping[str, Decision]
) -> Iterator[Problem]:
    """Yield what is wrong with the decision table by which a form's records are given away."""
    routing = form.definition.routing
    if routing is None or routing.decision is None:
        return
    spot = form.spot / "routing" / "decision"
    about = {id_: one for id_, one in decisions.items() if one.form == form.id}
    yield from missing(spot, DECISION, routing.decision, about, "decision")
    decision = about.get(routing.decision)
    if decision is None:
        return
    outputs = [one.id for one in decision.definition.outputs]
    if not set(outputs) & set(ANSWERS):
        message = Message(
            "决策表“{decision}”的结果列里要有 person、role 或 department", decision=decision.id
        )
        yield spot.problem("routing.answers", message)
    yield from _roles(names, decision, outputs, spot)


def _pool(names: Outlines, form: Outline, pool: PoolDef, spot: Spot) -> Iterator[Problem]:
    yield from all_missing(spot / "roles", ROLE, pool.roles, names.roles, "role")
    yield from all_missing(spot / "hide", FIELD, pool.hide, form.fields, "field")
    if form.definition.title in pool.hide:
        message = Message("标题字段不能隐藏，公海里要靠它认出记录")
        yield (spot / "hide").problem("pool.title", message)


def _roles(
    names: Outlines, decision: Decision, outputs: list[str], spot: Spot
) -> Iterator[Problem]:
    if "role" not in outputs:
        return
    at = outputs.index("role")
    said = {text for rule in decision.table.rules for text in _texts(rule.answers[at].tree)}
    for role in sorted(said - set(names.roles)):
        yield spot.problem("link.role", unknown(ROLE, role, names.roles))


def _texts(node: Node) -> Iterator[str]:
    if isinstance(node, Str):
        yield node.value
    elif isinstance(node, ListLit):
        for item in node.items:
            yield from _texts(item)
