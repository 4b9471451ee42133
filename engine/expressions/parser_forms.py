"""How are quantifiers, loops, functions and names of types read?"""

from __future__ import annotations

from typing import Protocol

from engine.expressions.lexer import Sort
from engine.expressions.reading import Reading
from engine.expressions.tree import For, Lambda, Node, Quant, RangeLit, TypeName
from engine.wording import Message


class Parsing(Protocol):
    """The parser, as far as these forms need it."""

    reading: Reading

    def expression(self, binding: int = 0) -> Node:
        """Parse an expression."""

    def signed_range(self, start: int) -> Node:
        """Parse a comparison sign and its operand."""

    def range_after(self, low: Node, opening: str, start: int) -> Node:
        """Parse the rest of a range."""


def quantified(parser: Parsing) -> Node:
    """Parse `some x in a, y in b satisfies c`; several variables nest."""
    reading = parser.reading
    first = reading.take()
    bindings = _bindings(parser)
    reading.expect_word("satisfies")
    body = parser.expression()
    for var, source in reversed(bindings):
        body = Quant(first.text, var, source, body, span=reading.spanned(first.span[0]))
    return body


def iteration(parser: Parsing) -> Node:
    """Parse `for x in a, y in 1..n return b`."""
    reading = parser.reading
    start = reading.take().span[0]
    bindings = _bindings(parser)
    reading.expect_word("return")
    body = parser.expression()
    return For(tuple(bindings), body, span=reading.spanned(start))


def _bindings(parser: Parsing) -> list[tuple[str, Node]]:
    bindings = [_binding(parser)]
    while parser.reading.skip_sign(","):
        bindings.append(_binding(parser))
    return bindings


def _binding(parser: Parsing) -> tuple[str, Node]:
    reading = parser.reading
    name = reading.expect_name()
    reading.expect_word("in")
    source = parser.expression()
    if reading.skip_sign(".."):
        high = parser.expression()
        source = RangeLit(source, high, True, True, span=reading.spanned(source.span[0]))
    return name, source


def function(parser: Parsing) -> Node:
    """Parse `function(a, b: number) body`."""
    reading = parser.reading
    start = reading.take().span[0]
    reading.expect_sign("(")
    parameters: list[tuple[str, str]] = []
    while not reading.at_sign(")"):
        name = reading.expect_name()
        kind = type_name(reading).name if reading.skip_sign(":") else ""
        parameters.append((name, kind))
        if not reading.skip_sign(","):
            break
    reading.expect_sign(")")
    body = parser.expression()
    return Lambda(tuple(parameters), body, span=reading.spanned(start))


def type_name(reading: Reading) -> TypeName:
    """Parse the name of a type with its arguments."""
    reading.deeper()
    name = _type_words(reading)
    arguments: list[tuple[str, TypeName]] = []
    if reading.skip_sign("<"):
        while not reading.at_sign(">"):
            arguments.append(_type_argument(reading))
            if not reading.skip_sign(","):
                break
        reading.expect_sign(">")
    result = type_name(reading) if reading.skip_sign("->") else None
    reading.shallower()
    return TypeName(name, tuple(arguments), result)


def _type_argument(reading: Reading) -> tuple[str, TypeName]:
    name = ""
    if reading.ahead().text == ":":
        name = reading.take().text
        reading.take()
    return name, type_name(reading)


def _type_words(reading: Reading) -> str:
    for words in ("date and time", "days and time duration", "years and months duration"):
        parts = words.split()
        if [reading.ahead(step).text for step in range(len(parts))] == parts:
            for _ in parts:
                reading.take()
            return words
    if reading.token.sort is not Sort.NAME:
        reading.fail(Message("一个类型"))
    return reading.take().text
