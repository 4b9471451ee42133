"""Which ways of looking at a list did people save?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, or_, select, update

from runtime.store.platform_tables import first_view, view

if TYPE_CHECKING:
    from runtime.store.unit import Unit


EVERYBODY = ""
"""Whose first view it is that holds for all who chose none."""


@dataclass(frozen=True, kw_only=True)
class SavedView:
    """A named filter, sort and choice of columns."""

    id: str
    app: str
    form: str
    person: str
    name: str
    shared: bool
    definition: Mapping[str, Any]
    """`feel`, `sort` and `columns`; those kept by older versions have `where`, as a view of the
    app's definition."""
    created_at: datetime


class Views:
    """The views that people saved, their own and those shared with everybody."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def of(self, app: str, form: str, person: str) -> tuple[SavedView, ...]:
        """Return the views of a form that a person sees, in the order in which they were made."""
        rows = self._connection.execute(
            select(view)
            .where(view.c.app == app, view.c.form == form)
            .where(or_(view.c.person == person, view.c.shared))
            .order_by(view.c.id)
        )
        return tuple(SavedView(**row._mapping) for row in rows)

    def all_of(self, app: str) -> tuple[SavedView, ...]:
        """Return every view of an app, whoever saved it."""
        rows = self._connection.execute(select(view).where(view.c.app == app).order_by(view.c.id))
        return tuple(SavedView(**row._mapping) for row in rows)

    def one(self, id_: str, person: str) -> SavedView | None:
        """Return one view if the person may see it."""
        row = self._connection.execute(
            select(view).where(view.c.id == id_, or_(view.c.person == person, view.c.shared))
        ).first()
        return SavedView(**row._mapping) if row else None

    def add(self, saved: SavedView) -> None:
        """Keep a view."""
        self._connection.execute(insert(view), vars(saved))

    def change(self, id_: str, person: str, **changes: Any) -> bool:
        """Change name, definition or sharing of one's own view; False if it is not one's own."""
        done = self._connection.execute(
            update(view).where(view.c.id == id_, view.c.person == person).values(**changes)
        )
        return done.rowcount == 1

    def remove(self, id_: str, person: str) -> bool:
        """Remove one's own view; False if it is not one's own."""
        done = self._connection.execute(
            delete(view).where(view.c.id == id_, view.c.person == person)
        )
        if done.rowcount == 1:
            self._connection.execute(delete(first_view).where(first_view.c.view == id_))
        return done.rowcount == 1

    def first(self, app: str, form: str, person: str) -> Mapping[str, str]:
        """Return the ids of the views that a person, and EVERYBODY, wants to see first."""
        rows = self._connection.execute(
            select(first_view.c.person, first_view.c.view).where(
                first_view.c.app == app,
                first_view.c.form == form,
                first_view.c.person.in_((person, EVERYBODY)),
            )
        )
        return {each.person: each.view for each in rows}

    def put_first(self, app: str, form: str, person: str, id_: str | None) -> None:
        """Remember which view a person, or EVERYBODY, wants to see first; None: whichever is."""
        self._connection.execute(
            delete(first_view).where(
                first_view.c.app == app, first_view.c.form == form, first_view.c.person == person
            )
        )
        if id_ is not None:
            chosen = {"app": app, "form": form, "person": person, "view": id_}
            self._connection.execute(insert(first_view), chosen)
