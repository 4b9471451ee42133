"""Which built-in functions work on contexts, and on values of any kind?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from engine.expressions.builtins.registry import builtin
from engine.expressions.operations import equal
from engine.expressions.values import Value, kind_of

Entries = Mapping[str, Value]


@builtin("get value(m: context, key: text) -> any")
def _get_value(context: Entries, key: str) -> Value:
    return context.get(key)


@builtin("get value(m: context, keys: texts) -> any")
def _get_deep(context: Entries, keys: Sequence[str]) -> Value:
    found: Value = context
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found if keys else None


@builtin("get entries(m: context) -> any list")
def _get_entries(context: Entries) -> Value:
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context(entries: list) -> any")
def _context(entries: Sequence[Value]) -> Value:
    made: dict[str, Value] = {}
    for entry in entries:
        if not isinstance(entry, Mapping) or "value" not in entry:
            return None
        key = entry.get("key")
        if not isinstance(key, str) or key in made:
            return None
        made[key] = entry["value"]
    return made


@builtin("context put(context: context, key: text, value: any) -> any")
def _put(context: Entries, key: str, value: Value) -> Value:
    return {**context, key: value}


@builtin("context put(context: context, keys: texts, value: any) -> any")
def _put_deep(context: Entries, keys: Sequence[str], value: Value) -> Value:
    if not keys or None in keys:
        return None
    if len(keys) == 1:
        return {**context, keys[0]: value}
    inner = context.get(keys[0])
    if not isinstance(inner, Mapping):
        return None
    deeper = _put_deep(inner, keys[1:], value)
    return None if deeper is None else {**context, keys[0]: deeper}


@builtin("context merge(contexts: list) -> any")
def _merge(contexts: Sequence[Value]) -> Value:
    merged: dict[str, Value] = {}
    for context in contexts:
        if not isinstance(context, Mapping):
            return None
        merged.update(context)
    return merged


@builtin("is(value1?: any, value2?: any) -> boolean")
def _is(*values: Value) -> bool:
    if len(values) != 2 or kind_of(values[0]) is not kind_of(values[1]):
        return False
    return _zone(values[0]) == _zone(values[1]) and equal(*values) is True


def _zone(value: Value) -> timedelta | str | None:
    if isinstance(value, date) and not isinstance(value, datetime):
        return None
    return str(value.tzinfo) if isinstance(value, datetime | time) else None
