"""What does a document take from records of other forms?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from engine.app import Form
from engine.documents.blocks.clauses import ClausesBlock
from engine.documents.blocks.related import RelatedBlock
from engine.documents.reader import Shown, Table, Unmakeable
from engine.record import Record
from engine.wording import Message
from runtime.store.query import Query
from runtime.use_cases.documents.sights import reading_sight
from runtime.use_cases.filtering import where_of
from runtime.use_cases.reach import Work

if TYPE_CHECKING:
    from runtime.use_cases.documents.reading import RecordReader

MOST_CLAUSES = 500


def related(reader: RecordReader, block: RelatedBlock) -> Table:
    """Return the records that refer to the reader's, as far as its maker sees them."""
    work = _there(reader.work, block.form)
    shut = work.sight.hidden
    names = tuple(name for name in block.columns if name not in shut)
    if work.sight.rows.none or block.by in shut or not names:
        return Table((), (), (), {})
    asked = replace(
        _query(work), only={block.by: reader.record.id}, sort=block.sort, limit=block.most
    )
    records = work.unit.query.page(asked).records
    saying, form = reader.saying_of(work, records), work.form
    looks = (saying.looks(form, form.fields.get(name)) for name in names)
    return Table(
        columns=tuple(
            Shown(saying.label(form, name), "", *look)
            for name, look in zip(names, looks, strict=True)
        ),
        names=names,
        rows=tuple(
            tuple(saying.of_record(form, name, _value(form, record, name)) for name in names)
            for record in records
        ),
        totals={},
    )


def clauses(reader: RecordReader, block: ClausesBlock) -> Sequence[Mapping[str, str]]:
    """Return heading, text, version and id of the latest records that a block takes over. Raises
    Unmakeable where there are none, so that nothing goes out without its clauses."""
    work = _there(reader.work, block.form)
    shut = work.sight.hidden | work.sight.masked
    wanted = {block.heading, block.text, *filter(None, (block.version, block.per))}
    none = Unmakeable(
        Message("没有可用的条款（{form}），文档不能生成", form=work.form.definition.label)
    )
    if work.sight.rows.none or wanted & shut:
        raise none
    where = where_of(work.app, work.form, block.where)
    asked = replace(_query(work), where=where, sort=block.sort, limit=MOST_CLAUSES)
    records = _newest(work.form, block, work.unit.query.page(asked).records)
    if not records:
        raise none
    saying, form = reader.saying_of(work, records), work.form
    return [
        {
            "id": record.id,
            "title": saying.of_record(form, block.heading, record.values.get(block.heading)),
            "text": saying.of_record(form, block.text, record.values.get(block.text)),
            "version": saying.of_record(
                form, block.version or "", record.values.get(block.version or "")
            ),
        }
        for record in records
    ]


def _newest(form: Form, block: ClausesBlock, records: Sequence[Record]) -> Sequence[Record]:
    """Keep of records that are equal in one field the newest only, in the order that they have."""
    if block.per is None:
        return records
    best: dict[Any, Record] = {}
    for record in records:
        key = record.values.get(block.per)
        known = best.get(key)
        if known is None or _age(form, block, record) > _age(form, block, known):
            best[key] = record
    kept = {record.id for record in best.values()}
    return [record for record in records if record.id in kept]


def _age(form: Form, block: ClausesBlock, record: Record) -> tuple[Any, ...]:
    value = _value(form, record, block.newest)
    return (value is not None, value, record.id) if value is not None else (False, record.id)


def _value(form: Form, record: Record, name: str) -> Any:
    return record.values.get(name) if name in form.fields else getattr(record, name, None)


def _query(work: Work) -> Query:
    actor = work.act.actor
    return Query(
        form=work.form,
        sight=work.sight,
        actor=actor,
        env=work.env,
        sight_of=lambda other: reading_sight(other, actor),
    )


def _there(work: Work, form: str) -> Work:
    there = work.app.forms[form]
    return replace(work, form=there, sight=reading_sight(there, work.act.actor))
