"""What does the page of a decision table show, and what comes of trying it?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

from engine.app import App, Decision, Form
from engine.decisions import Decided, Policy, answer_for
from engine.definition.decision import Cell, DecisionDef
from engine.expressions import Env, Kind, Type, Value
from engine.wording import Message, words

POLICIES: Mapping[str, Message] = {
    "unique": Message("只允许一条规则成立"),
    "any": Message("可多条成立，但结果必须相同"),
    "first": Message("从上到下，第一条成立的为准"),
    "priority": Message("结果最重要的一条为准"),
    "rule order": Message("列出所有成立的结果，按规则顺序"),
    "output order": Message("列出所有成立的结果，按重要程度"),
    "collect": Message("列出所有成立的结果"),
    "collect sum": Message("成立的结果相加"),
    "collect min": Message("取成立结果中最小的"),
    "collect max": Message("取成立结果中最大的"),
    "collect count": Message("统计成立的不同结果数"),
}
_QUOTED = re.compile(r'"([a-z][a-z0-9_]*)"')


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One input of the calculator."""

    id: str
    label: str
    kind: str
    """Of options, truth, number, date, moment, text."""
    options: tuple[tuple[str, str], ...] = ()
    text: str = ""
    wrong: bool = False


def inputs_of(
    decision: Decision, form: Form, given: Mapping[str, str], locale: str, zone: tzinfo
) -> list[Asked]:
    """Return the inputs with what was typed into them."""
    found = []
    for one, column in zip(decision.definition.inputs, decision.table.inputs, strict=True):
        text = given.get(one.id, "").strip()
        kind = column.value.type
        found.append(
            Asked(
                id=one.id,
                label=words(one.label, locale),
                kind=_kind(kind),
                options=_options(form, one.value or one.id, kind, locale),
                text=text,
                wrong=bool(text) and _read(text, kind, zone) is None,
            )
        )
    return found


def tried(decision: Decision, given: Mapping[str, str], env: Env, zone: tzinfo) -> Decided:
    """Return what the table says about what was typed; nothing typed is null."""
    columns = zip(decision.definition.inputs, decision.table.inputs, strict=True)
    values = [
        _read(given.get(one.id, "").strip(), column.value.type, zone) for one, column in columns
    ]
    return answer_for(decision.table, values, {}, env)


def used_of(decision: Decision, decided: Decided | None) -> tuple[int, ...]:
    """Return the rules from which the answer comes, counted from 0."""
    if decided is None:
        return ()
    return decided.rules[:1] if decision.table.policy is Policy.FIRST else decided.rules


def cells_told(decision: Decision, form: Form, locale: str) -> list[list[str]]:
    """Return the cells of every rule, with the words of options instead of their ids."""
    columns = [
        dict(_options(form, one.value or one.id, column.value.type, locale))
        for one, column in zip(decision.definition.inputs, decision.table.inputs, strict=True)
    ]
    columns += [{} for _ in decision.definition.outputs]
    return [
        [
            _told(cell, labels)
            for cell, labels in zip((*rule.when, *rule.then), columns, strict=True)
        ]
        for rule in decision.definition.rules
    ]


def value_text(value: Value) -> str:
    """Return an answer as people read it."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(value_text, value)) + "]"
    return "null" if value is None else str(value)


def answers_of(decision: Decision, decided: Decided, locale: str) -> list[tuple[str, str]]:
    """Return the answer by output; a list of answers stands under the first."""
    outputs = decision.definition.outputs
    value: Any = decided.value
    if isinstance(value, Mapping):
        return [(words(one.label, locale), value_text(value.get(one.id))) for one in outputs]
    return [(words(outputs[0].label, locale), value_text(value))]


def heads_of(definition: DecisionDef, locale: str) -> list[str]:
    """Return what stands above the columns."""
    inputs = [words(one.label, locale) for one in definition.inputs]
    return [*inputs, *(words(one.label, locale) for one in definition.outputs)]


def form_of(app: App, decision: Decision) -> Form:
    """Return the form that a table is about."""
    return app.forms[decision.form]


def _told(cell: Cell, labels: Mapping[str, str]) -> str:
    text = str(cell).lower() if isinstance(cell, bool) else str(cell)
    return _QUOTED.sub(lambda found: labels.get(found[1], found[0]), text)


def _kind(kind: Type) -> str:
    if kind.options:
        return "options"
    named = {Kind.BOOLEAN: "truth", Kind.NUMBER: "number", Kind.DATE: "date"}
    return named.get(kind.kind, "moment" if kind.kind is Kind.DATETIME else "text")


def _options(form: Form, name: str, kind: Type, locale: str) -> tuple[tuple[str, str], ...]:
    if name == "stage":
        return tuple((id_, words(one.label, locale)) for id_, one in form.stages.items())
    listed = getattr(form.fields.get(name), "options", ())
    labels = {one.id: words(one.label, locale) for one in listed}
    return tuple((id_, labels.get(id_, id_)) for id_ in kind.options or ())


def _read(text: str, kind: Type, zone: tzinfo) -> Value:
    if not text:
        return None
    try:
        match kind.kind:
            case Kind.BOOLEAN:
                return {"true": True, "false": False}.get(text)
            case Kind.NUMBER:
                number = Decimal(text)
                return number if number.is_finite() else None
            case Kind.DATE:
                return date.fromisoformat(text)
            case Kind.DATETIME:
                moment = datetime.fromisoformat(text)
                return moment if moment.tzinfo else moment.replace(tzinfo=zone)
            case _:
                return text
    except (ValueError, InvalidOperation):
        return None
