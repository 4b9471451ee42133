"""Which records would be asked for more, or held up, if a draft were published?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from designer.drafts.met import MOST_LISTED, Item, Met, listed
from engine.access.sight import SEES_ALL, sight_of
from engine.app import App, Form
from engine.field import Field
from engine.filter import FilterDef
from engine.record import Record
from engine.stages.advance import what_is_missing
from engine.stages.moves import next_stage
from engine.wording import Message
from runtime.store.query import Measure, NotAllowed
from runtime.store.query.asked import Query
from runtime.use_cases.filtering import BadFilter, where_of
from runtime.use_cases.reach import Work

MOST_RECORDS, BATCH = 20_000, 500
"""Gates are tried on so many records of a form; what is counted by the database has no limit."""


def records_met(work: Work, form: Form, new: App) -> Iterator[Met]:
    """Yield the records of a form, as it is now, that its new definition would meet."""
    for field in _newly_required(work.form, form):
        yield from _empty(work, form, field)
    if form.pipelines != work.form.pipelines:
        yield from _held_up(work, form, new)


def _newly_required(old: Form, new: Form) -> Iterator[Field]:
    for id_, field in new.fields.items():
        before = old.fields[id_].required if id_ in old.fields else False
        if field.required and field.settable and field.required != before:
            yield field


def _empty(work: Work, form: Form, field: Field) -> Iterator[Met]:
    """Yield how many records have nothing in a field that they must have something in."""
    query = _lacking(work, field)
    if query is None:
        return
    count = _count(work, query)
    if not count:
        return
    message = Message(
        "“{form}”有 {n} 条记录还没填“{field}”，下次保存时要补上",
        form=form.definition.label, n=count, field=field.label,
    )  # fmt: skip
    yield listed("records", message, _first_of(work, query), count)


def _lacking(work: Work, field: Field) -> Query | None:
    """Return the question for records without a value; None if it can't be asked of what is
    there."""
    old = work.form
    try:
        filters = (FilterDef(field=field.id, op="empty"),) if field.id in old.fields else ()
        when = field.required if isinstance(field.required, str) else None
        where = where_of(work.app, old, filters, feel=when)
    except BadFilter:
        return None
    return Query(
        form=old, sight=SEES_ALL, actor=work.act.actor, env=work.env, where=where,
        sight_of=lambda _form: SEES_ALL,
    )  # fmt: skip


def _count(work: Work, query: Query) -> int:
    found = work.unit.query.aggregate(query, (), (Measure("count"),))
    return int(str(found[0]["count"])) if found else 0


def _first_of(work: Work, query: Query) -> list[Item]:
    """Return the first records that a question finds and that who asks may see, if they may ask
    it at all."""
    sight = sight_of(work.form, work.act.actor)
    if sight.rows.none:
        return []
    try:
        page = work.unit.query.page(replace(query, sight=sight, limit=MOST_LISTED))
    except NotAllowed:
        return []
    return items_of(work, [record.id for record in page.records])


def items_of(work: Work, ids: Iterable[str]) -> list[Item]:
    """Return those of some records that who asks may see, by their titles."""
    form, actor = work.form, work.act.actor
    sight, wanted = sight_of(form, actor), tuple(ids)
    if sight.rows.none:
        return []
    seen = work.unit.query.visible(form, sight, actor, work.env, wanted)
    titles = work.unit.query.titles(form, sight, actor, work.env, seen)
    return [
        Item(titles.get(id_) or id_, f"/a/{form.app}/{form.id}/{id_}")
        for id_ in wanted
        if id_ in seen
    ]


@dataclass(frozen=True)
class _Held:
    ids: list[str]
    looked_at: int
    whole: bool


def _held_up(work: Work, form: Form, new: App) -> Iterator[Met]:
    held = _tried(work, form, new)
    if not held.ids:
        return
    message = Message(
        "“{form}”有 {n} 条记录原本可以进入下一阶段，发布后会被新的要求拦住",
        form=form.definition.label, n=len(held.ids),
    )  # fmt: skip
    part = None if held.whole else Message("记录太多，只看了其中 {n} 条", n=held.looked_at)
    items = items_of(work, held.ids[: MOST_LISTED * 4])
    yield listed("records", message, items, len(held.ids), part)


def _tried(work: Work, form: Form, new: App) -> _Held:
    query = Query(form=work.form, sight=SEES_ALL, actor=work.act.actor, env=work.env)
    ids: list[str] = []
    looked_at = 0
    for batch in work.unit.query.batches(query, BATCH):
        if looked_at >= MOST_RECORDS:
            return _Held(ids, looked_at, whole=False)
        ids += [record.id for record in batch if _blocked(work, form, new, record)]
        looked_at += len(batch)
    return _Held(ids, looked_at, whole=True)


def _blocked(work: Work, form: Form, new: App, record: Record) -> bool:
    """Tell if a record could go on as things are, and could not by the draft."""
    before, after = next_stage(work.form, record), next_stage(form, record)
    if before is None or after is None:
        return False
    facts = work.facts(record)
    if what_is_missing(work.app, work.form, facts, before):
        return False
    row = {**dict.fromkeys(form.fields), **facts.row}
    return bool(what_is_missing(new, form, replace(facts, row=row), after))
