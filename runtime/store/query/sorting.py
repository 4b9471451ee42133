"""In which order do records come, and where does a page begin?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    UnaryExpression,
    and_,
    case,
    false,
    literal,
    or_,
    select,
    true,
)

from engine.app import Form
from engine.field import Storage
from engine.wording import Message
from runtime.store.links import DEPARTMENT
from runtime.store.platform_tables import department, person
from runtime.store.query.asked import NotUnderstood
from runtime.store.query.cursor import Place
from runtime.store.query.fields import Asked, Fields

_MOST_KEYS = 5
_MOST_RANKS = 100


@dataclass(frozen=True)
class SortKey:
    """One thing that records are sorted by."""

    name: str
    sql: ColumnElement[Any]
    downwards: bool
    storage: Storage
    nullable: bool

    def order(self, dialect: str, *, backwards: bool) -> UnaryExpression[Any]:
        """Return the ORDER BY; empty values are the smallest, on both databases."""
        down = self.downwards != backwards
        ordered = self.sql.desc() if down else self.sql.asc()
        # SQLite does so by itself, and uses an index only if it is not said.
        if dialect == "sqlite" or not self.nullable:
            return ordered
        return ordered.nulls_last() if down else ordered.nulls_first()

    def beyond(self, value: Any, *, backwards: bool) -> ColumnElement[bool]:
        """Return the condition for what comes after a value."""
        if self.downwards != backwards:
            if value is None:
                return false()
            before = self.sql < self._said(value)
            return or_(before, self.sql.is_(None)) if self.nullable else before
        return self.sql.is_not(None) if value is None else self.sql > self._said(value)

    def at_or_beyond(self, value: Any, *, backwards: bool) -> ColumnElement[bool]:
        """Return the condition for a value and what comes after it."""
        if self.downwards != backwards:
            if value is None:
                return self.sql.is_(None)
            upto = self.sql <= self._said(value)
            return or_(upto, self.sql.is_(None)) if self.nullable else upto
        return true() if value is None else self.sql >= self._said(value)

    def equal(self, value: Any) -> ColumnElement[bool]:
        """Return the condition for the value itself."""
        return self.sql.is_(None) if value is None else self.sql == self._said(value)

    def _said(self, value: Any) -> BindParameter[Any]:
        # A plain True would be taken for the constant, which has no order.
        return literal(value, self.sql.type)


def sort_keys(fields: Fields) -> tuple[SortKey, ...]:
    """Return what the question sorts by; the id makes the order complete. Raises NotAllowed."""
    wanted = fields.query.sort or ("-updated_at",)
    if len(wanted) > _MOST_KEYS:
        raise NotUnderstood(Message("最多按 {most} 个字段排序", most=_MOST_KEYS))
    keys = [_key(fields, name) for name in wanted]
    if all(key.name != "id" for key in keys):
        main = fields.main
        keys.append(SortKey("id", main.c.id, keys[-1].downwards, Storage.TEXT, nullable=False))
    return tuple(keys)


def after_place(keys: Sequence[SortKey], place: Place) -> ColumnElement[bool]:
    """Return the condition for the records that come after a place in the order."""
    back = place.backwards
    branches = []
    for n, key in enumerate(keys):
        same = [before.equal(value) for before, value in zip(keys[:n], place.values, strict=False)]
        branches.append(and_(*same, key.beyond(place.values[n], backwards=back)))
    # What the first key alone tells is said again: an index can begin there.
    return and_(keys[0].at_or_beyond(place.values[0], backwards=back), or_(*branches))


def _key(fields: Fields, said: str) -> SortKey:
    name = said.removeprefix("-")
    asked = fields.usable(name)
    sql, storage = _sorted_by(fields, asked)
    return SortKey(name, sql, said.startswith("-"), storage, asked.nullable)


def _sorted_by(fields: Fields, asked: Asked) -> tuple[ColumnElement[Any], Storage]:
    if asked.field is not None and not asked.field.sortable:
        raise _unsorted(asked)
    if asked.storage in (Storage.JSON, Storage.LINKS, Storage.LINES):
        raise _unsorted(asked)
    if asked.target is not None:
        return _title(fields, asked)
    ranks = _ranks(fields.query.form, asked)
    if ranks:
        return case(ranks, value=asked.sql), Storage.INTEGER
    return asked.sql, asked.storage


def _ranks(form: Form, asked: Asked) -> Mapping[str, int]:
    """Options and stages are sorted as the form has them, not by their ids."""
    if asked.field is None and asked.name == "stage" and asked.form is form:
        return {id_: n for n, id_ in enumerate(form.stages)}
    options = getattr(asked.field, "options", ())
    if len(options) > _MOST_RANKS:
        return {}
    return {option.id: n for n, option in enumerate(options)}


def _title(fields: Fields, asked: Asked) -> tuple[ColumnElement[Any], Storage]:
    assert asked.target is not None
    if asked.target.form is None:
        table = department if asked.target.kind == DEPARTMENT else person
        other = table.alias()
        named = select(other.c.name).where(other.c.id == asked.sql)
        return named.correlate_except(other).scalar_subquery(), Storage.TEXT
    form, _ = fields.reached(asked.name, asked.target)
    title = fields.usable(f"{asked.name}.{form.definition.title}")
    if title.target is not None:
        return title.sql, Storage.TEXT
    return title.sql, title.storage


def _unsorted(asked: Asked) -> NotUnderstood:
    label = asked.field.label if asked.field else asked.name
    return NotUnderstood(Message("不能按“{field}”排序", field=label))
