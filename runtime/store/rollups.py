"""Which stored totals does a change of a record touch, and what are they now?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from engine.access.sight import SEES_ALL
from engine.app import App, Form
from engine.expressions import USER, Compiled, Env, Slot, compile_expression
from engine.fields.rollup import Rollup
from engine.filters import where_to_feel
from engine.record import Actor, Record, Value
from runtime.store.query.asked import Measure, Query
from runtime.store.rework import rework

if TYPE_CHECKING:
    from runtime.store.unit import Unit

_SYSTEM = Actor(id="", name="")
_NOBODY = {name: None for name, _ in USER.fields or ()}
_DEEPEST = 5


@dataclass(frozen=True)
class Touched:
    """A record whose stored total was worked out anew."""

    form: Form
    id: str


@dataclass(frozen=True)
class Total:
    """A rollup field, with the form that it stands on."""

    form: Form
    field: Rollup
    where: tuple[Compiled, ...] = ()

    @property
    def reads(self) -> frozenset[str]:
        """The fields of the other form that it depends on."""
        where = (path[0] for condition in self.where for path in condition.reads)
        return frozenset({self.field.by, *where, *((self.field.of,) if self.field.of else ())})


def totals_over(apps: Iterable[App], form: Form) -> tuple[Total, ...]:
    """Return every rollup over the records of a form."""
    known = {app.id: app for app in apps}
    found = []
    for app in known.values():
        for other in app.forms.values():
            for field in other.fields.values():
                if isinstance(field, Rollup) and _names(field.form, other.app) == (
                    form.app,
                    form.id,
                ):
                    found.append(Total(other, field, _where(known[form.app], form, field)))
    return tuple(found)


def _where(app: App, form: Form, field: Rollup) -> tuple[Compiled, ...]:
    feel = where_to_feel(app, form, field.where)
    return (compile_expression(feel, form.scope, Slot.ROWS),) if feel else ()


class Rollups:
    """The totals that records keep over the records that point to them."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def refresh(
        self, form: Form, changed: Record | None, before: Record | None
    ) -> tuple[Touched, ...]:
        """Work out every total over this form's records that the change touches."""
        latest = changed or before
        if latest is None or not self._unit.store.totals(form):
            return ()
        fields = None if changed is None or before is None else _differing(before, changed)
        return tuple(self._refresh(form, (changed, before), fields, latest.updated_at, 0))

    def fill(self, form: Form, field: Rollup, now: datetime) -> None:
        """Work out one total on every record of its form."""
        store = self._unit.store
        main = store.tables(form).main
        child = store.form(form.app, field.form)
        where = _where(store.apps[child.app], child, field) if child else ()
        ids = [row[0] for row in self._unit.connection.execute(select(main.c.id))]
        for id_ in ids:
            self._write(form, id_, (Total(form, field, where),), now)

    def _refresh(
        self,
        form: Form,
        states: tuple[Record | None, ...],
        fields: frozenset[str] | None,
        now: datetime,
        depth: int,
    ) -> Iterator[Touched]:
        """`fields` are those that changed, None if the record came or went."""
        for totals in self._by_form(form, fields).values():
            for id_, touching in self._touched(totals, states).items():
                self._write(totals[0].form, id_, touching, now)
                touched = Touched(totals[0].form, id_)
                yield touched
                if depth < _DEEPEST:
                    written = frozenset(total.field.id for total in touching)
                    yield from self._go_on(touched, written, now, depth + 1)

    def _by_form(
        self, form: Form, fields: frozenset[str] | None
    ) -> Mapping[tuple[str, str], list[Total]]:
        grouped: dict[tuple[str, str], list[Total]] = {}
        for total in self._unit.store.totals(form):
            if fields is None or fields & total.reads:
                grouped.setdefault((total.form.app, total.form.id), []).append(total)
        return grouped

    def _touched(
        self, totals: Iterable[Total], states: tuple[Record | None, ...]
    ) -> Mapping[str, tuple[Total, ...]]:
        """Return the records to be refreshed, each with its totals; locked in one order."""
        touched: dict[str, list[Total]] = {}
        for total in totals:
            ids = {state.values.get(total.field.by) for state in states if state is not None}
            for id_ in ids:
                if isinstance(id_, str):
                    touched.setdefault(id_, []).append(total)
        return {id_: tuple(touched[id_]) for id_ in sorted(touched)}

    def _write(self, form: Form, id_: str, totals: Iterable[Total], now: datetime) -> None:
        main = self._unit.store.tables(form).main
        if self._unit.store.dialect == "postgresql":
            # Two that change the same total wait for each other here; the sum comes after.
            lock = select(main.c.id).where(main.c.id == id_).with_for_update()
            self._unit.connection.execute(lock)
        values = {total.field.id: self._value(total, id_, now) for total in totals}
        self._unit.connection.execute(update(main).where(main.c.id == id_).values(values))
        self._unit.records.forget(form, id_)

    def _value(self, total: Total, id_: str, now: datetime) -> Value:
        field = total.field
        child = self._unit.store.form(total.form.app, field.form)
        assert child is not None
        query = Query(
            form=child,
            sight=SEES_ALL,
            actor=_SYSTEM,
            env=Env(today=now.date(), now=now, user=_NOBODY),
            where=total.where,
            only={field.by: id_},
            sight_of=lambda _: SEES_ALL,
        )
        measure = Measure(field.measure, None if field.measure == "count" else field.of)
        (found,) = self._unit.query.aggregate(query, (), (measure,))
        value = found[measure.words]
        return field.kept(Decimal(0) if value is None and field.measure == "sum" else value)

    def _go_on(
        self, touched: Touched, written: frozenset[str], now: datetime, depth: int
    ) -> Iterator[Touched]:
        """Let what depends on the totals follow: the record's formulas, and totals over it."""
        form = touched.form
        reading = any(
            path[0] in written for formula in form.logic.formulas.values() for path in formula.reads
        )
        if not reading and not self._by_form(form, written):
            return
        record = self._unit.records.one(form, touched.id)
        if record is None:
            return
        if reading:
            written |= rework(self._unit, form, record, Env(today=now.date(), now=now))
            record = self._unit.records.one(form, touched.id)
        yield from self._refresh(form, (record,), written, now, depth)


def _names(said: str, app: str) -> tuple[str, str]:
    other, _, form = said.rpartition(".")
    return other or app, form


def _differing(before: Record, changed: Record) -> frozenset[str] | None:
    if before.deleted_at != changed.deleted_at:
        return None
    old, new = before.row(), changed.row()
    return frozenset(name for name in new if new[name] != old.get(name))
