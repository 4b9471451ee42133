"""Which answer does a decision table give for a row, and which of its rules gave it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.decisions.policies import POLICIES, Found, shaped
from engine.decisions.table import Rule, Table
from engine.expressions import Env, Value
from engine.wording import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """The answer of a table; null with a complaint where the table has none or contradicts."""

    value: Value
    rules: tuple[int, ...] = ()
    """The rules that matched, counted from 0, in the order of the table."""
    complaint: Message | None = None


def decide(table: Table, row: Mapping[str, Any], env: Env) -> Decided:
    """Return what the table says about a row."""
    return answer_for(table, [one.value.value(row, env) for one in table.inputs], row, env)


def answer_for(table: Table, tested: Sequence[Value], row: Mapping[str, Any], env: Env) -> Decided:
    """Return what the table says about values of its inputs, whatever the row gives for them."""
    for one, value in zip(table.inputs, tested, strict=True):
        unexpected = value is not None and one.allowed is not None
        if unexpected and not one.allowed.holds({**row, "?": value}, env):  # type: ignore[union-attr]  # asked above
            message = Message("“{input}”的值不在决策表允许的范围内", input=one.value.text)
            return Decided(value=None, complaint=message)
    hits = tuple(n for n, rule in enumerate(table.rules) if _matches(rule, tested, row, env))
    if not hits:
        return _without_rule(table, row, env)
    answers = [_answer(table, table.rules[n], row, env) for n in hits]
    found = POLICIES[table.policy](Found(table, answers))
    return Decided(value=found.value, rules=hits, complaint=found.complaint)


def _matches(rule: Rule, tested: Sequence[Value], row: Mapping[str, Any], env: Env) -> bool:
    return all(
        test is None or test.holds({**row, "?": value}, env)
        for test, value in zip(rule.tests, tested, strict=True)
    )


def _answer(table: Table, rule: Rule, row: Mapping[str, Any], env: Env) -> tuple[Value, ...]:
    return tuple(answer.value(row, env) for answer in rule.answers)


def _without_rule(table: Table, row: Mapping[str, Any], env: Env) -> Decided:
    if any(output.default for output in table.outputs):
        values = [one.default.value(row, env) if one.default else None for one in table.outputs]
        return Decided(value=shaped(table, tuple(values)))
    found = POLICIES[table.policy](Found(table, []))
    return Decided(value=found.value, complaint=found.complaint)
