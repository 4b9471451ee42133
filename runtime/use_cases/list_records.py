"""Which records does an actor see in a list, on a board, in a total?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.access.sight import sight_of
from engine.app import Form
from engine.definition.page import FilterDef
from engine.filters import Condition, Group, from_feel
from engine.outcomes import Denied
from engine.wording import Message
from runtime.services import Services
from runtime.store.query import AllOf, NotAllowed, Page, Query, Where
from runtime.use_cases.act import Act
from runtime.use_cases.filtering import BadFilter, read_where, where_of
from runtime.use_cases.reach import Work, begin

PAGE = 20
LONGEST_PAGE = 200


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list is asked to show."""

    filters: tuple[FilterDef, ...] = ()
    feel: str | None = None
    filter: Any = None
    """A tree as the API takes it; together with `filters`, both hold."""
    sort: tuple[str, ...] = ()
    columns: tuple[str, ...] | None = None
    search: str | None = None
    limit: int = PAGE
    after: str | None = None
    deleted: bool = False
    total: bool = True


@dataclass(frozen=True)
class BadQuestion:
    """The list can't be asked for like this."""

    message: Message


def list_records(
    services: Services, act: Act, form: Form, wanted: Wanted
) -> Page | BadQuestion | Denied:
    """Return one page of what the actor sees, masked and cut as the actor's roles say."""
    with services.store.reading() as unit:
        work = begin(services, unit, act, form)
        if work.sight.rows.none:
            return Denied(Message("您没有查看“{form}”的权限", form=form.definition.label))
        try:
            return unit.query.page(query_of(work, wanted))
        except (BadFilter, NotAllowed) as error:
            return BadQuestion(error.message)


def query_of(work: Work, wanted: Wanted) -> Query:
    """Turn the wish into the one query of the store. Raises BadFilter."""
    if not 1 <= wanted.limit <= LONGEST_PAGE:
        raise BadFilter(Message("每页 1 到 {most} 条", most=LONGEST_PAGE))
    return Query(
        form=work.form,
        sight=work.sight,
        actor=work.act.actor,
        env=work.env,
        where=where_wanted(work, wanted),
        sort=wanted.sort or work.form.definition.list.sort,
        columns=wanted.columns,
        limit=wanted.limit,
        after=wanted.after,
        search=wanted.search,
        deleted=wanted.deleted,
        total=wanted.total,
        sight_of=lambda other: sight_of(other, work.act.actor),
    )


def where_wanted(work: Work, wanted: Wanted) -> Where | None:
    """Put the chips and the tree together. Raises BadFilter."""
    chips = where_of(work.app, work.form, (*wanted.filters, *drawn_filters(work, wanted.feel)))
    tree = read_where(work.app, work.form, wanted.filter) if wanted.filter is not None else None
    if chips is None or tree is None:
        return chips or tree
    return AllOf((chips, tree))


def drawn_filters(work: Work, feel: str | None) -> tuple[FilterDef, ...]:
    """Return the conditions of a filter that is a plain list."""
    group = from_feel(work.app, work.form, feel) if feel else Group()
    if group is None or not group.all:
        raise BadFilter(Message("筛选条件写得不对"))
    made = []
    for item in group.items:
        if not isinstance(item, Condition):
            raise BadFilter(Message("筛选条件写得不对"))
        op = {"in_period": "this", "has_any": "in"}.get(item.op, item.op)
        several = op in ("in", "not_in", "between")
        value = list(item.values) if several else "".join(item.values).removeprefix("this_")
        made.append(FilterDef(field=item.field, op=op, value=value or None))  # type: ignore[arg-type]  # read below
    return tuple(made)
