"""What waits in a pool, as those see it who may take it?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from engine.app import Form
from engine.definition.pool import PoolDef
from engine.outcomes import Denied
from engine.record import Record
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.pools.claim_record import Room, pool_of, room_of
from runtime.use_cases.reach import Work, begin

MOST_COLUMNS = 6
CLOSED = ("reference", "reference_list", "lookup", "rollup", "lines", "file", "image", "signature")
"""Kinds of fields whose values point to what belongs to other records."""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One page of a pool."""

    pool: PoolDef
    columns: tuple[str, ...]
    records: tuple[Record, ...]
    """With the values of the columns only."""
    count: int
    next: tuple[datetime, str] | None
    room: Room


def list_pool(
    services: Services,
    act: Act,
    form: Form,
    limit: int = 50,
    after: tuple[datetime, str] | None = None,
) -> Waiting | Denied:
    """Return what waits, the longest first, without the fields that are hidden there."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        pool = pool_of(work)
        if pool is None:
            return Denied(Message("您没有领取“{form}”的权限", form=form.definition.label))
        found = unit.pools.waiting(form, limit + 1, after)
        columns = shown(work, pool)
        last = found[limit - 1] if len(found) > limit else None
        return Waiting(
            pool=pool,
            columns=columns,
            records=tuple(_cut(record, columns) for record in found[:limit]),
            count=unit.pools.count(form),
            next=(last.updated_at, last.id) if last else None,
            room=room_of(work, pool),
        )


def shown(work: Work, pool: PoolDef) -> tuple[str, ...]:
    """Return the columns of a pool: those of the list that the actor sees there unveiled."""
    form, sight = work.form, work.sight
    wanted = (form.definition.title, *(form.definition.list.columns or form.fields))
    veiled = sight.hidden | sight.masked | set(pool.hide)
    open_ = (
        id_
        for id_ in dict.fromkeys(wanted)
        if id_ in form.fields and form.fields[id_].type not in CLOSED and id_ not in veiled
    )
    return tuple(open_)[:MOST_COLUMNS]


def _cut(record: Record, columns: tuple[str, ...]) -> Record:
    return replace(record, values={id_: record.values.get(id_) for id_ in columns})
