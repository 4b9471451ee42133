"""What can be asked about the records that a person may see?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from engine.access.sight import Sight, covers, sight_of
from engine.app import Form
from engine.expressions import Env
from engine.record import Actor, Record
from runtime.store.query.asked import AllOf, BoardColumn, Condition, Group, Measure, Page, Query
from runtime.store.query.groups import groups
from runtime.store.query.scope import needs_expressions, scope_condition
from runtime.store.query.selecting import Selection
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
        """Return a record with only those lookups that lead to what the person sees."""
        selection = Selection(self._unit, _all_of(form, sight, actor, env))
        return selection.through.cleared((record,))[0]

    def known(
        self, form: Form, sight: Sight, actor: Actor, env: Env, ids: Iterable[str]
    ) -> set[str]:
        """Return which of these records the person sees, or would if they were not deleted."""
        if sight.rows.none:
            return set()
        found = self._unit.records.many(form, ids, deleted=True, sides=False)
        return self._covered(form, sight, actor, env, found.values())

    def visible(
        self, form: Form, sight: Sight, actor: Actor, env: Env, ids: Iterable[str]
    ) -> frozenset[str]:
        """Return which of these living records the person sees."""
        wanted = tuple(dict.fromkeys(ids))
        if not wanted or sight.rows.none:
            return frozenset()
        if needs_expressions(sight.rows):
            return frozenset(self._seen(form, sight, actor, env, wanted))
        main = self._unit.store.tables(form).main
        rows = self._unit.connection.execute(
            main.select()
            .with_only_columns(main.c.id)
            .where(
                main.c.id.in_(wanted),
                main.c.deleted_at.is_(None),
                scope_condition(sight.rows, main, actor),
            )
        )
        return frozenset(row[0] for row in rows)

    def titles(
        self, form: Form, sight: Sight, actor: Actor, env: Env, ids: Iterable[str]
    ) -> Mapping[str, str]:
        """Return what these records are called, those in the recycle bin too; of records that
        the person does not see, nothing."""
        wanted = tuple(dict.fromkeys(ids))
        if not wanted or sight.rows.none or form.definition.title in sight.hidden:
            return {}
        found = self._unit.records.many(form, wanted, deleted=True, sides=False)
        if not sight.rows.all:
            seen = self._covered(form, sight, actor, env, found.values())
            found = {id_: record for id_, record in found.items() if id_ in seen}
        return title_text(self._unit, form, sight, found.values())

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
                page = self.page(_also(query, Condition("stage", "=", stage)))
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

    def _seen(
        self, form: Form, sight: Sight, actor: Actor, env: Env, ids: Iterable[str]
    ) -> Iterable[str]:
        found = self._unit.records.many(form, ids, sides=False)
        return self._covered(form, sight, actor, env, found.values())

    def _covered(
        self, form: Form, sight: Sight, actor: Actor, env: Env, records: Iterable[Record]
    ) -> set[str]:
        listed = list(records)
        rows = self._unit.records.rows(form, listed)
        return {
            record.id
            for record, row in zip(listed, rows, strict=True)
            if covers(sight.rows, row, actor, env)
        }


def _all_of(form: Form, sight: Sight, actor: Actor, env: Env) -> Query:
    return Query(
        form=form, sight=sight, actor=actor, env=env, sight_of=lambda other: sight_of(other, actor)
    )


def _also(query: Query, condition: Condition) -> Query:
    where = condition if query.where is None else AllOf((query.where, condition))
    return replace(query, where=where)
