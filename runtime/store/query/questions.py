"""What can be asked about the records that a person may see?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from engine.access.sight import Sight, covers, sight_of
from engine.app import Form
from engine.expressions import Env
from engine.record import Actor, Record
from runtime.store.feel import parameters
from runtime.store.query.asked import BoardColumn, Group, Measure, Page, Query
from runtime.store.query.groups import groups
from runtime.store.query.scope import scope_condition, scope_parameters
from runtime.store.query.selecting import EVERYTHING, Selection
from runtime.store.query.titles import title_text

if TYPE_CHECKING:
    from runtime.store.unit import Unit


class Questions:
    """Every question about records, with what the asking person may see of them."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def page(self, query: Query) -> Page:
        """Return one page of records. Raises NotAllowed and NotUnderstood."""
        return Selection(self._unit, query).page()

    def batches(
        self, query: Query, size: int, most: int = EVERYTHING
    ) -> Iterator[tuple[Record, ...]]:
        """Yield all records that a question means, or the first of them, so many at a time, as
        this transaction has them; its limit and its place do not count. Raises NotAllowed and
        NotUnderstood."""
        return Selection(self._unit, replace(query, after=None)).batches(size, most)

    def one(self, form: Form, sight: Sight, actor: Actor, env: Env, id_: str) -> Record | None:
        """Return a record as the person sees it, None if it is not there or not theirs to see."""
        if sight.rows.none:
            return None
        record = self._unit.records.one(form, id_)
        if record is None:
            return None
        if not sight.rows.all:
            row = self._unit.records.row(form, record)
            if not covers(sight.rows, row, actor, env):
                return None
        return self.drawn(form, sight, actor, env, record)

    def drawn(self, form: Form, sight: Sight, actor: Actor, env: Env, record: Record) -> Record:
        """Return what the person sees of a record that was read completely."""
        selection = Selection(self._unit, _all_of(form, sight, actor, env))
        return selection.veil.drawn(self.through(form, sight, actor, env, record))

    def through(self, form: Form, sight: Sight, actor: Actor, env: Env, record: Record) -> Record:
        """Return a record with only those lookups that point to what the person sees."""
        selection = Selection(self._unit, _all_of(form, sight, actor, env))
        return selection.through.cleared((record,))[0]

    def known(
        self, form: Form, sight: Sight, actor: Actor, env: Env, ids: Iterable[str]
    ) -> frozenset[str]:
        """Return which of these records the person sees, or would if they were not deleted."""
        return self._seen(form, sight, actor, env, ids)

    def visible(
        self, form: Form, sight: Sight, actor: Actor, env: Env, ids: Iterable[str]
    ) -> frozenset[str]:
        """Return which of these living records the person sees."""
        main = self._unit.store.tables(form).main
        return self._seen(form, sight, actor, env, ids, main.c.deleted_at.is_(None))

    def _seen(
        self,
        form: Form,
        sight: Sight,
        actor: Actor,
        env: Env,
        ids: Iterable[str],
        *more: ColumnElement[bool],
    ) -> frozenset[str]:
        wanted = list(dict.fromkeys(ids))
        if not wanted or sight.rows.none:
            return frozenset()
        store = self._unit.store
        main = store.tables(form).main
        asked = select(main.c.id).where(
            main.c.id.in_(wanted), scope_condition(store, form, sight.rows, main, actor), *more
        )
        trees = (expression.tree for expression in sight.rows.expressions)
        given = {**scope_parameters(actor), **parameters(env, *trees)}
        return frozenset(row[0] for row in self._unit.connection.execute(asked, given))

    def titles(
        self, form: Form, sight: Sight, actor: Actor, env: Env, ids: Iterable[str]
    ) -> Mapping[str, str]:
        """Return what these records are called, those in the recycle bin too; of records that
        the person does not see, nothing."""
        if form.definition.title in sight.hidden:
            return {}
        found = self._known_records(form, sight, actor, env, ids)
        return title_text(self._unit, form, sight, found)

    def some(
        self, form: Form, sight: Sight, actor: Actor, env: Env, ids: Iterable[str]
    ) -> Mapping[str, Record]:
        """Return those of these records that the person sees, those in the recycle bin too, as
        the person sees them, without their rows."""
        found = self._known_records(form, sight, actor, env, ids)
        selection = Selection(self._unit, _all_of(form, sight, actor, env))
        cleared = selection.through.cleared(self._unit.records.looked_up(form, found))
        return {record.id: selection.veil.drawn(record) for record in cleared}

    def _known_records(
        self, form: Form, sight: Sight, actor: Actor, env: Env, ids: Iterable[str]
    ) -> list[Record]:
        wanted = tuple(dict.fromkeys(ids))
        if not wanted or sight.rows.none:
            return []
        found = self._unit.records.many(form, wanted, deleted=True, sides=False)
        if sight.rows.all:
            return list(found.values())
        seen = self.known(form, sight, actor, env, found)
        return [record for id_, record in found.items() if id_ in seen]

    def aggregate(
        self, query: Query, by: tuple[str, ...], measures: tuple[Measure, ...]
    ) -> list[Group]:
        """Return one mapping for each group of the records found, in the order of the keys: its
        keys under the words of `by`, each measure under its own words. `by` names fields, dates
        as `month:signed_on`. Raises NotAllowed and NotUnderstood."""
        return groups(self._unit, Selection(self._unit, query), by, measures)

    def board(self, query: Query, total: str | None = None) -> tuple[BoardColumn, ...]:
        """Return the records by stage, each with its count, the sum of a field and its first
        cards; stages that nothing is in are there too."""
        measures = (Measure("count"), *((Measure("sum", total),) if total else ()))
        found = {group["stage"]: group for group in self.aggregate(query, ("stage",), measures)}
        columns = []
        for stage in dict.fromkeys((*query.form.stages, *(str(s) for s in found if s))):
            group = found.get(stage, {})
            page = Page(records=())
            if group:
                page = self.page(replace(query, only={**query.only, "stage": stage}))
            columns.append(
                BoardColumn(
                    stage=stage,
                    count=int(str(group.get("count", 0))),
                    total=group.get(f"sum:{total}") if total else None,
                    records=page.records,
                    next=page.next,
                )
            )
        return tuple(columns)


def _all_of(form: Form, sight: Sight, actor: Actor, env: Env) -> Query:
    return Query(
        form=form, sight=sight, actor=actor, env=env, sight_of=lambda other: sight_of(other, actor)
    )
