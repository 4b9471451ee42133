"""How does a tree of conditions become SQL?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from sqlalchemy import JSON, ColumnElement, Text, and_, exists, false, func, not_, or_, true

from engine.field import Storage
from engine.wording import Message
from runtime.store.links import PERSON
from runtime.store.query.asked import AllOf, AnyOf, Condition, NotUnderstood, Where
from runtime.store.query.fields import Asked, Fields
from runtime.store.query.periods import period
from runtime.store.query.values import beginning, day_of, value_of
from runtime.store.tables import OTHER, PARENT
from runtime.store.types import to_json

Sql = ColumnElement[bool]

_ORDERED = {
    Storage.TEXT, Storage.LONG_TEXT, Storage.INTEGER, Storage.DECIMAL, Storage.DATE,
    Storage.DATETIME, Storage.TIME, Storage.DURATION,
}  # fmt: skip
_NUMBERS = {Storage.INTEGER, Storage.DECIMAL}
_TEXTS = {Storage.TEXT, Storage.LONG_TEXT}
_DAYS = {Storage.DATE, Storage.DATETIME}
_NO_LISTS = {"address", "geo", "json"}


class Conditions:
    """Turns the conditions of one question into SQL."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        self._query = fields.query
        self._zone = fields.query.env.now.tzinfo

    def sql(self, where: Where) -> Sql:
        """Return the SQL of a tree. Raises NotAllowed and NotUnderstood."""
        match where:
            case AllOf(items):
                return and_(true(), *map(self.sql, items))
            case AnyOf(items):
                return or_(false(), *map(self.sql, items))
            case Condition():
                return self._condition(where)

    def _condition(self, condition: Condition) -> Sql:
        asked = self._fields.usable(condition.field)
        if condition.op in ("empty", "filled"):
            there = self._filled(asked)
            return there if condition.op == "filled" else not_(there)
        if asked.field is not None and not asked.field.filterable:
            raise _not_so(asked)
        if condition.op == "mine":
            return self._mine(asked)
        if condition.op in ("last_days", "next_days", "this"):
            return self._near(asked, condition)
        if asked.storage in (Storage.JSON, Storage.LINKS):
            return self._among(asked, condition)
        return self._compared(asked, condition)

    def _filled(self, asked: Asked) -> Sql:
        if asked.storage in (Storage.LINES, Storage.LINKS):
            return exists().where(self._side(asked).c[PARENT] == asked.sql)
        return asked.sql.is_not(None)

    def _side(self, asked: Asked) -> Any:
        tables = self._fields.store.tables(self._query.form)
        return {**tables.lines, **tables.links}[asked.name]

    def _mine(self, asked: Asked) -> Sql:
        if asked.target is None or asked.target.kind != PERSON:
            raise _not_so(asked)
        return asked.sql == self._query.actor.id

    def _near(self, asked: Asked, condition: Condition) -> Sql:
        if asked.storage not in _DAYS:
            raise _not_so(asked)
        days = period(condition.op, condition.value, self._query.env.today)
        if days is None:
            raise _not_so(asked)
        return self._within_days(asked, *days)

    def _within_days(self, asked: Asked, first: date | None, last: date | None) -> Sql:
        """Return the condition for the days from the first to the last, both included."""
        parts: list[Sql] = [asked.sql.is_not(None)]
        if asked.storage is Storage.DATE:
            parts += [asked.sql >= first] if first else []
            parts += [asked.sql <= last] if last else []
        else:
            parts += [asked.sql >= beginning(first, self._zone)] if first else []
            after = last + timedelta(days=1) if last else None
            parts += [asked.sql < beginning(after, self._zone)] if after else []
        return and_(*parts)

    def _among(self, asked: Asked, condition: Condition) -> Sql:
        if asked.field is not None and asked.field.type in _NO_LISTS:
            return self._address(asked, condition)
        match condition.op:
            case "=" | "contains" | "in":
                return self._holds_any(asked, condition)
            case "!=" | "not_in":
                return not_(func.coalesce(self._holds_any(asked, condition), false()))
        raise _not_so(asked)

    def _holds_any(self, asked: Asked, condition: Condition) -> Sql:
        return or_(false(), *(self._holds(asked, one) for one in _list(condition)))

    def _holds(self, asked: Asked, item: Any) -> Sql:
        text = value_of(asked, item, self._zone)
        if asked.storage is Storage.LINKS:
            link = self._side(asked)
            return exists().where(link.c[PARENT] == asked.sql, link.c[OTHER] == text)
        # The item as it stands in the JSON list, quotes included: no other can be mistaken for it.
        place = func.instr if self._fields.store.dialect == "sqlite" else func.strpos
        return place(asked.sql, to_json(text)) > 0

    def _address(self, asked: Asked, condition: Condition) -> Sql:
        if asked.field is None or asked.field.type != "address":
            raise _not_so(asked)
        text = value_of(asked, condition.value, self._zone)
        if condition.op in ("=", "starts_with"):
            return self._part(asked, "region").startswith(text, autoescape=True)
        if condition.op == "contains":
            return self._part(asked, "detail").icontains(text, autoescape=True)
        raise _not_so(asked)

    def _part(self, asked: Asked, name: str) -> ColumnElement[str]:
        if self._fields.store.dialect == "sqlite":
            return func.json_extract(asked.sql, f"$.{name}", type_=Text())
        return func.json_extract_path_text(asked.sql.cast(JSON), name, type_=Text())

    def _compared(self, asked: Asked, condition: Condition) -> Sql:
        match condition.op:
            case "in" | "=":
                return self._one_of(asked, condition)
            case "not_in" | "!=":
                return not_(func.coalesce(self._one_of(asked, condition), false()))
            case "between":
                return self._between(asked, _list(condition))
            case "contains" | "starts_with":
                return self._like(asked, condition)
        if asked.storage not in _ORDERED:
            raise _not_so(asked)
        return self._ordered(asked, condition.op, condition.value)

    def _one_of(self, asked: Asked, condition: Condition) -> Sql:
        if condition.op in ("=", "!="):
            return self._equal(asked, condition.value)
        return or_(false(), *(self._equal(asked, one) for one in _list(condition)))

    def _equal(self, asked: Asked, said: Any) -> Sql:
        if said is None:
            return asked.sql.is_(None)
        day = day_of(said) if asked.storage is Storage.DATETIME else None
        if day is not None:
            return self._within_days(asked, day, day)
        value = value_of(asked, said, self._zone)
        if asked.storage in _NUMBERS and _floor(asked, value) != value:
            return and_(false(), asked.sql.is_not(None))
        return _COMPARE["="](asked.sql, value)

    def _ordered(self, asked: Asked, op: str, said: Any) -> Sql:
        day = day_of(said) if asked.storage is Storage.DATETIME else None
        if day is not None:
            # After a day is from the next one on; up to a day is before the next one.
            edge = day + timedelta(days=1) if op in (">", "<=") else day
            moment = beginning(edge, self._zone)
            return asked.sql >= moment if op in (">", ">=") else asked.sql < moment
        value = value_of(asked, said, self._zone)
        if asked.storage in _NUMBERS:
            low = _floor(asked, value)
            if low != value:
                # What lies between two values that the column can keep is as good as the lower.
                return asked.sql > low if op in (">", ">=") else asked.sql <= low
            value = low
        return _COMPARE[op](asked.sql, value)

    def _between(self, asked: Asked, ends: Sequence[Any]) -> Sql:
        if len(ends) != 2 or asked.storage not in _ORDERED:
            raise _not_so(asked)
        low, high = ends
        parts: list[Sql] = [asked.sql.is_not(None)]
        parts += [self._ordered(asked, ">=", low)] if low is not None else []
        parts += [self._ordered(asked, "<=", high)] if high is not None else []
        return and_(*parts)

    def _like(self, asked: Asked, condition: Condition) -> Sql:
        if asked.storage not in _TEXTS:
            raise _not_so(asked)
        text = value_of(asked, condition.value, self._zone)
        if condition.op == "contains":
            return asked.sql.icontains(text, autoescape=True)
        return asked.sql.istartswith(text, autoescape=True)


_COMPARE: Mapping[str, Callable[[ColumnElement[Any], Any], Sql]] = {
    "=": lambda column, value: column == value,
    ">": lambda column, value: column > value,
    ">=": lambda column, value: column >= value,
    "<": lambda column, value: column < value,
    "<=": lambda column, value: column <= value,
}


def _list(condition: Condition) -> list[Any]:
    value = condition.value
    return list(value) if isinstance(value, list | tuple) else [value]


def _floor(asked: Asked, value: Decimal | int) -> Decimal | int:
    scale = asked.field.scale() if asked.field and asked.storage is Storage.DECIMAL else 0
    low = Decimal(value).quantize(Decimal(1).scaleb(-scale), ROUND_FLOOR)
    return low if asked.storage is Storage.DECIMAL else int(low)


def _not_so(asked: Asked) -> NotUnderstood:
    label = asked.field.label if asked.field else asked.name
    return NotUnderstood(Message("“{field}”不能这样筛选", field=label))
