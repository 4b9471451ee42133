"""May this person know what stands at the end of a path from a record?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.access.sight import Sight, sight_of
from engine.app import Form
from engine.fields.lines import Lines
from engine.fields.lookup import Lookup
from engine.record import Actor
from runtime.use_cases.name_values import target_of
from runtime.use_cases.reach import Work

_MOST_STEPS = 8


@dataclass(frozen=True)
class SeenPaths:
    """Judges paths by the rights on each form that they come through."""

    work: Work
    row: Mapping[str, Any]
    sight_of: Callable[[Form, Actor], Sight] = sight_of

    def may_see(self, path: tuple[str, ...]) -> bool:
        """Tell whether no step of the path is hidden or masked, and each record on the way is
        one that the person sees. Where that can't be told of one record, the answer is no."""
        return self._from(self.work.form, self.work.sight, self.row, path)

    def _from(
        self, form: Form, sight: Sight, row: Mapping[str, Any] | None, path: tuple[str, ...]
    ) -> bool:
        first, *rest = path
        if first in sight.hidden or first in sight.masked or len(path) > _MOST_STEPS:
            return False
        field = form.fields.get(first)
        if isinstance(field, Lookup):
            return self._from(form, sight, row, (field.by, field.field))
        if not rest or field is None:
            return True
        if isinstance(field, Lines):
            return self._in_lines(form, field, tuple(rest))
        return self._beyond(form, first, row, tuple(rest))

    def _in_lines(self, form: Form, lines: Lines, rest: tuple[str, ...]) -> bool:
        cell = lines.cells.get(rest[0])
        if cell is None or len(rest) == 1:
            return True
        over = self._target(form, cell)
        if over is None:
            return True
        sight = self.sight_of(over, self.work.act.actor)
        # Rows point to many records; only who sees all of them may know.
        return sight.rows.all and self._from(over, sight, None, rest[1:])

    def _beyond(
        self, form: Form, first: str, row: Mapping[str, Any] | None, rest: tuple[str, ...]
    ) -> bool:
        over = self._target(form, form.fields[first])
        if over is None:
            return True
        sight = self.sight_of(over, self.work.act.actor)
        there = row.get(f"{first}.") if row is not None else None
        if not sight.rows.all and not self._seen(over, sight, row, first):
            return False
        return self._from(over, sight, there if isinstance(there, Mapping) else None, rest)

    def _seen(self, over: Form, sight: Sight, row: Mapping[str, Any] | None, first: str) -> bool:
        id_ = row.get(first) if row is not None else None
        if not isinstance(id_, str):
            return row is not None and id_ is None
        work = self.work
        return id_ in work.unit.query.visible(over, sight, work.act.actor, work.env, (id_,))

    def _target(self, form: Form, field: Any) -> Form | None:
        """Return the form that a field points to; None for people and departments."""
        if not hasattr(field, "to"):
            return None
        app, to = target_of(form, field)
        apps = self.work.services.apps
        return apps[app].forms.get(to) if app in apps else None
