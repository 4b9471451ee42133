"""How is the company divided?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, func, insert, select, update

from runtime.store.ids import new_id
from runtime.store.platform_tables import department

if TYPE_CHECKING:
    from runtime.store.unit import Unit


@dataclass(frozen=True, kw_only=True)
class Department:
    """One part of the company."""

    id: str
    name: str
    code: str | None = None
    """Goes into automatic numbers."""
    parent: str | None = None
    head: str | None = None
    path: str
    """The ids from the top down to this one, each between slashes."""
    position: int = 0

    @property
    def depth(self) -> int:
        """How many departments stand above it."""
        return self.path.count("/") - 2

    def row(self) -> dict[str, Any]:
        """Return what expressions see of a department."""
        return {name: getattr(self, name) for name in ("id", "name", "code", "parent", "head")}


class InsideItself(ValueError):
    """A department can't be moved into itself or into one of its own parts."""


class Departments:
    """The tree of departments."""

    def __init__(self, unit: Unit) -> None:
        self._connection = unit.connection

    def one(self, id_: str) -> Department | None:
        """Return a department."""
        row = self._connection.execute(select(department).where(department.c.id == id_)).first()
        return _department(row) if row else None

    def by_ids(self, ids: Iterable[str]) -> Mapping[str, Department]:
        """Return several departments by their ids, whichever of them exist."""
        rows = self._connection.execute(select(department).where(department.c.id.in_(tuple(ids))))
        return {row.id: _department(row) for row in rows}

    def tree(self) -> tuple[Department, ...]:
        """Return all departments, each before its parts, sisters in their order."""
        rows = self._connection.execute(
            select(department).order_by(department.c.position, department.c.name, department.c.id)
        )
        children: dict[str | None, list[Department]] = {}
        for found in map(_department, rows):
            children.setdefault(found.parent, []).append(found)
        return tuple(_downwards(children, None))

    def below(self, path: str) -> tuple[str, ...]:
        """Return the ids of the department with this path and of all its parts."""
        # A range instead of LIKE: the index serves it on both databases; "0" follows "/".
        rows = self._connection.execute(
            select(department.c.id)
            .where(department.c.path >= path, department.c.path < path[:-1] + "0")
            .order_by(department.c.path)
        )
        return tuple(row[0] for row in rows)

    def with_below(self, id_: str) -> tuple[str, ...]:
        """Return a department's id and those of all its parts; nothing if it does not exist."""
        found = self.one(id_)
        return self.below(found.path) if found else ()

    def names(self) -> Mapping[str, str]:
        """Return the names of all departments by id."""
        rows = self._connection.execute(select(department.c.id, department.c.name))
        return {row[0]: row[1] for row in rows}

    def add(
        self, name: str, now: datetime, *, id_: str | None = None, parent: str | None = None,
        **more: Any,
    ) -> Department:  # fmt: skip
        """Add a department; `more` are other columns, such as `code` and `head`."""
        new_id_ = id_ or new_id(now)
        path = f"{self._path(parent)}{new_id_}/"
        new = {"id": new_id_, "name": name, "parent": parent, "path": path, **more}
        if "position" not in new:
            asked = select(func.count()).where(department.c.parent == parent)
            new["position"] = self._connection.execute(asked).scalar_one()
        self._connection.execute(insert(department), new)
        return Department(**new)

    def edit(self, id_: str, **changes: Any) -> bool:
        """Change columns of a department; False if there is no such department. Moving it moves
        all its parts."""
        known = self.one(id_)
        if known is None:
            return False
        if "parent" in changes and changes["parent"] != known.parent:
            self._move(known, changes["parent"])
        self._connection.execute(update(department).where(department.c.id == id_).values(**changes))
        return True

    def _move(self, moved: Department, parent: str | None) -> None:
        above = self._path(parent)
        if moved.path in above:
            raise InsideItself(moved.id)
        for id_ in self.below(moved.path):
            part = self.one(id_)
            assert part is not None
            path = f"{above}{moved.id}/{part.path.removeprefix(moved.path)}"
            self._connection.execute(
                update(department).where(department.c.id == id_).values(path=path)
            )

    def _path(self, id_: str | None) -> str:
        if id_ is None:
            return "/"
        found = self.one(id_)
        if found is None:
            raise LookupError(f"no department {id_}")
        return found.path


def _department(row: Row[Any]) -> Department:
    return Department(**row._mapping)


def _downwards(
    children: Mapping[str | None, list[Department]], parent: str | None
) -> list[Department]:
    found = []
    for child in children.get(parent, ()):
        found += [child, *_downwards(children, child.id)]
    return found
