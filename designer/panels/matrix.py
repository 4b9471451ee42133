"""Who may do what with the records of a form, and see what of them, as tables that one can set?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from designer.panels.around import Around
from designer.panels.build import control_of
from designer.panels.controls import Control, as_text, renamed
from designer.panels.places import place_at
from engine.app import Form
from engine.definition.access import GrantDef
from engine.definition.titles import titles_of
from engine.editing.edits import Target
from engine.wording import words

RIGHTS = (
    "rows", "create", "edit", "advance", "transfer", "delete", "export", "import", "comment",
    "links",
)  # fmt: skip
SIGHTS = ("hide", "mask", "readonly")
"""How far a field is kept from a role, the farthest first."""


@dataclass(frozen=True)
class RoleRow:
    """All rights of one role."""

    id: str
    label: str
    target: Target
    there: bool
    controls: tuple[Control, ...]

    @property
    def written(self) -> str:
        """Where its rights stand, as pages hand it on."""
        return as_text(self.target)


@dataclass(frozen=True)
class Sight:
    """How one role sees one field."""

    role: str
    label: str
    """The role and the field, for those who do not see the table."""
    now: str
    """One of SIGHTS; empty where nothing is kept."""


@dataclass(frozen=True)
class FieldRow:
    """How every role sees one field."""

    id: str
    label: str
    sights: tuple[Sight, ...]


@dataclass(frozen=True)
class FieldPart:
    """The fields of one section."""

    label: str
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True)
class Holder:
    """One role with the fields that are kept from it, as the page changes them."""

    id: str
    label: str
    target: str
    lists: str
    there: bool


def file_of(around: Around, form: Form) -> str:
    """Return the file in which a form stands."""
    return around.app.at("forms", form.id).file


def right_names(around: Around) -> tuple[tuple[str, str], ...]:
    """Return the columns of the table: what each right is called, and what it means."""
    titles = titles_of(GrantDef)
    locale = around.locale
    return tuple((titles[key].title[locale], titles[key].help[locale]) for key in RIGHTS)


def role_rows(around: Around, form: Form) -> tuple[RoleRow, ...]:
    """Return the rights of every role of the app on a form."""
    file = file_of(around, form)
    return tuple(
        RoleRow(
            id=role.id,
            label=words(role.label, around.locale),
            target=(file, "access", role.id),
            there=around.seen.draft.exists((file, "access", role.id)),
            controls=tuple(_rights(around, (file, "access", role.id))),
        )
        for role in around.app.definition.roles
    )


def _rights(around: Around, target: Target) -> Iterator[Control]:
    grant = place_at(around.seen.draft, target)
    assert grant is not None
    for right in RIGHTS:
        place = place_at(around.seen.draft, (*target, right))
        assert place is not None
        control = control_of(around, place, grant.keys[right])
        # Who has no rights at all has none that others have without saying so.
        control = renamed(control, "m")
        yield replace(control, default=False) if grant.value is None else control


def holders(around: Around, form: Form) -> tuple[Holder, ...]:
    """Return every role with the lists that a cell of the table of fields changes."""
    file = file_of(around, form)
    found = []
    for role in around.app.definition.roles:
        target = (file, "access", role.id)
        grant = around.seen.draft.value(target) or {}
        lists = {key: list(grant.get(key) or ()) for key in SIGHTS}
        there = around.seen.draft.exists(target)
        label = words(role.label, around.locale)
        found.append(Holder(role.id, label, as_text(target), as_text(lists), there))
    return tuple(found)


def field_parts(around: Around, form: Form) -> tuple[FieldPart, ...]:
    """Return every field of a form with how each role sees it."""
    file = file_of(around, form)
    grants = around.seen.draft.value((file, "access")) or {}
    locale = around.locale
    roles = [(role.id, words(role.label, locale)) for role in around.app.definition.roles]
    parts = []
    for section in form.definition.sections:
        rows = []
        for field in section.fields:
            label = words(field.label, locale)
            sights = tuple(
                Sight(id_, f"{name} · {label}", _sight(grants.get(id_) or {}, field.id))
                for id_, name in roles
            )
            rows.append(FieldRow(field.id, label, sights))
        parts.append(FieldPart(words(section.label, locale), tuple(rows)))
    return tuple(parts)


def _sight(grant: dict[str, list[str]], field: str) -> str:
    return next((key for key in SIGHTS if field in (grant.get(key) or ())), "")
