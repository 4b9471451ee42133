"""Which tree does the text of an expression stand for?"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from msgspec.structs import replace

from engine.expressions.errors import FeelError, Span
from engine.expressions.lexer import Sort
from engine.expressions.names import KEYWORDS, SPACED_PROPERTIES
from engine.expressions.parser_end import refuse_deep, require_end
from engine.expressions.parser_forms import function, iteration, quantified, type_name
from engine.expressions.parser_tests import in_tests, unary_tests
from engine.expressions.reading import Reading
from engine.expressions.tree import (
    And,
    Apply,
    Arith,
    AtLiteral,
    Between,
    Bool,
    Call,
    Cmp,
    ContextLit,
    Filter,
    If,
    In,
    InstanceOf,
    ListLit,
    Name,
    Neg,
    Node,
    Not,
    Null,
    Num,
    Or,
    Path,
    RangeLit,
    Str,
    UnaryTests,
)
from engine.expressions.values import EXACT
from engine.wording import Message

_OR, _AND, _COMPARE, _ADD, _MULTIPLY, _POWER = range(1, 7)
_BINDING = {
    "or": _OR, "and": _AND, "=": _COMPARE, "!=": _COMPARE, "<": _COMPARE, "<=": _COMPARE,
    ">": _COMPARE, ">=": _COMPARE, "between": _COMPARE, "in": _COMPARE, "instance": _COMPARE,
    "+": _ADD, "-": _ADD, "*": _MULTIPLY, "/": _MULTIPLY, "**": _POWER,
}  # fmt: skip
_OPERATORS = (Sort.SIGN, Sort.NAME)
_BEHIND = frozenset([".", "[", "("])
_STARTS = frozenset(["(", "[", "]", "{", "-", ".", "?", "<", "<=", ">", ">=", "=", "!="])


def parse(text: str) -> Node:
    """Return the tree of an expression; raise FeelError at the first place that can't be read."""
    parser = Parser(text)
    node = parser.expression()
    require_end(parser.reading)
    refuse_deep(node, parser.reading.nodes)
    return node


def parse_unary_tests(text: str) -> UnaryTests:
    """Return the tests of a decision table's cell; `-` has none and lets everything pass."""
    parser = Parser(text)
    tests = unary_tests(parser)
    require_end(parser.reading)
    for test in tests.tests:
        refuse_deep(test, parser.reading.nodes)
    return tests


class Parser:
    """A Pratt parser over the tokens of one expression."""

    def __init__(self, text: str) -> None:
        self.reading = Reading(text)
        self._brackets: set[Span] = set()

    def expression(self, binding: int = 0) -> Node:
        """Parse an expression whose operators bind tighter than the given strength."""
        self.reading.deeper()
        left = self.prefix()
        while (strength := self._strength()) > binding:
            left = self._infix(left, strength)
        self.reading.shallower()
        return left

    def _strength(self) -> int:
        token = self.reading.token
        return _BINDING.get(token.text, 0) if token.sort in _OPERATORS else 0

    def _infix(self, left: Node, strength: int) -> Node:
        reading, start = self.reading, left.span[0]
        operator = reading.take().text
        match operator:
            case "or" | "and":
                right = self.expression(strength)
                return self._joined(operator, left, right)
            case "between":
                low = self.expression(_COMPARE)
                reading.expect_word("and")
                high = self.expression(_COMPARE)
                return Between(left, low, high, span=reading.spanned(start))
            case "in":
                tests = in_tests(self)
                return In(left, tests, span=reading.spanned(start))
            case "instance":
                reading.expect_word("of")
                name = type_name(reading)
                return InstanceOf(left, name, span=reading.spanned(start))
        right = self.expression(strength)
        kind = Cmp if strength == _COMPARE else Arith
        return kind(operator, left, right, span=reading.spanned(start))

    def _joined(self, operator: str, left: Node, right: Node) -> Node:
        kind: type[And] | type[Or] = And if operator == "and" else Or
        # A chain is one node, so that a long list of conditions does not nest.
        bracketed = left.span in self._brackets
        inside = left.items if isinstance(left, kind) and not bracketed else (left,)
        return kind((*inside, right), span=self.reading.spanned(left.span[0]))

    def prefix(self) -> Node:
        """Parse a value with what stands before and directly behind it."""
        reading = self.reading
        if reading.at_sign("-"):
            reading.deeper()
            start = reading.take().span[0]
            operand = self.prefix()
            reading.shallower()
            return Neg(operand, span=reading.spanned(start))
        return self._postfix(self._atom())

    def _postfix(self, node: Node) -> Node:
        while self.reading.token.text in _BEHIND:
            if self.reading.at_sign("."):
                node = self._path(node)
            elif self.reading.at_sign("[") and self._opens_filter(node):
                node = self._filter(node)
            elif self.reading.at_sign("("):
                node = self._call(node)
            else:
                break
        return node

    def _opens_filter(self, node: Node) -> bool:
        # In `[1..10[` the bracket closes a range: nothing that can start an expression follows.
        after = self.reading.ahead()
        if after.sort is Sort.END or (after.sort is Sort.SIGN and after.text not in _STARTS):
            return False
        if after.sort is Sort.NAME and after.text in KEYWORDS:
            return after.text in {"true", "false", "null", "if", "some", "every", "for", "function"}
        if after.text == ".":
            return self.reading.ahead(2).sort is Sort.NUMBER
        return not (after.text in ("=", "]", "-") and isinstance(node, Num))

    def _path(self, base: Node) -> Node:
        reading = self.reading
        reading.take()
        token = reading.token
        if token.sort not in (Sort.NAME, Sort.QUOTED):
            reading.fail(Message("一个名称"))
        name = reading.take().text
        second = SPACED_PROPERTIES.get(name)
        if second is not None and reading.at_word(second):
            name = f"{name} {reading.take().text}"
        return Path(base, name, span=reading.spanned(base.span[0]))

    def _filter(self, base: Node) -> Node:
        reading = self.reading
        reading.take()
        predicate = self.expression()
        reading.expect_sign("]")
        return Filter(base, predicate, span=reading.spanned(base.span[0]))

    def _call(self, function: Node) -> Node:
        arguments, names = self._arguments()
        span = self.reading.spanned(function.span[0])
        if isinstance(function, Name):
            return Call(function.id, arguments, names, span=span)
        return Apply(function, arguments, names, span=span)

    def _arguments(self) -> tuple[tuple[Node, ...], tuple[str, ...]]:
        reading = self.reading
        reading.take()
        arguments: list[Node] = []
        names: list[str] = []
        while not reading.at_sign(")"):
            names.append(self._argument_name())
            arguments.append(self.expression())
            if not reading.skip_sign(","):
                break
        reading.expect_sign(")")
        if any(names) and not all(names):
            message = Message("参数要么都写名称，要么都不写")
            raise FeelError("feel.mixed_arguments", message, arguments[-1].span)
        return tuple(arguments), tuple(names) if any(names) else ()

    def _argument_name(self) -> str:
        reading, steps = self.reading, 0
        while reading.ahead(steps).sort in (Sort.NAME, Sort.QUOTED):
            steps += 1
        if steps == 0 or reading.ahead(steps).text != ":":
            return ""
        words = [reading.take().text for _ in range(steps)]
        reading.take()
        return " ".join(words)

    def _atom(self) -> Node:
        reading = self.reading
        token = reading.token
        if token.sort is Sort.NAME:
            return self._word()
        made = _LITERALS.get(token.sort)
        if made is None:
            return self._bracketed()
        reading.take()
        return made(token.text, reading.spanned(token.span[0]))

    def _word(self) -> Node:
        reading = self.reading
        token = reading.token
        form = _FORMS.get(token.text)
        if form is not None and (token.text != "function" or reading.ahead().text == "("):
            return form(self)
        if token.text in KEYWORDS and token.text not in _CONSTANTS:
            reading.fail(Message("一个值"))
        reading.take()
        span = reading.spanned(token.span[0])
        constant = _CONSTANTS.get(token.text)
        return replace(constant, span=span) if constant else Name(token.text, span=span)

    def negated(self) -> Node:
        """Parse `not(…)`."""
        reading = self.reading
        if reading.ahead().text != "(":
            message = Message("否定要写括号：not(…)")
            raise FeelError("feel.not_without_brackets", message, reading.token.span, "not(…)")
        start = reading.take().span[0]
        arguments, names = self._arguments()
        span = reading.spanned(start)
        if len(arguments) != 1 or names not in ((), ("negand",)):
            message = Message("not(…) 只带一个参数")
            raise FeelError("feel.arity", message, span)
        return Not(arguments[0], span=span)

    def two_ways(self) -> Node:
        """Parse `if … then … else …`."""
        reading = self.reading
        start = reading.take().span[0]
        condition = self.expression()
        reading.expect_word("then")
        then = self.expression()
        reading.expect_word("else")
        otherwise = self.expression()
        return If(condition, then, otherwise, span=reading.spanned(start))

    def _bracketed(self) -> Node:
        reading = self.reading
        start = reading.token.span[0]
        if reading.at_sign("("):
            return self._round()
        if reading.at_sign("["):
            return self._square()
        if reading.at_sign("]"):
            reading.take()
            return self.range_after(self.expression(_COMPARE), "]", start)
        if reading.at_sign("{"):
            return self._context()
        if reading.skip_sign("?"):
            return Name("?", span=reading.spanned(start))
        reading.fail(Message("一个值"))
        raise AssertionError

    def _round(self) -> Node:
        reading = self.reading
        start = reading.take().span[0]
        if reading.at_sign("<", "<=", ">", ">=", "=", "!="):
            node = self.signed_range(start)
            reading.expect_sign(")")
            return node
        inner = self.expression()
        if reading.at_sign(".."):
            return self.range_after(inner, "(", start)
        reading.expect_sign(")")
        return self._respanned(inner, start)

    def _respanned(self, inner: Node, start: int) -> Node:
        span = (start, self.reading.tokens[self.reading.position - 1].span[1])
        self._brackets.add(span)
        return replace(inner, span=span)

    def signed_range(self, start: int) -> Node:
        """Parse `< end` as a range without a lower end, and so on."""
        sign = self.reading.take().text
        end = self.expression(_COMPARE)
        span = self.reading.spanned(start)
        none = Null(span=span)
        closed = sign.endswith("=") and sign != "!="
        low, high = (end, none) if sign.startswith(">") else (none, end)
        if sign in ("=", "!="):
            return RangeLit(end, end, True, True, sign=sign, span=span)
        rising = sign.startswith(">")
        return RangeLit(low, high, closed and rising, closed and not rising, sign=sign, span=span)

    def _square(self) -> Node:
        reading = self.reading
        start = reading.take().span[0]
        items: list[Node] = []
        while not reading.at_sign("]"):
            items.append(self.expression())
            if len(items) == 1 and reading.at_sign(".."):
                return self.range_after(items[0], "[", start)
            if not reading.skip_sign(","):
                break
        reading.expect_sign("]")
        return ListLit(tuple(items), span=reading.spanned(start))

    def range_after(self, low: Node, opening: str, start: int) -> Node:
        """Parse the rest of a range whose lower end is read already."""
        reading = self.reading
        reading.expect_sign("..")
        high = self.expression(_COMPARE)
        closing = reading.expect_sign("]", ")", "[").text
        return RangeLit(low, high, opening == "[", closing == "]", span=reading.spanned(start))

    def _context(self) -> Node:
        reading = self.reading
        start = reading.take().span[0]
        entries: list[tuple[str, Node]] = []
        while not reading.at_sign("}"):
            entries.append((self._key(), self.expression()))
            if not reading.skip_sign(","):
                break
        reading.expect_sign("}")
        return ContextLit(tuple(entries), span=reading.spanned(start))

    def _key(self) -> str:
        reading = self.reading
        if reading.token.sort in (Sort.TEXT, Sort.QUOTED):
            key = reading.take().text
            reading.expect_sign(":")
            return key
        name = self._argument_name()
        if not name:
            reading.fail(Message("一个名称"))
        return name


def _number(text: str, span: Span) -> Node:
    value = Decimal(text)
    if value.is_zero():
        return Num(Decimal(0), span=span)
    if not EXACT.Emin <= value.adjusted() <= EXACT.Emax:
        raise FeelError("feel.number", Message("数字太大或太小"), span)
    return Num(value, span=span)


_LITERALS: dict[Sort, Callable[[str, Span], Node]] = {
    Sort.NUMBER: _number,
    Sort.TEXT: lambda text, span: Str(text, span=span),
    Sort.AT: lambda text, span: AtLiteral(text, span=span),
    Sort.QUOTED: lambda text, span: Name(text, span=span),
}
_CONSTANTS: dict[str, Node] = {"true": Bool(True), "false": Bool(False), "null": Null()}
_FORMS: dict[str, Callable[[Parser], Node]] = {
    "if": Parser.two_ways,
    "some": quantified,
    "every": quantified,
    "for": iteration,
    "function": function,
    "not": Parser.negated,
}
