"""Which fields does a filter offer, by what are they asked about, and where are values found?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.app import App, Form
from engine.expressions import Kind, Scope
from engine.field import Field, NotAcceptable
from engine.filters import BadFilter, Sort, known_at
from engine.typed.currencies import SIGNS
from engine.wording import words
from runtime.use_cases.name_values import target_of
from runtime.web.filters.words import beyond, label_of, options_of
from runtime.web.showing import sayer

KINDS: Mapping[Sort, str] = {
    Sort.TEXT: "text",
    Sort.ADDRESS: "address",
    Sort.CHOICE: "choice",
    Sort.NUMBER: "number",
    Sort.YES_NO: "yes_no",
    Sort.DATE: "date",
    Sort.MOMENT: "date",
    Sort.TIME: "time",
    Sort.RECORD: "reference",
    Sort.RECORDS: "many",
    Sort.PERSON: "person",
    Sort.DEPARTMENT: "department",
    Sort.MANY: "many",
}
"""What is not here is only asked whether there is anything."""
SOURCES = {"person": "/people", "department": "/departments"}
SYSTEM = (
    "owner", "stage", "department", "pipeline", "stage_entered_at", "created_at", "created_by",
    "updated_at", "updated_by", "last_activity_at",
)  # fmt: skip
ONCE = frozenset({"created_by", "updated_by", "department"})
"""References that nobody follows further in a menu."""


@dataclass(frozen=True, kw_only=True)
class Filterable:
    """One field that a list can be filtered by."""

    id: str
    label: str
    group: str
    kind: str
    options: tuple[tuple[str, str], ...] = ()
    source: str | None = None
    sign: str = ""
    """What stands before a number: the sign of a currency."""
    unit: str = ""
    """What stands behind it."""

    def data(self) -> dict[str, Any]:
        """Return it for the page; what it has not is left out."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True, kw_only=True)
class Fields:
    """The fields of a form and of those that it refers to, as one person may use them."""

    apps: Mapping[str, App]
    form: Form
    scope: Scope
    """Holds only what the person sees."""
    locale: str

    def offered(self) -> Iterator[Filterable]:
        """Yield every field, those that the app names first, then what references point to."""
        say = sayer(self.locale)
        own = [id_ for id_ in self.form.fields if id_ in self.scope.names]
        system = [id_ for id_ in SYSTEM if id_ in self.scope.names and applies(self.form, id_)]
        named = [id_ for id_ in self.form.definition.list.filters if id_ in {*own, *system}]
        first = dict.fromkeys((*named, *(id_ for id_ in SYSTEM[:2] if id_ in system)))
        label = words(self.form.definition.label, self.locale)
        yield from self._all(first, say("常用"))
        yield from self._all((id_ for id_ in own if id_ not in first), label)
        yield from self._all((id_ for id_ in system if id_ not in first), say("系统信息"))
        for id_ in (*own, *system):
            yield from self._beyond(id_)

    @cached_property
    def paths(self) -> frozenset[str]:
        """The fields that are offered."""
        return frozenset(each.id for each in self.offered())

    def one(self, path: str, group: str = "") -> Filterable | None:
        """Return one field by its path; None if there is none."""
        try:
            known = known_at(self.apps[self.form.app], self.form, path)
        except BadFilter:
            return None
        form, field = self._found(path)
        kind = self._kind(known.sort, field)
        return Filterable(
            id=path,
            label=label_of(self.form, path, self.locale, self.apps),
            group=group,
            kind=kind,
            options=self._options(kind, form, path.rpartition(".")[2]),
            source=_source(known.sort, form, field),
            sign=sign_of(field) if kind == "number" else "",
            unit=unit_of(field, self.locale) if kind == "number" else "",
        )

    def shown(self, path: str, text: str) -> str:
        """Return a number of an input as cells show it; any other text as it is."""
        like = getattr(self._found(path)[1], "like", self._found(path)[1])
        if like is None or like.group != "number":
            return text
        try:
            return str(like.show(like.parse(text), self.locale)).removesuffix(".00")
        except NotAcceptable:
            return text

    def _found(self, path: str) -> tuple[Form | None, Field | None]:
        first, _, rest = path.partition(".")
        if not rest:
            return self.form, self.form.fields.get(first)
        there = beyond(self.apps, self.form, first)
        return there, there.fields.get(rest) if there else None

    def _all(self, ids: Iterable[str], group: str) -> Iterator[Filterable]:
        for id_ in ids:
            field = self._found(id_)[1]
            if field is not None and field.type in ("json", "signature"):
                continue
            found = self.one(id_, group)
            if found is not None:
                yield found

    def _beyond(self, id_: str) -> Iterator[Filterable]:
        kind = self.scope.names[id_]
        there = self.scope.forms.get(kind.form or "") if kind.is_reference else None
        if there is None or id_ in ONCE:
            return
        target = beyond(self.apps, self.form, id_)
        ids = (*target.fields, *SYSTEM) if target else ("department",)
        fitting = (
            each
            for each in ids
            if each in there
            and there[each].kind is not Kind.CONTEXT
            and (not target or applies(target, each))
        )
        group = label_of(self.form, id_, self.locale)
        yield from self._all((f"{id_}.{each}" for each in fitting), group)

    def _kind(self, sort: Sort, field: Field | None) -> str:
        if field is not None and field.type == "region":
            return "region"
        tags = sort is Sort.MANY and not getattr(field, "options", ())
        return "tags" if tags else KINDS.get(sort, "none")

    def _options(self, kind: str, form: Form | None, id_: str) -> tuple[tuple[str, str], ...]:
        wanted = kind in ("choice", "many") and form is not None
        return options_of(form, id_, self.locale) if wanted and form else ()


def applies(form: Form, id_: str) -> bool:
    """Tell whether the records of a form have something in a field that the system keeps."""
    if id_ in ("stage", "stage_entered_at"):
        return bool(form.pipelines)
    return id_ != "pipeline" or len(form.pipelines) > 1


def sign_of(field: Field | None) -> str:
    """Return the sign of the currency of an amount."""
    like: Any = getattr(field, "like", field)
    if like is None or like.type != "money":
        return ""
    return str(SIGNS.get(like.currency, like.currency)).strip()


def unit_of(field: Field | None, locale: str) -> str:
    """Return what stands behind the number of a field: a percent sign, a unit."""
    like: Any = getattr(field, "like", field)
    if like is None:
        return ""
    unit = getattr(like, "unit", None)
    return "%" if like.type == "percent" else words(unit, locale) if unit else ""


def _source(sort: Sort, form: Form | None, field: Field | None) -> str | None:
    if sort in (Sort.RECORD, Sort.RECORDS) and form is not None and field is not None:
        app, to = target_of(form, field)
        return f"/a/{app}/{to}/choices"
    return SOURCES.get(sort.value)
