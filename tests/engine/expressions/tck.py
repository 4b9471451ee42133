"""Runs the cases of the DMN TCK against the engine: `python -m tests.engine.expressions.tck`."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.expressions import (
    ANY,
    BOOLEAN,
    DATE,
    DAYS,
    LOCAL_DATETIME,
    MONTHS,
    NUMBER,
    TEXT,
    TIME,
    Compiled,
    Env,
    FeelErrors,
    Scope,
    Slot,
    Type,
    compile_expression,
)
from engine.expressions.literals import read_date, read_datetime, read_duration, read_time
from engine.expressions.operations import equal
from engine.expressions.values import kind_of

ROOT = Path(__file__).resolve().parents[3]
KIT = ROOT.parent / "shared" / "reference" / "expressions" / "tck-feel.json"
ENV = Env(date(2026, 1, 5), datetime(2026, 1, 5, 12, tzinfo=UTC))
_READERS: dict[str, Callable[[str], Any]] = {
    "number": Decimal,
    "date": read_date,
    "time": read_time,
    "date and time": read_datetime,
    "days and time duration": read_duration,
    "years and months duration": read_duration,
}
_TYPES = {
    "number": NUMBER, "string": TEXT, "boolean": BOOLEAN, "date": DATE, "time": TIME,
    "dayTimeDuration": DAYS, "yearMonthDuration": MONTHS,
}  # fmt: skip
_KINDS = {
    "number": "number", "string": "text", "boolean": "boolean", "date": "date", "time": "time",
    "dateTime": "date and time", "date and time": "date and time",
    "dayTimeDuration": "days and time duration", "days and time duration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "years and months duration": "years and months duration",
}  # fmt: skip


_FINE = re.compile(r":.*\.[0-9]{6}[0-9]*[1-9]|T.*\.[0-9]{6}[0-9]*[1-9]S")
"""A fraction of a second finer than Python's microseconds."""


class Unreadable:
    """An expected value that Python's dates can't hold; it equals nothing."""


@dataclass(frozen=True)
class Outcome:
    """What a case gave: passed or not, and how the engine answered."""

    case: Mapping[str, Any]
    passed: bool
    answer: str
    rejected_strictly: bool

    @property
    def key(self) -> str:
        """The case, unique in the kit."""
        return f"{self.case['suite']}/{self.case['file'].split('-test-')[-1]}/{self.case['id']}"


def kit(path: Path = KIT) -> Mapping[str, Any]:
    """Return the cases and the item definitions of their suites."""
    loaded: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


Answering = Callable[[Compiled, Mapping[str, Any]], Any]
"""What a target gives for an expression and a row; NotThere if it cannot run there."""


class NotThere(Exception):
    """The expression does not run on this target."""


def in_python(compiled: Compiled, row: Mapping[str, Any]) -> Any:
    """Return what Python gives."""
    return compiled.value(row, ENV)


def outcomes(
    cases: Mapping[str, Any], profiles: frozenset[str], answering: Answering = in_python
) -> Iterator[Outcome]:
    """Run every case of the profiles."""
    for case in cases["cases"]:
        if case["profile"] in profiles:
            types = cases["suites"].get(case["suite"], {"types": []})["types"]
            yield run(case, types, answering)


def run(
    case: Mapping[str, Any],
    definitions: list[Mapping[str, Any]],
    answering: Answering = in_python,
) -> Outcome:
    """Run one case: strictly as the author of an app would, then openly as the standard says."""
    types = {definition["name"]: definition for definition in definitions}
    chosen = {**case, **(case.get("renamed") or {})}
    try:
        strict = _rejected(chosen, types)
        if case["error"] and strict:
            return Outcome(case, True, strict, True)
        answer = _evaluated(chosen, types, answering)
    except FeelErrors as errors:
        return Outcome(case, bool(case["error"]), str(errors), True)
    except NotThere as reason:
        return Outcome(case, False, str(reason), bool(strict))
    passed = same(answer, read(chosen["expected"]))
    return Outcome(case, passed, repr(answer), bool(strict))


def _rejected(case: Mapping[str, Any], types: Mapping[str, Any]) -> str:
    if case["bindings"]:
        return ""
    names = {name: static(case["input_types"].get(name), types) for name in case["inputs"]}
    try:
        compile_expression(case["expression"], Scope(names), Slot.VALUE)
    except FeelErrors as errors:
        return str(errors)
    return ""


def _evaluated(case: Mapping[str, Any], types: Mapping[str, Any], answering: Answering) -> object:
    row = {name: read(value) for name, value in case["inputs"].items()}
    names = {name: static(case["input_types"].get(name), types) for name in row}
    for binding in case["bindings"]:
        made = compile_expression(binding["feel"], Scope(names), Slot.OPEN)
        row[binding["name"]] = conform(answering(made, row), binding["typeRef"], types)
        names = {**names, binding["name"]: ANY}
    made = compile_expression(case["expression"], Scope(names), Slot.OPEN)
    return conform(answering(made, row), case["result_type"], types)


def static(name: str | None, types: Mapping[str, Any]) -> Type:
    """Return the static type of an input; what is not simple can be anything."""
    if (
        name is not None
        and name in types
        and "base" in types[name]
        and not types[name].get("collection")
    ):
        return static(types[name]["base"], types)
    if name in ("dateTime", "date and time"):
        return LOCAL_DATETIME
    return _TYPES.get(name or "", ANY)


def read(value: Any) -> Any:
    """Return a value of the kit as the engine has it."""
    if isinstance(value, list):
        return tuple(map(read, value))
    if not isinstance(value, dict):
        return value
    if value["type"] == "context":
        return {name: read(entry) for name, entry in value["value"].items()}
    if _FINE.search(value["value"]):
        return Unreadable()
    reader: Callable[[str], Any] = _READERS[value["type"]]
    found = reader(value["value"])
    return Unreadable() if found is None else found


def conform(value: Any, name: str | None, types: Mapping[str, Any]) -> Any:
    """Return a result as its declared type wants it; what does not conform becomes null."""
    if value is None or name is None or name == "Any":
        return value
    definition = types.get(name)
    if definition is None:
        return _conform_simple(value, name)
    if "function" in definition:
        return value
    if definition.get("collection"):
        items = value if isinstance(value, list | tuple) else (value,)
        found = [_conform_item(item, definition, types) for item in items]
        return (
            None
            if any(a is None and b is not None for a, b in zip(found, items, strict=True))
            else found
        )
    if isinstance(value, list | tuple) and len(value) == 1:
        value = value[0]
    return _conform_item(value, definition, types)


def _conform_item(value: Any, definition: Mapping[str, Any], types: Mapping[str, Any]) -> Any:
    if "components" not in definition:
        return conform(value, definition.get("base"), types)
    if not isinstance(value, Mapping):
        return None
    for component in definition["components"]:
        if component["name"] not in value:
            return None
        entry = value[component["name"]]
        kept = _conform_item(entry, component, types)
        if kept is None and entry is not None:
            return None
    return value


def _conform_simple(value: Any, name: str) -> Any:
    kind = _KINDS.get(name)
    if kind is None:
        return value
    if isinstance(value, list | tuple) and len(value) == 1:
        value = value[0]
    if kind == "date and time" and str(kind_of(value)) == "date":
        return datetime.combine(value, time(), UTC)
    return value if str(kind_of(value)) == kind else None


def same(answer: Any, expected: Any) -> bool:
    """Tell whether an answer is the expected one, numbers within 1e-8 as the kit says."""
    if isinstance(expected, Unreadable):
        return False
    if isinstance(expected, Decimal):
        numeric = isinstance(answer, int | Decimal) and not isinstance(answer, bool)
        return numeric and abs(answer - expected) <= abs(expected) * Decimal("1e-8")
    if isinstance(expected, tuple):
        return (
            isinstance(answer, list | tuple)
            and len(answer) == len(expected)
            and all(map(same, answer, expected))
        )
    if isinstance(expected, dict):
        return (
            isinstance(answer, Mapping)
            and answer.keys() == expected.keys()
            and all(same(answer[key], entry) for key, entry in expected.items())
        )
    return equal(answer, expected) is True


def main(path: Path = KIT) -> None:
    """Print the rate of every profile and each miss."""
    cases, write = kit(path), sys.stdout.write
    for profile in ("core", "host", "later", "out"):
        found = list(outcomes(cases, frozenset({profile})))
        passed = sum(outcome.passed for outcome in found)
        strict = sum(o.passed and o.rejected_strictly and not o.case["error"] for o in found)
        write(f"{profile}: {passed}/{len(found)} = {passed / len(found):.2%}; ")
        write(f"refused by the strict check: {strict}\n")
        for outcome in found:
            if not outcome.passed:
                text = " ".join(outcome.case["expression"].split())
                write(f"  {outcome.key} | {text:.150} | {outcome.answer:.150}\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
