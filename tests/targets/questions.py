"""Random questions about the things of the zoo, and what a plain model answers to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any

from tests.targets.world import DAYS, MONEY, TEXTS, World

Tree = Mapping[str, Any]
SORTABLE = ("name", "amount", "rate", "pieces", "due", "seen", "took", "good", "id", "place.level")
BY = ("kind", "good", "name", "due", "month:due", "week:due", "day:seen", "month:seen", "year:due")
MEASURES = (
    "count", "sum:amount", "avg:amount", "min:amount", "max:amount", "distinct:kind", "sum:pieces",
    "max:due", "min:seen", "distinct:name", "avg:rate",
)  # fmt: skip
NUMBERS = {"amount": MONEY, "rate": ("-1.5", "0", "2.25", "8.9999"), "pieces": ("-3", "0", "5")}
EQUALS = ("=", "!=")
ORDERS = (*EQUALS, "<", "<=", ">", ">=")


@dataclass(frozen=True)
class Question:
    """A filter, and an order or groups."""

    where: Tree | None
    sort: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()


def question(chance: Random) -> Question:
    """Return any question that the API takes."""
    where = tree(chance, 2) if chance.random() < 0.85 else None
    if chance.random() < 0.4:
        by = tuple(chance.sample(BY, chance.randint(0, 2)))
        return Question(where, by=by, measures=tuple(chance.sample(MEASURES, chance.randint(1, 3))))
    keys = chance.sample(SORTABLE, chance.randint(0, 3))
    return Question(where, sort=tuple(f"-{key}" if chance.random() < 0.5 else key for key in keys))


def tree(chance: Random, depth: int) -> Tree:
    """Return a filter as the API takes it."""
    if depth and chance.random() < 0.4:
        items = [tree(chance, depth - 1) for _ in range(chance.randint(0, 3))]
        return {chance.choice(("all", "any")): items}
    return chance.choice(_LEAVES)(chance)


def _number(chance: Random) -> Tree:
    field = chance.choice(tuple(NUMBERS))
    value = chance.choice(NUMBERS[field])
    if chance.random() < 0.2:
        return {"field": field, "op": "between", "value": sorted((value, "1"), key=Decimal)}
    return {"field": field, "op": chance.choice(ORDERS), "value": value}


def _text(chance: Random) -> Tree:
    field, value = chance.choice(("name", "note")), chance.choice(TEXTS[1:])
    return {
        "field": field,
        "op": chance.choice((*EQUALS, "contains", "starts_with")),
        "value": value,
    }


def _choice(chance: Random) -> Tree:
    if chance.random() < 0.5:
        return {"field": "kind", "op": chance.choice(EQUALS), "value": chance.choice("abc")}
    several = chance.sample("abc", chance.randint(0, 2))
    return {"field": "kind", "op": chance.choice(("in", "not_in")), "value": several}


def _day(chance: Random) -> Tree:
    field = chance.choice(("due", "seen"))
    way = chance.random()
    if way < 0.2:
        return {"field": field, "op": "last_days", "value": chance.choice((1, 7, 30))}
    if way < 0.4:
        period = chance.choice(("week", "month", "quarter", "year"))
        return {"field": field, "op": "this", "value": period}
    op = chance.choice(ORDERS)
    return {"field": field, "op": op, "value": chance.choice(DAYS).isoformat()}


def _empty(chance: Random) -> Tree:
    field = chance.choice(
        ("name", "amount", "due", "seen", "kind", "good", "marks", "place", "rows")
    )
    return {"field": field, "op": chance.choice(("empty", "filled"))}


def _yes(chance: Random) -> Tree:
    return {"field": "good", "op": chance.choice(EQUALS), "value": chance.random() < 0.5}


def _over_there(chance: Random) -> Tree:
    return {"field": "place.level", "op": chance.choice(ORDERS), "value": chance.randint(-3, 3)}


_LEAVES: tuple[Callable[[Random], Tree], ...] = (
    _number, _number, _text, _choice, _day, _day, _empty, _yes, _over_there,
)  # fmt: skip


class Model:
    """Answers questions by looking at each record, as a person with pencil and paper would."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._zone = world.env.now.tzinfo
        self.rows = dict(zip(world.ids, world.rows, strict=True))

    def found(self, where: Tree | None) -> list[str]:
        """Return the ids that a filter means."""
        return [id_ for id_, row in self.rows.items() if where is None or self._holds(where, row)]

    def sorted(self, asked: Question) -> list[str]:
        """Return the ids in order: empty values are the smallest, and ids decide the rest, in
        the direction of the last key. Without an order, the records changed last come first."""
        keys = asked.sort or ("-updated_at",)
        ids = sorted(self.found(asked.where), reverse=keys[-1].startswith("-"))
        for key in reversed(keys):
            ids.sort(key=self._place_by(key.removeprefix("-")), reverse=key.startswith("-"))
        return ids

    def _place_by(self, name: str) -> Callable[[str], tuple[bool, Any]]:
        return lambda id_: _rank(self._value(self.rows[id_], name))

    def groups(self, asked: Question) -> dict[tuple[Any, ...], dict[str, Any]]:
        """Return the measures by the keys of each group."""
        found: dict[tuple[Any, ...], list[Mapping[str, Any]]] = {} if asked.by else {(): []}
        for id_ in self.found(asked.where):
            row = self.rows[id_]
            found.setdefault(tuple(self._key(row, by) for by in asked.by), []).append(row)
        return {
            key: {one: self._measure(one, rows) for one in asked.measures}
            for key, rows in found.items()
        }

    def _holds(self, where: Tree, row: Mapping[str, Any]) -> bool:
        if "all" in where:
            return all(self._holds(item, row) for item in where["all"])
        if "any" in where:
            return any(self._holds(item, row) for item in where["any"])
        value, op = self._value(row, where["field"]), where["op"]
        if op in ("empty", "filled"):
            return (value in (None, ())) is (op == "empty")
        if op in ("!=", "not_in"):
            return not self._is(value, {"!=": "=", "not_in": "in"}[op], where)
        return value is not None and self._is(value, op, where)

    def _is(self, value: Any, op: str, where: Tree) -> bool:
        said: Any = where.get("value")
        if value is None:
            return False
        if op == "in":
            return value in said
        if op in ("contains", "starts_with"):
            text, part = value.lower(), said.lower()
            return part in text if op == "contains" else text.startswith(part)
        if isinstance(value, date):
            return self._of_days(value, op, said)
        if op == "between":
            return bool(Decimal(said[0]) <= value <= Decimal(said[1]))
        wanted = (
            Decimal(said) if isinstance(value, int | Decimal) and type(said) is not bool else said
        )
        return _ordered(op, value, wanted)

    def _of_days(self, value: date, op: str, said: Any) -> bool:
        day = value.astimezone(self._zone).date() if isinstance(value, datetime) else value
        today = self._world.env.today
        if op == "last_days":
            return today - timedelta(days=said - 1) <= day <= today
        if op == "this":
            return _beginning(said, day) == _beginning(said, today)
        return _ordered(op, day, date.fromisoformat(said))

    def _value(self, row: Mapping[str, Any], name: str) -> Any:
        first, _, rest = name.partition(".")
        if rest:
            return (row.get(f"{first}.") or {}).get(rest)
        return row.get(first)

    def _key(self, row: Mapping[str, Any], by: str) -> Any:
        unit, _, name = by.rpartition(":")
        value = self._value(row, name)
        if unit and value is not None:
            day = value.astimezone(self._zone).date() if isinstance(value, datetime) else value
            return _beginning(unit, day).isoformat()
        return _said(value)

    def _measure(self, measure: str, rows: Sequence[Mapping[str, Any]]) -> Any:
        kind, _, name = measure.partition(":")
        values = [value for row in rows if (value := self._value(row, name)) is not None]
        match kind:
            case "count":
                return len(rows)
            case "distinct":
                return len(set(values))
            case "sum":
                return sum(values, Decimal(0)) if values else None
            case "avg":
                return sum(values, Decimal(0)) / len(values) if values else None
        return (min if kind == "min" else max)(values, default=None)


def _ordered(op: str, value: Any, wanted: Any) -> bool:
    found: bool = {
        "=": value == wanted,
        "<": value < wanted,
        "<=": value <= wanted,
        ">": value > wanted,
        ">=": value >= wanted,
    }[op]
    return found


def _beginning(unit: str, day: date) -> date:
    match unit:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return day.replace(month=1, day=1)
    return day


def _rank(value: Any) -> tuple[bool, Any]:
    return (value is not None, 0 if value is None else value)


def _said(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | time) else value


def alike(ours: Any, model: Any) -> bool:
    """Tell whether what the API gave is what the model says, means to twelve digits."""
    if model is None or ours is None:
        return ours is model
    if isinstance(model, datetime):
        return datetime.fromisoformat(ours) == model
    if isinstance(model, date):
        return bool(ours == model.isoformat())
    places = Decimal("1e-9")
    exact = Decimal(str(ours)) - Decimal(str(model))
    return exact.quantize(places, ROUND_HALF_UP) == 0
