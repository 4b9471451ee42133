"""Runs the decision tables of the DMN TCK: `python -m tests.engine.decisions.tck_tables`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.decisions import (
    Policy,
    TableErrors,
    WrittenInput,
    WrittenOutput,
    WrittenRule,
    WrittenTable,
    compile_table,
    decide,
)
from engine.expressions import ANY, FeelErrors, Scope, Slot, compile_expression
from engine.expressions.values import Function
from tests.engine.expressions.tck import ENV, Outcome, conform, kit, read, same, static

TABLES = Path(__file__).resolve().parents[4] / "shared/reference/expressions/tck-tables.json"
_TEXT = re.compile(r'("(?:[^"\\]|\\.)*")')
Row = dict[str, Any]


def outcomes(path: Path = TABLES) -> Iterator[Outcome]:
    """Run every case of the kit."""
    cases = kit(path)
    for case in cases["cases"]:
        types = cases["suites"].get(case["suite"], {"types": []})["types"]
        yield run(case, {definition["name"]: definition for definition in types})


def run(case: Mapping[str, Any], types: Mapping[str, Any]) -> Outcome:
    """Run one case: its nodes in order, each seeing the ones before."""
    try:
        answer = _Graph(case, types).answer()
    except (FeelErrors, TableErrors) as errors:
        return Outcome(case, bool(case["error"]), str(errors), True)
    expected = _renamed_keys(read(case["expected"]))
    return Outcome(case, same(_renamed_keys(answer), expected), repr(answer), False)


class _Graph:
    """The nodes of a case; names with signs and spaces are replaced by plain ones."""

    def __init__(self, case: Mapping[str, Any], types: Mapping[str, Any]) -> None:
        self._case = case
        self._types = types
        self._spaced = sorted(_spaced_names(case), key=len, reverse=True)

    def answer(self) -> Any:
        inputs = self._case["inputs"]
        kinds = self._case["input_types"]
        row: Row = {plain(name): _renamed_keys(read(value)) for name, value in inputs.items()}
        names = {plain(name): static(kinds.get(name), self._types) for name in inputs}
        made: Any = None
        for node in self._case["nodes"]:
            made = self._value(node["expr"], row, names)
            made = conform(made, node["typeRef"], _renamed_types(self._types))
            row[plain(node["name"])] = made
            names = {**names, plain(node["name"]): ANY}
        return made

    def _value(self, said: Mapping[str, Any], row: Row, names: dict[str, Any]) -> Any:
        match said["kind"]:
            case "literal":
                text = self._text(said["text"])
                return compile_expression(text, Scope(names), Slot.OPEN).value(row, ENV)
            case "table":
                table = compile_table(self._table(said), Scope(names), imported=True)
                return decide(table, row, ENV).value
            case "context":
                return self._context(said, row, names)
            case "functionDefinition":
                return self._function(said, row, names)
            case "invocation":
                return self._invoked(said, row, names)
        raise ValueError(said["kind"])

    def _context(self, said: Mapping[str, Any], row: Row, names: dict[str, Any]) -> Any:
        inner, known, found = dict(row), dict(names), {}
        for entry in said["entries"]:
            name = plain(entry["name"])
            found[name] = inner[name] = self._value(entry["expr"], inner, known)
            known[name] = ANY
        result = said.get("result")
        return self._value(result, inner, known) if result else found

    def _function(self, said: Mapping[str, Any], row: Row, names: dict[str, Any]) -> Function:
        parameters = [plain(each["name"]) for each in said["params"]]
        within = _Graph(self._case, self._types)
        dotted = [each["name"] for each in said["params"] if "." in each["name"]]
        within._spaced = sorted({*self._spaced, *dotted}, key=len, reverse=True)

        def call(*arguments: Any) -> Any:
            inner = {**row, **dict(zip(parameters, arguments, strict=True))}
            return within._value(said["body"], inner, {**names, **dict.fromkeys(parameters, ANY)})

        return Function(tuple(parameters), call)

    def _invoked(self, said: Mapping[str, Any], row: Row, names: dict[str, Any]) -> Any:
        function = self._value(said["function"], row, names)
        given = {
            plain(binding["name"]): self._value(binding["expr"], row, names)
            for binding in said["bindings"]
        }
        return function.call(*(given.get(name) for name in function.parameters))

    def _table(self, said: Mapping[str, Any]) -> WrittenTable:
        policy = " ".join([said["hitPolicy"], said.get("aggregation") or ""]).strip().lower()
        outputs = said["outputs"]
        return WrittenTable(
            policy=Policy(policy),
            inputs=tuple(
                WrittenInput(self._text(one["expression"]), self._text(one["allowed"]))
                for one in said["inputs"]
            ),
            outputs=tuple(
                WrittenOutput(
                    plain(one["name"] or ""), self._text(one["values"]), self._text(one["default"])
                )
                for one in outputs
            ),
            rules=tuple(
                WrittenRule(
                    tuple(map(self._text, rule["when"])), tuple(map(self._text, rule["then"]))
                )
                for rule in said["rules"]
            ),
        )

    def _text(self, text: str | None) -> str:
        parts = _TEXT.split(text or "")
        for position in range(0, len(parts), 2):
            for name in self._spaced:
                parts[position] = parts[position].replace(name, plain(name))
        return "".join(parts)


def plain(name: str) -> str:
    """Return a name as our expressions can write it."""
    return re.sub(r"\W+", "_", name)


def _spaced_names(case: Mapping[str, Any]) -> set[str]:
    names: set[str] = set(case["inputs"])
    _gather(case["nodes"], names)
    _gather_keys(case["inputs"], names)
    return {name for name in names if plain(name) != name and "." not in name}


def _gather(said: Any, names: set[str]) -> None:
    if isinstance(said, Mapping):
        if isinstance(said.get("name"), str):
            names.add(said["name"])
        for part in said.values():
            _gather(part, names)
    elif isinstance(said, list):
        for part in said:
            _gather(part, names)


def _gather_keys(value: Any, names: set[str]) -> None:
    if isinstance(value, Mapping):
        if value.get("type") == "context":
            names.update(value["value"])
        for part in value.values():
            _gather_keys(part, names)


def _renamed_keys(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {plain(name): _renamed_keys(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return tuple(map(_renamed_keys, value))
    return value


def _renamed_types(types: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        name: {
            **one,
            "components": [
                {**part, "name": plain(part["name"])} for part in one.get("components", ())
            ],
        }
        if "components" in one
        else one
        for name, one in types.items()
    }


def main() -> None:
    """Print the rate and each miss."""
    found = list(outcomes())
    passed = sum(outcome.passed for outcome in found)
    sys.stdout.write(f"{passed}/{len(found)} = {passed / len(found):.2%}\n")
    for outcome in found:
        if not outcome.passed:
            sys.stdout.write(
                f"  {outcome.key}: {outcome.answer:.300}, not {outcome.case['expected']}\n"
            )


if __name__ == "__main__":
    main()
