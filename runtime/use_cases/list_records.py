"""Which records does an actor see in a list, on a board, in a total?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engine.access.sight import sight_of
from engine.app import Form
from engine.expressions import FeelError
from engine.filter import Where
from engine.outcomes import Denied
from engine.wording import Message
from runtime.limits import LONGEST_PAGE
from runtime.services import Services
from runtime.store.query import NotAllowed, Page, Query
from runtime.use_cases.act import Act
from runtime.use_cases.filtering import BadFilter, WrongFeel, where_of
from runtime.use_cases.reach import Work, begin

PAGE = 20


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list is asked to show."""

    filters: Where = ()
    filter: Any = None
    """A tree as the API takes it; together with `filters` and `feel`, all hold."""
    feel: str | None = None
    """A condition in FEEL."""
    only: Mapping[str, str] = field(default_factory=dict)
    """Fields that must hold just this id."""
    among: tuple[str, ...] | None = None
    """Only of the records with these ids."""
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
    problems: tuple[FeelError, ...] = ()
    """What is wrong with the FEEL text, and where in it."""


def bad_question(error: BadFilter | NotAllowed) -> BadQuestion:
    """Say why a list can't be asked for."""
    return BadQuestion(error.message, error.errors if isinstance(error, WrongFeel) else ())


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
            return bad_question(error)


def query_of(work: Work, wanted: Wanted) -> Query:
    """Turn the wish into the one query of the store. Raises BadFilter."""
    if not 1 <= wanted.limit <= LONGEST_PAGE:
        raise BadFilter(Message("每页 1 到 {most} 条", most=LONGEST_PAGE))
    return Query(
        form=work.form,
        sight=work.sight,
        actor=work.act.actor,
        env=work.env,
        where=where_of(work.app, work.form, wanted.filters, wanted.filter, wanted.feel),
        only=wanted.only,
        among=wanted.among,
        sort=wanted.sort or work.form.definition.list.sort,
        columns=wanted.columns,
        limit=wanted.limit,
        after=wanted.after,
        search=wanted.search,
        deleted=wanted.deleted,
        total=wanted.total,
        sight_of=lambda other: sight_of(other, work.act.actor),
    )
