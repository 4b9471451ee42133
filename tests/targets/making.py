"""Random expressions of a wanted type, as somebody might write them about a thing of the zoo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random

from tests.targets.world import TEXTS

NUMBERS = ("amount", "rate", "pieces", "place.level", "place.rate", "place.above.level")
OF_ROW = {"number": ("qty", "price"), "text": ("text",), "date": ("day",), "boolean": ("done",)}
OF_THING = {
    "number": NUMBERS,
    "text": ("name", "note", "kind", "place.name", "place.above.name", "user.name"),
    "date": ("due", "place.opened", "today()"),
    "moment": ("seen", "now()", "created_at"),
    "days": ("took",),
    "boolean": ("good",),
}
LITERALS: Mapping[str, tuple[str, ...]] = {
    "number": ("0", "1", "-2", "0.5", "2.5", "-3.75", "500000", "0.0001", "7", "12"),
    "text": tuple('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in TEXTS),
    "date": ('date("2026-02-28")', 'date("2024-02-29")', 'date("2026-01-31")'),
    "moment": ('date and time("2026-01-31T08:00:00")', 'date and time("2026-02-01T00:00:00Z")'),
    "days": ('duration("P1D")', 'duration("-PT90M")', 'duration("P10DT1H")'),
    "boolean": ("true", "false"),
}
SPANS = (
    'duration("P1D")',
    'duration("P40D")',
    'duration("-P7D")',
    'duration("P1M")',
    'duration("-P1M")',
    'duration("P1Y")',
)
ORDERS = ("=", "!=", "<", "<=", ">", ">=")
SETS = ("marks",)


class Maker:
    """Makes texts of expressions; `row` inside the rows of the sub-table, under that name."""

    def __init__(self, chance: Random, row: str = "") -> None:
        self._chance = chance
        self._row = row

    def make(self, kind: str, depth: int) -> str:
        """Return an expression of a kind, nested at most so deep."""
        if depth <= 0:
            return self._leaf(kind)
        ways = _WAYS[kind]
        if self._row:
            ways = tuple(way for way in ways if way not in _OF_LISTS)
        return self._chance.choice(ways)(self, depth - 1)

    def _leaf(self, kind: str) -> str:
        chance = self._chance
        if self._row and kind in OF_ROW and chance.random() < 0.7:
            return f"{self._row}.{chance.choice(OF_ROW[kind])}"
        if chance.random() < 0.35:
            return chance.choice(LITERALS[kind])
        return chance.choice(OF_THING[kind])

    def pick(self, options: tuple[str, ...]) -> str:
        return self._chance.choice(options)

    def inner(self, depth: int) -> tuple[str, str]:
        """Return a name for a row, and a condition about it."""
        name = self.pick(("x", "y", "行"))
        return name, Maker(self._chance, name).make("boolean", depth)

    def number(self, *, low: int, high: int) -> int:
        return self._chance.randint(low, high)


Way = Callable[[Maker, int], str]


def _of(kind: str) -> Way:
    return lambda maker, depth: maker.make(kind, 0)


def _two(form: str, first: str, second: str) -> Way:
    return lambda maker, depth: form.format(maker.make(first, depth), maker.make(second, depth))


def _one(form: str, kind: str) -> Way:
    return lambda maker, depth: form.format(maker.make(kind, depth))


def _either(kind: str) -> Way:
    return lambda maker, depth: (
        f"(if {maker.make('boolean', depth)} then {maker.make(kind, depth)} "
        f"else {maker.make(kind, depth)})"
    )


def _arith(maker: Maker, depth: int) -> str:
    op = maker.pick(("+", "-", "*", "+", "-", "/"))
    return f"({maker.make('number', depth)} {op} {maker.make('number', depth)})"


def _rounded(maker: Maker, depth: int) -> str:
    function = maker.pick(("decimal", "round up", "round down", "round half up", "round half down"))
    return f"{function}({maker.make('number', depth)}, {maker.number(low=-1, high=3)})"


def _whole(maker: Maker, depth: int) -> str:
    return f"{maker.pick(('floor', 'ceiling', 'abs'))}({maker.make('number', depth)})"


def _total(maker: Maker, depth: int) -> str:
    function, column = maker.pick(("sum", "min", "max", "mean")), maker.pick(("qty", "price"))
    return f"{function}(rows.{column})"


def _kept_total(maker: Maker, depth: int) -> str:
    test = Maker(maker._chance, "item").make("boolean", min(depth, 1))
    return f"{maker.pick(('sum', 'min', 'max'))}(rows[{test}].{maker.pick(('qty', 'price'))})"


def _counted(maker: Maker, depth: int) -> str:
    test = Maker(maker._chance, "item").make("boolean", min(depth, 1))
    return maker.pick(("count(rows)", "count(marks)", f"count(rows[{test}])"))


def _quantified(maker: Maker, depth: int) -> str:
    name, test = maker.inner(min(depth, 2))
    return f"({maker.pick(('some', 'every'))} {name} in rows satisfies {test})"


def _part_of_date(maker: Maker, depth: int) -> str:
    return f"{maker.make('date', depth)}.{maker.pick(('year', 'month', 'day'))}"


def _compared(maker: Maker, depth: int) -> str:
    kind = maker.pick(("number", "text", "date", "moment", "days", "number", "text"))
    return f"({maker.make(kind, depth)} {maker.pick(ORDERS)} {maker.make(kind, depth)})"


def _same(maker: Maker, depth: int) -> str:
    op = maker.pick(("=", "!="))
    return f"({maker.make('boolean', depth)} {op} {maker.make('boolean', depth)})"


def _null(maker: Maker, depth: int) -> str:
    kind = maker.pick(("number", "text", "date", "moment", "days", "boolean"))
    return f"({maker.make(kind, depth)} {maker.pick(('=', '!='))} null)"


def _within(maker: Maker, depth: int) -> str:
    kind = maker.pick(("number", "text", "date", "moment"))
    value, low, high = (maker.make(kind, min(depth, 1)) for _ in range(3))
    if maker.number(low=0, high=2) == 0:
        return f"({value} between {low} and {high})"
    return f"({value} in {maker.pick(('[', '('))}{low}..{high}{maker.pick((']', ')'))})"


def _among(maker: Maker, depth: int) -> str:
    kind = maker.pick(("number", "text", "date"))
    tests = [maker.make(kind, 0) for _ in range(maker.number(low=1, high=3))]
    if maker.number(low=0, high=3) == 0:
        tests.append("null")
    if maker.number(low=0, high=3) == 0:
        tests[0] = f"{maker.pick(('<', '<=', '>', '>='))} {tests[0]}"
    return f"({maker.make(kind, depth)} in ({', '.join(tests)}))"


def _joined(maker: Maker, depth: int) -> str:
    op = f" {maker.pick(('and', 'or'))} "
    parts = [maker.make("boolean", depth) for _ in range(maker.number(low=2, high=3))]
    return f"({op.join(parts)})"


def _like(maker: Maker, depth: int) -> str:
    function = maker.pick(("contains", "starts with", "ends with"))
    return f"{function}({maker.make('text', depth)}, {maker.make('text', 0)})"


def _listed(maker: Maker, depth: int) -> str:
    return maker.pick(
        (
            'list contains(marks, "x")',
            "list contains(rows.text, name)",
            "list contains(rows.qty, pieces)",
        )
    )


def _marked(maker: Maker, depth: int) -> str:
    test = f'm {maker.pick(("=", "!=", "<"))} "y"'
    return f"({maker.pick(('some', 'every'))} m in marks satisfies {test})"


def _cut(maker: Maker, depth: int) -> str:
    start = maker.pick(("1", "2", "-1", "-2", "3"))
    length = maker.pick(("", ", 1", ", 2", ", 9"))
    return f"substring({maker.make('text', depth)}, {start}{length})"


def _cased(maker: Maker, depth: int) -> str:
    return f"{maker.pick(('upper case', 'lower case'))}({maker.make('text', depth)})"


def _beside(maker: Maker, depth: int) -> str:
    function = maker.pick(("substring before", "substring after"))
    return f"{function}({maker.make('text', depth)}, {maker.make('text', 0)})"


def _later(maker: Maker, depth: int) -> str:
    return f"({maker.make('date', depth)} {maker.pick(('+', '-'))} {maker.pick(SPANS)})"


def _moment_later(maker: Maker, depth: int) -> str:
    return f"({maker.make('moment', depth)} {maker.pick(('+', '-'))} {maker.make('days', 0)})"


_WAYS: Mapping[str, tuple[Way, ...]] = {
    "number": (
        _of("number"), _of("number"), _arith, _arith, _rounded, _whole, _total, _kept_total,
        _counted, _either("number"), _one("string length({})", "text"), _part_of_date,
        _one("(-{})", "number"), _two("modulo({}, {})", "number", "number"),
        _two("({} - {}).days", "date", "date"),
    ),
    "text": (
        _of("text"), _of("text"), _cut, _cased, _beside, _either("text"),
        _two("({} + {})", "text", "text"),
    ),
    "date": (_of("date"), _of("date"), _later, _later, _either("date"), _one("date({})", "moment")),
    "moment": (_of("moment"), _of("moment"), _moment_later, _either("moment")),
    "days": (
        _of("days"), _two("({} - {})", "date", "date"), _two("({} - {})", "moment", "moment"),
        _two("({} + {})", "days", "days"), _either("days"),
    ),
    "boolean": (
        _of("boolean"), _compared, _compared, _compared, _same, _null, _within, _among, _joined,
        _joined, _like, _listed, _marked, _quantified, _quantified, _one("not({})", "boolean"),
        _either("boolean"),
    ),
}  # fmt: skip
_OF_LISTS = (_total, _kept_total, _counted, _quantified, _listed, _marked)
"""Ways about the sub-table; inside its rows they are left out."""
KINDS = tuple(_WAYS)
