"""How are the records of a page read, in order and only those that the person sees?"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Integer,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    func,
    select,
)

from engine.expressions import Node
from engine.field import Storage
from engine.record import SYSTEM_FIELDS, Record
from engine.wording import Message
from runtime.store.feel import parameters
from runtime.store.market_tables import sample
from runtime.store.query.asked import MOST_COUNTED, NotAllowed, NotUnderstood, Page, Query
from runtime.store.query.cursor import Place, read, written
from runtime.store.query.fields import Fields
from runtime.store.query.filters import (
    filter_condition,
    only_condition,
    only_parameter,
    require_allowed,
)
from runtime.store.query.scope import scope_kind, scope_parameters
from runtime.store.query.searching import search_condition
from runtime.store.query.sorting import SortKey, after_place, sort_keys
from runtime.store.query.through import Through
from runtime.store.query.veil import Veil
from runtime.store.rows import record_of
from runtime.store.sides import sides_of
from runtime.store.tables import FormTables

if TYPE_CHECKING:
    from runtime.store.unit import Unit

_SYSTEM = len(SYSTEM_FIELDS)
_COUNT = "_count"
_AMONG = "_among"
EVERYTHING = 2**31 - 1
_MOST_PLANS = 500
_NOT_YET = object()


@dataclass(frozen=True)
class Plan:
    """The statement for a first page, the same for everybody with such rights."""

    statement: Select[Any]
    order: tuple[str, ...]
    places: tuple[int, ...]
    trees: tuple[Node, ...]


class Selection:
    """The records that one question means, as one person sees them."""

    def __init__(self, unit: Unit, query: Query) -> None:
        self._unit = unit
        self.query = query
        self.fields = Fields(unit.store, query)

    @cached_property
    def tables(self) -> FormTables:
        """The tables of the form."""
        return self._unit.store.tables(self.query.form)

    @cached_property
    def keys(self) -> tuple[SortKey, ...]:
        """What it is sorted by."""
        return sort_keys(self.fields)

    @cached_property
    def condition(self) -> ColumnElement[bool]:
        """Which records are meant."""
        query, main = self.query, self.tables.main
        deleted = main.c.deleted_at
        parts: list[ColumnElement[bool]] = [
            deleted.is_not(None) if query.deleted else deleted.is_(None)
        ]
        if not query.sight.rows.all:
            parts.append(self.fields.seen_here)
        parts += [only_condition(self.fields, name) for name in query.only]
        parts += [filter_condition(self.fields, each) for each in query.where]
        if query.among is not None:
            parts.append(main.c.id.in_(bindparam(_AMONG, expanding=True)))
        if not query.samples:
            parts.append(main.c.id.not_in(select(sample.c.record)))
        if query.search and query.search.strip():
            parts.append(search_condition(self.fields, query.search))
        return and_(*parts)

    @property
    def given(self) -> dict[str, Any]:
        """The parameters of what was made of the condition and the fields so far."""
        query = self.query
        trees = self._plan.trees if self._plan else self.fields.trees
        among = {} if query.among is None else {_AMONG: query.among}
        return {
            **among,
            **scope_parameters(query.actor),
            **parameters(query.env, *trees),
            **{only_parameter(name): value for name, value in query.only.items()},
        }

    @cached_property
    def veil(self) -> Veil:
        """What the person may not see of the records."""
        query, store = self.query, self._unit.store
        return Veil(
            query.form,
            query.sight,
            lambda name: store.form(query.form.app, name),
            query.sight_of,
        )

    @cached_property
    def through(self) -> Through:
        """What the person may see of the records that lookups point to."""
        query, store = self.query, self._unit.store
        return Through(
            query.form,
            lambda name: store.form(query.form.app, name),
            query.sight_of,
            lambda form, ids: self._unit.query.known(
                form, query.sight_of(form), query.actor, query.env, ids
            ),
        )

    @cached_property
    def wanted(self) -> tuple[str, ...]:
        """The form's own fields that are asked for. Raises NotAllowed if one is hidden."""
        query = self.query
        if query.columns is None:
            return self._all_seen
        for name in query.columns:
            if name in self.veil.hidden:
                field = query.form.fields.get(name)
                label = field.label if field else name
                raise NotAllowed(Message("您没有查看“{field}”的权限", field=label))
            if name not in query.form.fields and name not in SYSTEM_FIELDS:
                raise NotUnderstood(Message("没有字段“{name}”", name=name))
        return tuple(dict.fromkeys(n for n in query.columns if n in query.form.fields))

    @property
    def _all_seen(self) -> tuple[str, ...]:
        hidden, fields = frozenset(self.veil.hidden), self.query.form.fields
        seen: tuple[str, ...] = self._kept(
            ("seen", hidden), lambda: tuple(name for name in fields if name not in hidden)
        )
        return seen

    def page(self) -> Page:
        """Return one page."""
        query = self.query
        place = self._place()
        backwards = place.backwards if place else False
        found = self._batch(place, query.limit + 1)
        more, found = len(found) > query.limit, found[: query.limit]
        if backwards:
            found.reverse()
        following = more if not backwards else True
        preceding = (place is not None) if not backwards else more
        total, exact = self._total(None if place or more else len(found))
        return Page(
            records=self.finished([self._record(row) for row in found]),
            next=self._written(found[-1]) if found and following else None,
            previous=self._written(found[0], True) if found and preceding else None,
            total=total,
            total_is_exact=exact,
        )

    def batches(self, size: int, most: int = EVERYTHING) -> Iterator[tuple[Record, ...]]:
        """Yield everything that is meant, or the first of it, in order, so many records at a time.
        One statement reads it all, so that the last of them cost no more than the first."""
        plan = self._plan
        asked = plan.statement if plan else self._select(None)
        rows = self._unit.connection.execute(
            asked, {**self.given, _COUNT: most}, execution_options={"yield_per": size}
        )
        for part in rows.partitions(size):
            yield self.finished([self._record(row) for row in part])

    def finished(self, records: Sequence[Record]) -> tuple[Record, ...]:
        """Return records with the lines, links and lookups asked for, and without what the
        person may not see."""
        if self._columns == self.wanted and self.veil.nothing_to_do:
            return tuple(records)
        wanted = set(self.wanted)
        sides = wanted.intersection({*self.tables.lines, *self.tables.links})
        if sides and records:
            ids = [record.id for record in records]
            more = sides_of(self._unit.connection, self.tables, ids, sides)
            records = [
                replace(record, values={**record.values, **more[record.id]}) for record in records
            ]
        if any(self.query.form.fields[name].storage is Storage.NONE for name in wanted):
            records = self._unit.records.looked_up(self.query.form, records)
        return tuple(self._shown(record) for record in self.through.cleared(records))

    def _shown(self, record: Record) -> Record:
        if len(record.values) != len(self.wanted):
            values = {name: record.values.get(name) for name in self.wanted}
            record = replace(record, values=values)
        return self.veil.drawn(record)

    def _place(self) -> Place | None:
        if self.query.after is None:
            return None
        return read(self.query.after, self._order, [key.storage for key in self.keys])

    @cached_property
    def _order(self) -> tuple[str, ...]:
        return tuple(f"{'-' * key.downwards}{key.name}" for key in self.keys)

    def _written(self, row: Sequence[Any], backwards: bool = False) -> str:
        order = self._plan.order if self._plan else self._order
        return written(Place(self._place_of(row), backwards), order)

    def _place_of(self, row: Sequence[Any]) -> tuple[Any, ...]:
        places = self._plan.places if self._plan else self._places
        return tuple(row[place] for place in places)

    def _batch(self, place: Place | None, count: int) -> list[Sequence[Any]]:
        plan = self._plan if place is None else None
        asked = plan.statement if plan else self._select(place)
        given = {**self.given, _COUNT: count}
        return list(self._unit.connection.execute(asked, given).all())

    def _record(self, row: Sequence[Any]) -> Record:
        names = self._columns
        return record_of(self.query.form, row, dict(zip(names, row[_SYSTEM:], strict=False)))

    @cached_property
    def _places(self) -> tuple[int, ...]:
        """Where in a row the values of the sort keys stand: many are shown anyway."""
        names = (*SYSTEM_FIELDS, *self._columns)
        further = count(len(names))
        return tuple(
            names.index(key.name) if _is_shown(key, names) else next(further) for key in self.keys
        )

    @cached_property
    def _plan(self) -> Plan | None:
        """The statement for the first page, made once for each kind of rights: to build it
        takes longer than to run it."""
        query = self.query
        if query.search or query.after is not None:
            return None
        shut = query.sight.hidden | query.sight.masked
        if any("." in name or name.removeprefix("-") in shut for name in query.sort):
            return None
        plan: Plan | None = self._once("page", self._new_plan)
        return plan

    def _once(self, what: str, make: Callable[[], Any]) -> Any:
        """Return what is made once for each kind of question and of rights."""
        return self._kept((what, self._kind), make)

    def _kept(self, key: Hashable, make: Callable[[], Any]) -> Any:
        plans = self._unit.store.rows(self.query.form).plans
        # Other threads keep theirs here at the same time.
        made = plans.get(key, _NOT_YET)
        if made is _NOT_YET:
            made = plans[key] = make()
            for oldest in list(plans)[:-_MOST_PLANS]:
                plans.pop(oldest, None)
        return made

    @cached_property
    def _kind(self) -> Hashable:
        """All that the statements depend on."""
        query, fields = self.query, self.fields
        for each in query.where:
            require_allowed(fields, each)
        for name in query.only:
            fields.usable(name)
        return (
            self._columns,
            query.sort,
            query.deleted,
            query.samples,
            query.among is not None,
            scope_kind(query.sight.rows, query.actor),
            tuple(each.text for each in query.where),
            tuple(query.only),
            tuple(fields.crossed.items()),
        )

    def _new_plan(self) -> Plan | None:
        # An order by what a reference points to depends on what one sees over there.
        if any(isinstance(key.sql, ScalarSelect) for key in self.keys):
            return None
        return Plan(
            self._select(None),
            self._order,
            self._places,
            tuple(self.fields.trees),
        )

    @property
    def first_page(self) -> Select[Any]:
        """The statement of the first page; it takes `given`, and `_count` as its limit."""
        return self._plan.statement if self._plan else self._select(None)

    def _select(self, place: Place | None) -> Select[Any]:
        main = self.tables.main
        backwards = place.backwards if place else False
        names = (*SYSTEM_FIELDS, *self._columns)
        further = [key.sql for key in self.keys if not _is_shown(key, names)]
        asked = select(
            *(main.c[name] for name in names),
            *(sql.label(f"_key{n}") for n, sql in enumerate(further)),
        ).where(self.condition)
        if place is not None:
            asked = asked.where(after_place(self.keys, place))
        dialect = self._unit.store.dialect
        asked = asked.order_by(*(key.order(dialect, backwards=backwards) for key in self.keys))
        # PostgreSQL keeps one plan for a statement only if it knows how many rows are wanted.
        plain = dialect == "postgresql"
        return asked.limit(bindparam(_COUNT, type_=Integer(), literal_execute=plain))

    @cached_property
    def _columns(self) -> tuple[str, ...]:
        columns: tuple[str, ...] = self._kept(("columns", self.wanted), self._found_columns)
        return columns

    def _found_columns(self) -> tuple[str, ...]:
        names = self._unit.store.rows(self.query.form).names
        wanted = {*self.wanted, *self._leading_to_lookups()}
        return tuple(name for name in names if name in wanted)

    def _leading_to_lookups(self) -> Iterator[str]:
        for name in self.wanted:
            field = self.query.form.fields[name]
            if field.storage is Storage.NONE:
                yield str(getattr(field, "by", ""))

    def _total(self, known: int | None) -> tuple[int | None, bool]:
        if known is not None or not self.query.total:
            return known, True
        asked = self._once("count", self._counting) if self._plan else self._counting()
        counted = self._unit.connection.execute(asked, self.given).scalar_one()
        return min(counted, MOST_COUNTED), counted <= MOST_COUNTED

    def _counting(self) -> Select[Any]:
        limited = select(self.tables.main.c.id).where(self.condition).limit(MOST_COUNTED + 1)
        return select(func.count()).select_from(limited.subquery())


def _is_shown(key: SortKey, names: Sequence[str]) -> bool:
    return key.name in names and isinstance(key.sql, Column)
