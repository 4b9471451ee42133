"""Random expressions, and what they mean, worked out without any of the engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

Tree = tuple[Any, ...]
"""An expression as the test makes it: a word, then its parts."""

_NUMBERS = ("a", "b", "n")
_ROUND = Decimal("1e-12")


def numbers(depth: int) -> st.SearchStrategy[Tree]:
    """Make expressions that give a number."""
    leaf = st.one_of(
        st.integers(-9, 9).map(lambda value: ("number", Decimal(value))),
        st.sampled_from([Decimal("0.5"), Decimal("1.25"), Decimal("-3.7")]).map(
            lambda value: ("number", value)
        ),
        st.sampled_from(_NUMBERS).map(lambda name: ("field", name)),
    )
    if depth == 0:
        return leaf
    inner = numbers(depth - 1)
    return st.one_of(
        leaf,
        st.tuples(st.just("arith"), st.sampled_from("+-*"), inner, inner),
        st.tuples(st.just("neg"), inner),
        st.tuples(st.just("if"), conditions(depth - 1), inner, inner),
        st.tuples(st.just("total"), st.sampled_from(["sum", "count", "min", "max"])),
        st.tuples(st.just("length"), texts()),
        st.tuples(st.just("kept"), conditions(0, line=True)),
    )


def texts() -> st.SearchStrategy[Tree]:
    """Make expressions that give a text."""
    return st.one_of(
        st.sampled_from(["", "x", "好", "😀", "\ue000", "xy"]).map(lambda text: ("text", text)),
        st.sampled_from(["s", "t"]).map(lambda name: ("field", name)),
    )


def days() -> st.SearchStrategy[Tree]:
    """Make expressions that give a date."""
    known = st.integers(1, 28).map(lambda day: ("date", date(2026, 2, day)))
    leaf = st.one_of(known, st.just(("field", "d")), st.just(("today",)))
    return st.one_of(leaf, st.tuples(st.just("later"), leaf, st.integers(-40, 40)))


def conditions(depth: int, line: bool = False) -> st.SearchStrategy[Tree]:
    """Make conditions; with `line` they may look at the row `x` of a sub-table."""
    leaves = [st.just(("field", "f")), st.booleans().map(lambda value: ("boolean", value))]
    orders = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
    pairs = [(numbers(max(depth - 1, 0)),) * 2, (texts(),) * 2, (days(),) * 2]
    if line:
        of_line = st.sampled_from(["q", "p"]).map(lambda name: ("line", name))
        pairs.append((of_line, numbers(0)))
    compared = [st.tuples(st.just("cmp"), orders, left, right) for left, right in pairs]
    tests = [
        st.tuples(st.just("null"), st.sampled_from(["=", "!="]), numbers(0)),
        st.tuples(st.just("in"), texts(), st.lists(texts(), min_size=1, max_size=3)),
        st.tuples(
            st.just("within"), numbers(0), numbers(0), st.booleans(), numbers(0), st.booleans()
        ),
    ]
    if depth == 0:
        return st.one_of(*leaves, *compared, *tests)
    inner = conditions(depth - 1, line)
    forms = [
        st.tuples(st.sampled_from(["and", "or"]), inner, inner),
        st.tuples(st.just("not"), inner),
        st.tuples(st.just("if"), inner, inner, inner),
        st.tuples(st.just("same"), st.sampled_from(["=", "!="]), inner, inner),
    ]
    if not line:
        forms.append(
            st.tuples(st.sampled_from(["some", "every"]), conditions(depth - 1, line=True))
        )
    return st.one_of(*leaves, *compared, *tests, *forms)


def written(tree: Tree) -> str:
    """Return an expression as its author would write it."""
    return _WRITTEN[tree[0]](*tree[1:])


def _infix(op: str, left: Tree, right: Tree) -> str:
    return f"({written(left)} {op} {written(right)})"


def _later(day: Tree, count: int) -> str:
    sign = "-" if count < 0 else ""
    return f'({written(day)} + duration("{sign}P{abs(count)}D"))'


def _within(value: Tree, low: Tree, low_closed: bool, high: Tree, high_closed: bool) -> str:
    opening, closing = "[" if low_closed else "(", "]" if high_closed else ")"
    return f"({written(value)} in {opening}{written(low)}..{written(high)}{closing})"


_WRITTEN: dict[str, Callable[..., str]] = {
    "number": lambda value: f"({value})" if value < 0 else str(value),
    "text": lambda text: f'"{text}"',
    "boolean": lambda value: str(value).lower(),
    "date": lambda day: f'date("{day}")',
    "field": str,
    "line": lambda name: f"x.{name}",
    "today": lambda: "today()",
    "later": _later,
    "arith": _infix,
    "cmp": _infix,
    "same": _infix,
    "and": lambda left, right: _infix("and", left, right),
    "or": lambda left, right: _infix("or", left, right),
    "null": lambda op, inner: f"({written(inner)} {op} null)",
    "neg": lambda inner: f"(-{written(inner)})",
    "not": lambda inner: f"not({written(inner)})",
    "if": lambda a, b, c: f"(if {written(a)} then {written(b)} else {written(c)})",
    "in": lambda value, options: f"({written(value)} in ({', '.join(map(written, options))}))",
    "within": _within,
    "some": lambda body: f"(some x in rows satisfies {written(body)})",
    "every": lambda body: f"(every x in rows satisfies {written(body)})",
    "total": lambda name: f"{name}(rows.q)",
    "length": lambda text: f"string length({written(text)})",
    "kept": lambda body: f"count(rows[{written(body).replace('x.', 'item.')}])",
}


class Oracle:
    """Says what an expression means for one row; numbers are fractions, so nothing is rounded."""

    def __init__(self, row: dict[str, Any], today: date) -> None:
        self.row = row
        self.today = today

    def value(self, tree: Tree, line: dict[str, Any] | None = None) -> Any:
        """Return the value: None is null."""
        answer = getattr(self, f"_{tree[0]}")(*tree[1:], line=line)
        exact = isinstance(answer, Decimal) or type(answer) is int
        return Fraction(answer) if exact else answer

    def _number(self, value: Decimal, line: Any) -> Decimal:
        return value

    def _text(self, value: str, line: Any) -> str:
        return value

    def _boolean(self, value: bool, line: Any) -> bool:
        return value

    def _date(self, value: date, line: Any) -> date:
        return value

    def _today(self, line: Any) -> date:
        return self.today

    def _field(self, name: str, line: Any) -> Any:
        return self.row.get(name)

    def _line(self, name: str, line: Any) -> Any:
        return line.get(name)

    def _later(self, day: Tree, count: int, line: Any) -> Any:
        start = self.value(day, line)
        return None if start is None else start + timedelta(days=count)

    def _arith(self, op: str, left: Tree, right: Tree, line: Any) -> Any:
        a, b = self.value(left, line), self.value(right, line)
        if a is None or b is None:
            return None
        return a + b if op == "+" else a - b if op == "-" else a * b

    def _neg(self, inner: Tree, line: Any) -> Any:
        value = self.value(inner, line)
        return None if value is None else -value

    def _cmp(self, op: str, left: Tree, right: Tree, line: Any) -> Any:
        a, b = self.value(left, line), self.value(right, line)
        if op in ("=", "!="):
            return (a == b) == (op == "=")
        if a is None or b is None:
            return None
        return {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b}[op]

    _same = _cmp

    def _null(self, op: str, inner: Tree, line: Any) -> bool:
        return (self.value(inner, line) is None) == (op == "=")

    def _and(self, left: Tree, right: Tree, line: Any) -> Any:
        both = (self.value(left, line), self.value(right, line))
        return False if False in both else None if None in both else True

    def _or(self, left: Tree, right: Tree, line: Any) -> Any:
        both = (self.value(left, line), self.value(right, line))
        return True if True in both else None if None in both else False

    def _not(self, inner: Tree, line: Any) -> Any:
        value = self.value(inner, line)
        return None if value is None else not value

    def _if(self, test: Tree, then: Tree, otherwise: Tree, line: Any) -> Any:
        return self.value(then if self.value(test, line) is True else otherwise, line)

    def _in(self, value: Tree, options: list[Tree], line: Any) -> bool:
        return self.value(value, line) in [self.value(option, line) for option in options]

    def _within(
        self, value: Tree, low: Tree, low_closed: bool, high: Tree, high_closed: bool, line: Any
    ) -> Any:
        above = self._cmp(">=" if low_closed else ">", value, low, line)
        below = self._cmp("<=" if high_closed else "<", value, high, line)
        return False if False in (above, below) else None if None in (above, below) else True

    def _some(self, body: Tree, line: Any) -> Any:
        if self.row.get("rows") is None:
            return None
        answers = [self.value(body, row) for row in self.row["rows"]]
        return True if True in answers else None if None in answers else False

    def _every(self, body: Tree, line: Any) -> Any:
        if self.row.get("rows") is None:
            return None
        answers = [self.value(body, row) for row in self.row["rows"]]
        return False if False in answers else None if None in answers else True

    def _total(self, name: str, line: Any) -> Any:
        if self.row.get("rows") is None:
            return None
        values = [row.get("q") for row in self.row["rows"]]
        if name == "count":
            return len(values)
        if not values or None in values:
            return None
        return sum(values) if name == "sum" else min(values) if name == "min" else max(values)

    def _length(self, text: Tree, line: Any) -> Any:
        value = self.value(text, line)
        return None if value is None else len(value)

    def _kept(self, body: Tree, line: Any) -> Any:
        if self.row.get("rows") is None:
            return None
        return sum(self.value(body, row) is True for row in self.row["rows"])
