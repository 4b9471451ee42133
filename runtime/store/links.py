"""Which fields of a form point to something else, and to what?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from engine.app import Form
from engine.field import Field, Storage
from engine.fields.lookup import Lookup as LookupField

PERSON = "person"
DEPARTMENT = "department"
Tree: TypeAlias = Mapping[str, "Tree"]
"""Which references are followed, and which of what they point to, and so on."""

_SYSTEM = {
    "owner": PERSON,
    "created_by": PERSON,
    "updated_by": PERSON,
    "department": DEPARTMENT,
}
_OF_PERSON = {"department": DEPARTMENT, "manager": PERSON}
_OF_DEPARTMENT = {"parent": DEPARTMENT, "head": PERSON}


@dataclass(frozen=True)
class Target:
    """What a link points to: people, departments, or the records of a form."""

    kind: str
    form: str | None = None
    """The form's name as the referring form says it: `form` or `app.form`."""


def target_of(form: Form, name: str) -> Target | None:
    """Return what a field (or system field) of a form points to."""
    field = form.fields.get(name)
    if field is not None:
        return field_target(field)
    kind = _SYSTEM.get(name)
    return Target(kind) if kind else None


def field_target(field: Field) -> Target | None:
    """Return what a field points to, if it holds ids."""
    if field.storage not in (Storage.LINK, Storage.LINKS):
        return None
    if field.type in (PERSON, DEPARTMENT):
        return Target(field.type)
    return Target("form", getattr(field, "to", None))


def target_of_people(kind: str, name: str) -> Target | None:
    """Return what a column of a person or department points to."""
    known = (_OF_PERSON if kind == PERSON else _OF_DEPARTMENT).get(name)
    return Target(known) if known else None


@dataclass(frozen=True)
class Lookup:
    """A field that shows what stands on the record that a reference points to."""

    id: str
    through: str
    source: str

    @property
    def path(self) -> tuple[str, ...]:
        """The way from the record to the value."""
        return (self.through, self.source)


def lookups(form: Form) -> tuple[Lookup, ...]:
    """Return the lookup fields of a form."""
    return tuple(
        Lookup(field.id, field.by, field.field)
        for field in form.fields.values()
        if isinstance(field, LookupField)
    )


def tree_of(paths: Iterable[tuple[str, ...]]) -> Tree:
    """Sort paths by their beginnings; the last step of each points to nothing, it is a value."""
    tree: dict[str, dict[str, object]] = {}
    for path in paths:
        place: dict[str, object] = tree  # type: ignore[assignment]  # a tree of trees
        for step in path if len(path) > 1 else ():
            place = place.setdefault(step, {})  # type: ignore[assignment]  # a tree of trees
    return tree  # type: ignore[return-value]  # a tree of trees


def with_lookups(form: Form, tree: Tree) -> Tree:
    """Return what is read of a form, with what its lookups show in place of these."""
    found = dict(tree)
    for lookup in lookups(form):
        if lookup.id in tree:
            shown = {lookup.source: tree[lookup.id]}
            found[lookup.through] = {**found.get(lookup.through, {}), **shown}
    return found


def references_to(forms: Iterable[Form], app: str, form: str) -> Iterator[tuple[Form, Field]]:
    """Yield every reference field that points to a form, with the form that it stands on."""
    for other in forms:
        for field in other.fields.values():
            target = field_target(field)
            if target is None or target.form is None:
                continue
            named, _, name = target.form.rpartition(".")
            if name == form and (named or other.app) == app:
                yield other, field
