"""Which part of SQL does a field of a question stand for, and may this person use it?"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, FromClause, Table, select

from engine.access.sight import Sight
from engine.app import Form
from engine.expressions import Node
from engine.field import Field, Storage
from engine.record import SYSTEM_FIELDS
from engine.wording import Message
from runtime.store.links import DEPARTMENT, PERSON, Target, target_of, target_of_people
from runtime.store.platform_tables import department, person
from runtime.store.query.asked import NotAllowed, NotUnderstood, Query
from runtime.store.query.scope import scope_condition, scope_kind

if TYPE_CHECKING:
    from runtime.store.store import Store

_MOMENTS = {"stage_entered_at", "created_at", "updated_at", "last_activity_at", "deleted_at"}
_FILLED = {"id", "version", "created_at", "updated_at", "last_activity_at"}
_OF_PEOPLE = {
    PERSON: (person, ("name", "login", "department", "manager", "post")),
    DEPARTMENT: (department, ("name", "code", "parent", "head")),
}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A field of a question: its part of SQL and what kind of value it is."""

    name: str
    storage: Storage
    sql: ColumnElement[Any]
    """For links in a table of their own, the id of the record."""
    field: Field | None = None
    """None for system fields and for columns of people."""
    target: Target | None = None
    form: Form | None = None
    """The form that the field stands on."""
    nullable: bool = True


@dataclass(frozen=True)
class Fields:
    """The fields of one form as one question may use them."""

    store: Store
    query: Query
    trees: list[Node] = field(default_factory=list)
    """The expressions in the SQL that was made so far."""
    crossed: dict[str, Hashable] = field(default_factory=dict)
    """The other forms that were asked about, and what the person's sight of each depends on."""

    @cached_property
    def main(self) -> Table:
        """The table of the records."""
        return self.store.tables(self.query.form).main

    def usable(self, name: str) -> Asked:
        """Return a field that may be filtered, sorted and grouped by, here or one reference
        away. Raises NotAllowed, and NotUnderstood if there is none."""
        first, _, rest = name.partition(".")
        asked = self._own(self.query.form, self.query.sight, self.main, first)
        return self._beyond(asked, rest, name) if rest else asked

    def require(self, form: Form, sight: Sight, name: str) -> Field | None:
        """Return a field that the person may ask about, None for one of the system. Raises
        NotAllowed, and NotUnderstood if there is none."""
        own = form.fields.get(name)
        if own is None and name not in SYSTEM_FIELDS:
            raise NotUnderstood(Message("没有字段“{name}”", name=name))
        if name in sight.hidden or name in sight.masked:
            label = own.label if own else name
            raise NotAllowed(Message("您没有使用“{field}”的权限", field=label))
        return own

    def _own(self, form: Form, sight: Sight, table: FromClause, name: str) -> Asked:
        field = self.require(form, sight, name)
        target = target_of(form, name)
        if field is None:
            return Asked(
                name=name,
                storage=_system_storage(name),
                sql=table.c[name],
                target=target,
                form=form,
                nullable=name not in _FILLED,
            )
        if field.storage is Storage.NONE:
            raise NotUnderstood(Message("“{field}”不能用于筛选和排序", field=field.label))
        inside = field.storage in (Storage.LINES, Storage.LINKS)
        column = table.c.id if inside else table.c[name]
        return Asked(
            name=name, storage=field.storage, sql=column, field=field, target=target, form=form
        )

    def _beyond(self, asked: Asked, rest: str, name: str) -> Asked:
        if asked.target is None or asked.storage is not Storage.LINK or "." in rest:
            raise NotUnderstood(Message("没有字段“{name}”", name=name))
        if asked.target.form is None:
            return _of_people(asked, rest, name)
        form, sight = self.reached(asked.name, asked.target)
        other = self.store.tables(form).main.alias()
        found = self._own(form, sight, other, rest)
        if found.storage in (Storage.LINES, Storage.LINKS):
            raise NotUnderstood(Message("没有字段“{name}”", name=name))
        there = select(found.sql).where(other.c.id == asked.sql, self.seen(form, other))
        return Asked(
            name=name,
            storage=found.storage,
            sql=there.correlate_except(other).scalar_subquery(),
            field=found.field,
            target=found.target,
            form=form,
        )

    def reached(self, name: str, target: Target) -> tuple[Form, Sight]:
        """Return the form that a reference points to, and what the person may see of it."""
        form = self.store.form(self.query.form.app, target.form or "")
        if form is None:
            raise NotUnderstood(Message("没有字段“{name}”", name=name))
        sight = self.query.sight_of(form)
        if sight.rows.none:
            raise NotAllowed(Message("您没有查看“{form}”的权限", form=form.definition.label))
        self.crossed[f"{form.app}.{form.id}"] = scope_kind(sight.rows, self.query.actor)
        return form, sight

    @property
    def seen_here(self) -> ColumnElement[bool]:
        """Which of the records the person sees."""
        return self._in_scope(self.query.form, self.query.sight, self.main)

    def seen(self, form: Form, table: Any) -> ColumnElement[bool]:
        """Return which records of another form the person sees."""
        return self._in_scope(form, self.query.sight_of(form), table)

    def _in_scope(self, form: Form, sight: Sight, table: Any) -> ColumnElement[bool]:
        self.trees.extend(expression.tree for expression in sight.rows.expressions)
        return scope_condition(self.store, form, sight.rows, table, self.query.actor)


def _of_people(asked: Asked, rest: str, name: str) -> Asked:
    assert asked.target is not None
    kind = asked.target.kind
    table, known = _OF_PEOPLE[kind]
    if rest not in known:
        raise NotUnderstood(Message("没有字段“{name}”", name=name))
    other = table.alias()
    there = select(other.c[rest]).where(other.c.id == asked.sql)
    target = target_of_people(kind, rest)
    return Asked(
        name=name,
        storage=Storage.LINK if target else Storage.TEXT,
        sql=there.correlate_except(other).scalar_subquery(),
        target=target,
    )


def _system_storage(name: str) -> Storage:
    if name in _MOMENTS:
        return Storage.DATETIME
    if name == "version":
        return Storage.INTEGER
    linked = {"owner", "department", "created_by", "updated_by"}
    return Storage.LINK if name in linked else Storage.TEXT
