"""Which built-in functions are there, and which arguments does each take?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from engine.expressions.feel_types import Kind
from engine.expressions.scope import HOSTS, Target
from engine.expressions.values import Value, kind_of

Registered = TypeVar("Registered", bound=Callable[..., Any])
_DURATIONS = {Kind.DAYS, Kind.MONTHS}
_WORDS: Mapping[str, frozenset[Kind]] = {
    "any": frozenset(Kind),
    "number": frozenset({Kind.NUMBER}),
    "text": frozenset({Kind.TEXT}),
    "boolean": frozenset({Kind.BOOLEAN}),
    "date": frozenset({Kind.DATE}),
    "time": frozenset({Kind.TIME}),
    "datetime": frozenset({Kind.DATETIME}),
    "days": frozenset({Kind.DAYS}),
    "months": frozenset({Kind.MONTHS}),
    "list": frozenset({Kind.LIST}),
    "context": frozenset({Kind.CONTEXT}),
    "range": frozenset({Kind.RANGE}),
    "function": frozenset({Kind.FUNCTION}),
    "null": frozenset({Kind.NULL}),
    "duration": frozenset(_DURATIONS),
    "size": frozenset({Kind.NUMBER, *_DURATIONS}),
    "point": frozenset({Kind.NUMBER, Kind.TEXT, Kind.DATE, Kind.TIME, Kind.DATETIME, *_DURATIONS}),
}
_ITEMS = {
    "numbers": "number",
    "texts": "text",
    "booleans": "boolean",
    "points": "point",
    "durations": "duration",
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """What one argument may be; `items` restricts what a list holds, nulls aside."""

    name: str
    kinds: frozenset[Kind]
    items: frozenset[Kind] | None = None
    optional: bool = False
    variadic: bool = False
    nulls: bool = False


@dataclass(frozen=True, slots=True)
class Overload:
    """One way to call a function; `result` is a word that the checker turns into a type."""

    parameters: tuple[Parameter, ...]
    result: str
    call: Callable[..., Any]
    targets: frozenset[Target]
    fast: Callable[..., Any] | None = None
    """Used where every argument is known to have the right type; takes nulls itself."""

    @property
    def least(self) -> int:
        """How many arguments it needs."""
        return sum(not (one.optional or one.variadic) for one in self.parameters)

    @property
    def most(self) -> int:
        """How many arguments it takes."""
        return 10_000 if self.parameters and self.parameters[-1].variadic else len(self.parameters)

    def parameter(self, position: int) -> Parameter:
        """Return the parameter for an argument's position."""
        return self.parameters[min(position, len(self.parameters) - 1)]


@dataclass(slots=True)
class Builtin:
    """A built-in function with its overloads."""

    name: str
    overloads: list[Overload] = field(default_factory=list)


BUILTINS: dict[str, Builtin] = {}


def builtin(
    signature: str,
    targets: frozenset[Target] = HOSTS,
    fast: Callable[..., Any] | None = None,
) -> Callable[[Registered], Registered]:
    """Register a function under a signature such as `floor(n: number, scale?: number) -> number`.

    The function is called with values of the right kinds only: anything else gives null before.
    """
    name, rest = signature.split("(", 1)
    inside, result = rest.rsplit(")", 1)
    parameters = tuple(map(_parameter, filter(None, map(str.strip, inside.split(",")))))

    def register(call: Registered) -> Registered:
        entry = BUILTINS.setdefault(name, Builtin(name))
        word = result.removeprefix(" -> ").strip()
        entry.overloads.append(Overload(parameters, word, call, targets, fast))
        return call

    return register


def _parameter(text: str) -> Parameter:
    name, word = (part.strip() for part in text.split(":"))
    variadic, optional = name.startswith("*"), name.endswith("?")
    words = word.split("|")
    kinds = frozenset[Kind]().union(*(_WORDS.get(one, _WORDS["list"]) for one in words))
    items = next((_WORDS[_ITEMS[one]] for one in words if one in _ITEMS), None)
    nulls = word == "any" or "null" in words
    return Parameter(name.strip("*?"), kinds, items, optional, variadic, nulls)


def guarded(overload: Overload) -> Callable[..., Value]:
    """Return the function with a check of its arguments: those it does not take give null."""
    checks = overload.parameters
    last = len(checks) - 1
    call = overload.call

    def checked(*arguments: Value) -> Value:
        fitted = []
        for position, argument in enumerate(arguments):
            fits, value = _fitted(checks[min(position, last)], argument)
            if not fits:
                return None
            fitted.append(value)
        try:
            result: Value = call(*fitted)
        except ArithmeticError:
            return None
        return result

    return checked


def _fitted(parameter: Parameter, argument: Value) -> tuple[bool, Value]:
    kind = kind_of(argument)
    if kind is Kind.NULL:
        return parameter.nulls, None
    if kind not in parameter.kinds:
        kind, argument = _singleton(parameter, kind, argument)
    if kind not in parameter.kinds:
        return False, None
    if parameter.items is not None and kind is Kind.LIST:
        assert isinstance(argument, Sequence)
        return _items_fit(parameter.items, argument), argument
    return True, argument


def _items_fit(kinds: frozenset[Kind], items: Sequence[Value]) -> bool:
    return all((kind := kind_of(item)) in kinds or kind is Kind.NULL for item in items)


def _singleton(parameter: Parameter, kind: Kind, argument: Value) -> tuple[Kind, Value]:
    # The standard's implicit conversion between a value and a list of only that value.
    if kind is Kind.LIST and isinstance(argument, Sequence) and len(argument) == 1:
        return kind_of(argument[0]), argument[0]
    if Kind.LIST in parameter.kinds:
        return Kind.LIST, (argument,)
    return kind, argument
