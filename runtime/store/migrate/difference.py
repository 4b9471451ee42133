"""What must happen to the tables of an app so that they fit its new definitions?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from engine.app import App, Form
from engine.field import Field, Storage
from runtime.store.migrate.shape import COLUMN, LINES, LINKS, NONE, FieldShape, FormShape, Shape
from runtime.store.tables import cells_of

T = TypeVar("T")

_PLAIN_TEXT = {"text", "long_text"}
_TEXTS = {"text", "phone", "email", "url", "id_number", "barcode", "colour", "auto_number"}


@dataclass(frozen=True)
class Kept:
    """A field that was there before, perhaps under another id or of another type."""

    old: FieldShape
    new: FieldShape

    @property
    def renamed(self) -> bool:
        """Whether it has another id now."""
        return self.old.id != self.new.id

    @property
    def retyped(self) -> bool:
        """Whether its values must be read anew."""
        return needs_conversion(self.old, self.new)


@dataclass(frozen=True)
class FieldsChange:
    """What happens to the fields of a form, or to the cells of a line field."""

    added: tuple[FieldShape, ...]
    kept: tuple[Kept, ...]
    dropped: tuple[FieldShape, ...]


@dataclass(frozen=True)
class FormChange:
    """What happens to a form that was there before."""

    old: FormShape
    new: FormShape
    fields: FieldsChange
    lines: Mapping[str, FieldsChange]
    """By the new id of a line field that stays one."""


@dataclass(frozen=True)
class Difference:
    """What happens to an app's tables."""

    added: tuple[FormShape, ...]
    changed: tuple[FormChange, ...]
    dropped: tuple[FormShape, ...]


def difference(old: Shape, new: Shape, app: App, back_from: App | None = None) -> Difference:
    """Compare by ids, and by the ids that forms and fields say they had formerly; on the way back
    from a newer definition, also by those that it gave them."""
    back = _Back(back_from)
    formerly = {id_: form.definition.formerly for id_, form in app.forms.items()}
    came_from = _origins(old, formerly, back.forms)
    now_called = {was: is_ for is_, was in came_from.items()}
    changed = tuple(
        _form_change(_renamed_targets(old[was], now_called, app.id), new[is_], app.forms[is_], back)
        for is_, was in came_from.items()
    )
    return Difference(
        added=tuple(form for id_, form in new.items() if id_ not in came_from),
        changed=changed,
        dropped=tuple(form for id_, form in old.items() if id_ not in now_called),
    )


class _Back:
    """By which ids a newer definition called what it found."""

    def __init__(self, newer: App | None) -> None:
        self._newer = newer.forms if newer else {}
        self.forms = {
            form.definition.formerly: id_
            for id_, form in self._newer.items()
            if form.definition.formerly
        }

    def fields(self, form: str) -> dict[str, str]:
        """Return what the fields of a form, as that one called it, were called there."""
        return _back_names(self._newer[form].fields.values()) if form in self._newer else {}

    def cells(self, form: str, line: str) -> dict[str, str]:
        """Return what the cells of a line field were called."""
        fields = self._newer[form].fields if form in self._newer else {}
        return _back_names(cells_of(fields[line])) if line in fields else {}


def _back_names(fields: Iterable[Field]) -> dict[str, str]:
    return {field.formerly: field.id for field in fields if field.formerly}


def _origins(
    old: Mapping[str, object], formerly: Mapping[str, str | None], back: Mapping[str, str]
) -> dict[str, str]:
    """Return under which id each thing was there before. What it was called formerly decides, as
    long as nothing is called so any more; else its own id does; else what it is called there."""
    origins: dict[str, str] = {}
    for id_, said in formerly.items():
        was = said if id_ in old or said in old else back.get(id_)
        if was is not None and was in old and was not in formerly and was not in origins.values():
            origins[id_] = was
        elif id_ in old:
            origins[id_] = id_
    return origins


def _renamed_targets(form: FormShape, now_called: Mapping[str, str], app: str) -> FormShape:
    """References point to the same form under its new name: that is no change of type."""

    def renamed(field: FieldShape) -> FieldShape:
        named, _, name = (field.to or "").rpartition(".")
        to = field.to
        if named in ("", app) and name in now_called:
            to = f"{named}.{now_called[name]}" if named else now_called[name]
        cells = {id_: renamed(cell) for id_, cell in (field.cells or {}).items()}
        return replace(field, to=to, cells=cells or None)

    return replace(form, fields={id_: renamed(field) for id_, field in form.fields.items()})


def _form_change(old: FormShape, new: FormShape, form: Form, back: _Back) -> FormChange:
    formerly = {id_: field.formerly for id_, field in form.fields.items()}
    fields = _fields_change(old.fields, new.fields, formerly, back.fields(old.id))
    lines = {
        kept.new.id: _fields_change(
            kept.old.cells or {},
            kept.new.cells or {},
            {cell.id: cell.formerly for cell in cells_of(form.fields[kept.new.id])},
            back.cells(old.id, kept.old.id),
        )
        for kept in fields.kept
        if kept.old.kind == kept.new.kind == LINES
    }
    return FormChange(old, new, fields, lines)


def _fields_change(
    old: Mapping[str, FieldShape],
    new: Mapping[str, FieldShape],
    formerly: Mapping[str, str | None],
    back: Mapping[str, str],
) -> FieldsChange:
    origins = _origins(old, formerly, back)
    pairs = [Kept(old[was], new[is_]) for is_, was in origins.items()]
    stay = tuple(pair for pair in pairs if _can_stay(pair))
    went = {pair.old.id for pair in pairs if not _can_stay(pair)} | (
        old.keys() - set(origins.values())
    )
    came = {pair.new.id for pair in pairs if not _can_stay(pair)} | (new.keys() - origins.keys())
    return FieldsChange(
        added=tuple(field for id_, field in new.items() if id_ in came),
        kept=stay,
        dropped=tuple(field for id_, field in old.items() if id_ in went),
    )


def _can_stay(pair: Kept) -> bool:
    kinds = (pair.old.kind, pair.new.kind)
    return kinds in {
        (COLUMN, COLUMN),
        (LINES, LINES),
        (LINKS, LINKS),
        (NONE, NONE),
        (COLUMN, LINKS),
        (LINKS, COLUMN),
    } and _link_stays_link(pair)


def _link_stays_link(pair: Kept) -> bool:
    if pair.old.kind == pair.new.kind:
        return True
    return {pair.old.storage, pair.new.storage} == {Storage.LINK, Storage.LINKS}


def needs_conversion(old: FieldShape, new: FieldShape) -> bool:
    """Tell whether values kept as the one can't stand as the other just as they are."""
    if old.kind != new.kind or old.storage is not new.storage:
        return True
    if old.kind in (LINES, NONE):
        return False
    if old.to != new.to or old.scale != new.scale:
        return True
    if old.type == new.type or "formula" in (old.type, new.type):
        return False
    return not (old.type in _TEXTS and new.type in _PLAIN_TEXT)


def each_kept(change: FieldsChange, wanted: Callable[[Kept], bool]) -> Iterator[Kept]:
    """Yield the fields that stay and of which something is true."""
    return (kept for kept in change.kept if wanted(kept))
