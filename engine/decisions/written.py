"""How does a decision table, as somebody wrote it, become one that can decide?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeVar

from engine.decisions.table import Input, Output, Policy, Rule, Table
from engine.expressions import (
    Compiled,
    Env,
    FeelError,
    FeelErrors,
    Scope,
    Slot,
    Type,
    Value,
    compile_expression,
    compile_unary_tests,
)
from engine.wording import Message

Made = TypeVar("Made")
_ANY = "-"
_NO_NAMES = Scope({})
_NOBODY = Env(date.min, datetime(1, 1, 1, tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class WrittenInput:
    """An input as written: the expression that is tested, and the tests of what is expected."""

    value: str
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class WrittenOutput:
    """An output as written; `order` lists the answers, the most important first."""

    name: str = ""
    order: str = ""
    default: str = ""


@dataclass(frozen=True, slots=True)
class WrittenRule:
    """A line as written: a cell for each input, one for each output."""

    when: tuple[str, ...]
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTable:
    """A decision table as written."""

    policy: Policy = Policy.UNIQUE
    inputs: tuple[WrittenInput, ...]
    outputs: tuple[WrittenOutput, ...]
    rules: tuple[WrittenRule, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong in one cell; `cell` is a path such as ("rules", 2, "when", 0)."""

    cell: tuple[str | int, ...]
    error: FeelError


class TableErrors(Exception):
    """Every mistake that was found in a table, in the order of its cells."""

    def __init__(self, mistakes: list[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        super().__init__("; ".join(f"{one.cell}: {one.error}" for one in mistakes))


def compile_table(written: WrittenTable, scope: Scope, *, imported: bool = False) -> Table:
    """Return the table ready to decide; raise TableErrors with every mistake in it. In an
    imported table a mistake in types is none: it gives null, as the standard says."""
    tests, values = (Slot.OPEN, Slot.OPEN) if imported else (Slot.RULE, Slot.VALUE)
    return _Compiling(scope, tests, values).table(written)


class _Compiling:
    def __init__(self, scope: Scope, tests: Slot, values: Slot) -> None:
        self._scope = scope
        self._of_tests = tests
        self._of_values = values
        self._mistakes: list[Mistake] = []

    def table(self, written: WrittenTable) -> Table:
        inputs = [self._input(n, one) for n, one in enumerate(written.inputs)]
        outputs = tuple(self._output(n, one) for n, one in enumerate(written.outputs))
        kinds = [one.value.type for one in inputs if one]
        rules = [self._rule(n, one, kinds, written) for n, one in enumerate(written.rules)]
        if self._mistakes:
            raise TableErrors(self._mistakes)
        return Table(
            policy=written.policy,
            inputs=tuple(one for one in inputs if one),
            outputs=outputs,
            rules=tuple(one for one in rules if one),
        )

    def _input(self, position: int, written: WrittenInput) -> Input | None:
        value = self._value(written.value, ("inputs", position, "value"))
        if value is None:
            return None
        allowed = self._tests(written.allowed, value.type, ("inputs", position, "allowed"))
        return Input(value=value, allowed=allowed)

    def _output(self, position: int, written: WrittenOutput) -> Output:
        at = ("outputs", position)
        default = self._value(written.default, (*at, "default")) if written.default else None
        return Output(
            name=written.name,
            order=self._order(written.order, (*at, "order")),
            default=default,
        )

    def _order(self, text: str, cell: tuple[str | int, ...]) -> tuple[Value, ...]:
        if not text:
            return ()
        # The answers are constants: they see no record, and the slot does not matter.
        listed = self._guarded(cell, lambda: compile_expression(f"[{text}]", _NO_NAMES, Slot.VALUE))
        found = listed.value({}, _NOBODY) if listed else ()
        return tuple(found) if isinstance(found, list | tuple) else ()

    def _rule(
        self, position: int, written: WrittenRule, kinds: list[Type], table: WrittenTable
    ) -> Rule | None:
        if self._lacks_cells(position, written, table) or len(kinds) != len(table.inputs):
            return None
        at = ("rules", position)
        tests = tuple(
            self._tests(cell, kind, (*at, "when", n))
            for n, (cell, kind) in enumerate(zip(written.when, kinds, strict=True))
        )
        answers = [self._value(cell, (*at, "then", n)) for n, cell in enumerate(written.then)]
        return Rule(tests=tests, answers=tuple(one for one in answers if one))

    def _lacks_cells(self, position: int, written: WrittenRule, table: WrittenTable) -> bool:
        lacking = False
        for side, cells, columns in (
            ("when", written.when, table.inputs),
            ("then", written.then, table.outputs),
        ):
            if len(cells) != len(columns):
                message = Message(
                    "这一行应有 {wanted} 格，现在有 {found} 格",
                    wanted=len(columns),
                    found=len(cells),
                )
                error = FeelError("table.cells", message, (0, 0))
                self._mistakes.append(Mistake(("rules", position, side), error))
                lacking = True
        return lacking

    def _tests(self, text: str, kind: Type, cell: tuple[str | int, ...]) -> Compiled | None:
        if text.strip() in ("", _ANY):
            return None
        return self._guarded(
            cell, lambda: compile_unary_tests(text, kind, self._scope, self._of_tests)
        )

    def _value(self, text: str, cell: tuple[str | int, ...]) -> Compiled | None:
        return self._guarded(cell, lambda: compile_expression(text, self._scope, self._of_values))

    def _guarded(self, cell: tuple[str | int, ...], make: Callable[[], Made]) -> Made | None:
        try:
            return make()
        except FeelErrors as errors:
            self._mistakes.extend(Mistake(cell, error) for error in errors.errors)
            return None
