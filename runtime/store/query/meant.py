"""Which records does a question mean, as part of another statement?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, false, or_, select

from runtime.store.query.asked import Query
from runtime.store.query.selecting import Selection

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True)
class Meant:
    """A condition, and what a statement with it needs when it runs."""

    condition: ColumnElement[bool]
    given: Mapping[str, Any]


def about_one_of(unit: Unit, table: Any, queries: Iterable[Query]) -> Meant:
    """Return the condition for rows (with `app`, `form` and `record`) about records that one of
    these questions means, those in the recycle bin too. Raises NotAllowed."""
    parts: list[ColumnElement[bool]] = []
    given: dict[str, Any] = {}
    for query in queries:
        place = (table.c.app == query.form.app, table.c.form == query.form.id)
        for deleted in (False, True):
            selection = Selection(unit, replace(query, deleted=deleted))
            ids = select(selection.tables.main.c.id).where(selection.condition)
            parts.append(and_(*place, table.c.record.in_(ids)))
            given |= selection.given
    return Meant(or_(false(), *parts), given)
