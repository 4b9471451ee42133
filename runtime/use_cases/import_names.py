"""Which person, department or record does a name in a sheet mean?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from engine.app import Form
from engine.definition.page import FilterDef
from engine.field import Field, NotAcceptable
from engine.fields.lines import Lines
from engine.imports.drafts import Draft
from engine.imports.reading import NAMED
from engine.imports.spelling import pieces
from engine.imports.targets import is_key
from engine.typed.text import cut
from engine.wording import Message
from runtime.limits import LONGEST_PAGE
from runtime.services import Services
from runtime.store.people import Person
from runtime.store.query import Page
from runtime.use_cases.act import Act
from runtime.use_cases.list_records import Wanted, list_records
from runtime.use_cases.name_values import target_of

AT_ONCE = 80
"""Names that are looked up with one question."""
MOST_KNOWN = 20_000
"""Names that are remembered."""

Found = Mapping[str, tuple[str, ...]]

_PERSON_NAMES: tuple[Callable[[Person], str], ...] = (
    lambda one: one.id,
    lambda one: one.login.casefold(),
    lambda one: (one.number or "").casefold(),
    lambda one: (one.email or "").casefold(),
    lambda one: one.name.casefold(),
)
"""By what a person is known; what comes first counts alone."""


class Names:
    """Finds what names mean among what the actor may know, and remembers it."""

    def __init__(self, services: Services, act: Act, form: Form) -> None:
        self._services = services
        self._act = act
        self._form = form
        self._records: dict[tuple[str, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
        self._people: tuple[Person, ...] = ()
        self._departments: Found = {}

    def learn(self, drafts: Iterable[Draft]) -> None:
        """Look up every name in some records of a sheet, a few questions for all of them."""
        wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
        for draft in drafts:
            for field, text in _cells(self._form, draft):
                self._want(field, text, wanted)
        for (app, name), texts in wanted.items():
            target = self._services.form(app, name)
            if target is not None and texts:
                self._find(target, texts)

    def meant(self, field: Field, text: str) -> str:
        """Return the id that a text means. Raises NotAcceptable if there is none or several."""
        match field.type:
            case "person":
                found = self._people_called(text, gone_too=field.id in ("created_by", "updated_by"))
                return _one(found, text, Message("在职人员中没有“{text}”", text=cut(text)))
            case "department":
                found = self._every_department().get(text.strip().casefold(), ())
                return _one(found, text, Message("没有“{text}”这个部门", text=cut(text)))
            case _:
                app, name = target_of(self._form, field)
                known = self._records.get((app, name), {})
                return _one(known.get(text, ()), text, self._unseen(app, name, text))

    def forget_records(self, form: Form) -> None:
        """Look the records of a form up anew: some were made meanwhile."""
        self._records.pop((form.app, form.id), None)

    def _want(self, field: Field, text: str, wanted: dict[tuple[str, str], set[str]]) -> None:
        place = target_of(self._form, field)
        known = self._records[place]
        if len(known) > MOST_KNOWN:
            known.clear()
        several = pieces(field, text) if field.type == "reference_list" else ()
        wanted[place].update(part for part in {text, *several} if part not in known)

    def _find(self, target: Form, texts: Iterable[str]) -> None:
        known = self._records[target.app, target.id]
        waiting = sorted(texts)
        for start in range(0, len(waiting), AT_ONCE):
            known.update(
                records_named(self._services, self._act, target, waiting[start : start + AT_ONCE])
            )

    def _unseen(self, app: str, name: str, text: str) -> Message:
        target = self._services.form(app, name)
        label = target.definition.label if target else name
        return Message("“{form}”里没有“{text}”，或您看不到它", form=label, text=cut(text))

    def _people_called(self, text: str, gone_too: bool) -> tuple[str, ...]:
        """Return the ids of those with a login, else of those with a name. Only who made a record
        may have left since."""
        if not self._people:
            with self._services.store.reading() as unit:
                self._people = unit.people.list(active=None)
        wanted = text.strip().casefold()
        people = [one for one in self._people if one.active or gone_too]
        for name_of in _PERSON_NAMES:
            found = tuple(one.id for one in people if name_of(one) == wanted)
            if found:
                return found
        return ()

    def _every_department(self) -> Found:
        if not self._departments:
            found: dict[str, list[str]] = defaultdict(list)
            with self._services.store.reading() as unit:
                tree = unit.people.departments.tree()
            names = {one.id: one.name for one in tree}
            for one in tree:
                path = "/".join(names.get(id_, "") for id_ in one.path.strip("/").split("/"))
                for name in {one.id, one.name, path, one.code or one.name}:
                    found[name.casefold()].append(one.id)
            self._departments = {name: tuple(ids) for name, ids in found.items()}
        return self._departments


def records_named(
    services: Services, act: Act, form: Form, texts: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Return which records that the actor sees each text means: by id, by a value that no two
    share, or by title."""
    wanted = tuple(texts)
    found: dict[str, tuple[str, ...]] = dict.fromkeys(wanted, ())
    for field in ("id", *_keys(form), form.definition.title):
        left = [text for text in wanted if not found[text]]
        if left:
            found.update(records_by(services, act, form, field, left))
    return found


def records_by(
    services: Services, act: Act, form: Form, field: str, texts: Iterable[str]
) -> dict[str, tuple[str, ...]]:
    """Return which records that the actor sees have each text as the value of a field."""
    values = {text: value for text in texts if (value := _value(form, field, text)) is not None}
    if not values:
        return {}
    ids: dict[Any, list[str]] = defaultdict(list)
    for record in _having(services, act, form, field, sorted(set(values.values()), key=str)):
        ids[record[0]].append(record[1])
    return {text: tuple(ids[value]) for text, value in values.items() if value in ids}


def _having(
    services: Services, act: Act, form: Form, field: str, values: list[Any]
) -> Iterator[tuple[Any, str]]:
    written = [value if field == "id" else form.fields[field].data(value) for value in values]
    wanted = Wanted(
        filters=(FilterDef(field=field, op="in", value=written),),
        columns=() if field == "id" else (field,),
        sort=("id",),
        limit=LONGEST_PAGE,
        total=False,
    )
    page = list_records(services, act, form, wanted)
    if not isinstance(page, Page):
        return
    for record in page.records:
        yield (record.id if field == "id" else record.values.get(field)), record.id


def _value(form: Form, field: str, text: str) -> Any:
    if field == "id":
        return text if text.isascii() and text.isalnum() and len(text) < 65 else None
    try:
        return form.fields[field].parse(text)
    except NotAcceptable:
        return None


def _keys(form: Form) -> Iterator[str]:
    for field in form.fields.values():
        if is_key(field) and field.filterable and field.id != form.definition.title:
            yield field.id


def _cells(form: Form, draft: Draft) -> Iterator[tuple[Field, str]]:
    """Yield every cell of a record that names another record."""
    for id_, text in draft.texts.items():
        field = form.fields.get(id_)
        if field is not None and field.type in NAMED - {"person", "department"}:
            yield field, text
    for line, rows in draft.lines.items():
        field = form.fields[line]
        assert isinstance(field, Lines)
        for row in rows:
            for id_, text in row.texts.items():
                cell = field.cells.get(id_)
                if cell is not None and cell.type in NAMED - {"person", "department"}:
                    yield cell, text


def _one(found: tuple[str, ...], text: str, otherwise: Message) -> str:
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotAcceptable(otherwise)
    message = "“{text}”有 {n} 个，分不清是哪个，请填编号、账号或 ID"
    raise NotAcceptable(Message(message, text=cut(text), n=len(found)))
