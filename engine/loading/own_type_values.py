"""Does a type of an app's own accept what it should, and refuse what it should?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from engine.definition.own_type import OwnTypeDef
from engine.definition.stage import ConditionDef
from engine.expressions import FeelErrors, Scope, Slot, compile_expression
from engine.expressions.env import Env
from engine.field import NotAcceptable, Storage
from engine.loading.complaints import shown
from engine.loading.expressions import Compiling
from engine.loading.links import repeated
from engine.loading.nouns import CHECK
from engine.loading.own_types import ITSELF, OwnType
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message, Said

_LINKED = (Storage.LINK, Storage.LINKS)
_THEN = Env(today=date(2026, 1, 1), now=datetime(2026, 1, 1, tzinfo=UTC))
"""Examples are looked at on one day, so that what loads today loads tomorrow."""


def value_problems(own: OwnType) -> Iterator[Problem]:
    """Yield what is wrong with the checks and the examples of a type."""
    definition, spot = own.definition, Spot(own.source)
    checks = [(one.id, spot / "checks" / at / "id") for at, one in enumerate(definition.checks)]
    yield from repeated(CHECK, checks)
    problems = list(_check_problems(definition, spot))
    yield from problems
    if problems or any(definition.like.mistakes()):
        return
    for at, example in enumerate(definition.examples):
        why = _objection(own, example)
        if why is not None:
            message = Message("例值“{value}”不被接受：{why}", value=shown(example), why=why)
            yield (spot / "examples" / at).problem("type.example", message)
    for at, bad in enumerate(definition.refused):
        if _objection(own, bad) is None:
            message = Message("“{value}”本应拒绝，却被接受了", value=shown(bad))
            yield (spot / "refused" / at).problem("type.refused", message)


def _check_problems(definition: OwnTypeDef, spot: Spot) -> Iterator[Problem]:
    if not definition.checks:
        return
    if definition.like.storage in _LINKED:
        message = Message("“{type}”类型的值是别处的记录，不能在这里检查", type=definition.like.type)
        yield (spot / "checks").key_problem("type.checks", message)
        return
    work = Compiling(_scope(definition))
    for at, one in enumerate(definition.checks):
        work.compile(one.that, spot / "checks" / at / "that", Slot.CHECK)
    yield from work.problems


def _scope(definition: OwnTypeDef) -> Scope:
    return Scope(names={ITSELF: definition.like.feel_type()})


def _objection(own: OwnType, example: Any) -> Message | None:
    """Return why a value is not accepted; it may be written as in files or as people type it."""
    definition = own.definition
    try:
        value = definition.like.read(example)
    except NotAcceptable as refused:
        if not isinstance(example, str):
            return refused.message
        try:
            value = definition.like.parse(example)
        except NotAcceptable as untypable:
            return untypable.message
    row = {ITSELF: value}
    objection = definition.like.objection(value, row, _THEN, None)
    if objection is not None:
        return objection
    broken = (one for one, _ in own.checks if value is not None and not _holds(own, one, row))
    return next((Message("{why}", why=Said(one.message)) for one in broken), None)


def _holds(own: OwnType, check: ConditionDef, row: Mapping[str, Any]) -> bool:
    try:
        return compile_expression(check.that, _scope(own.definition), Slot.CHECK).holds(row, _THEN)
    except FeelErrors:
        return True  # Said where the check stands.
