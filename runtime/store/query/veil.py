"""What of a record is left for a person who may not see all of it?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engine.access.sight import Sight
from engine.app import Form
from engine.field import Field, Storage
from engine.fields.lookup import Lookup
from engine.masking import STAR, mask_for, masked
from engine.record import Record, Value

_HIDEABLE = frozenset(
    {"owner", "department", "pipeline", "stage", "stage_entered_at", "created_by", "updated_by"}
)
_WITHOUT_WORDS = {Storage.LINK, Storage.LINKS, Storage.LINES, Storage.JSON}


class Veil:
    """Hides and masks what the rights say, lookups by what they show included."""

    def __init__(
        self,
        form: Form,
        sight: Sight,
        target: Callable[[str], Form | None],
        sight_of: Callable[[Form], Sight],
    ) -> None:
        self._form = form
        self.hidden = set(sight.hidden)
        self._masks: dict[str, Field] = {
            name: form.fields[name] for name in sight.masked if name in form.fields
        }
        for field in form.fields.values():
            if isinstance(field, Lookup) and field.id not in sight.hidden:
                self._look_through(field, target, sight_of)
        self.nothing_to_do = not self.hidden and not sight.masked and not self._masks
        self._system = sorted(_HIDEABLE.intersection(sight.hidden | sight.masked))

    def drawn(self, record: Record) -> Record:
        """Return the record without what is hidden, with what is masked starred out."""
        if self.nothing_to_do:
            return record
        values = {name: v for name, v in record.values.items() if name not in self.hidden}
        for name, field in self._masks.items():
            if name in values:
                values[name] = starred(field, values[name])
        blank: dict[str, Any] = dict.fromkeys(self._system)
        return replace(record, values=values, **blank)

    def _look_through(
        self,
        field: Lookup,
        target: Callable[[str], Form | None],
        sight_of: Callable[[Form], Sight],
    ) -> None:
        reference = self._form.fields.get(field.by)
        form = target(str(getattr(reference, "to", "")))
        if form is None or field.by in self.hidden:
            self.hidden.add(field.id)
            return
        there = sight_of(form)
        if there.rows.none or field.field in there.hidden:
            self.hidden.add(field.id)
        elif field.field in there.masked and field.field in form.fields:
            self._masks[field.id] = form.fields[field.field]


def starred(field: Field, value: Value) -> Value:
    """Return what a person sees of a value that is masked."""
    if value is None or field.storage is Storage.LINES:
        return None
    if field.storage in _WITHOUT_WORDS:
        return STAR * 4
    return masked(field.show(value), mask_for(field.type, field.mask)) or None
