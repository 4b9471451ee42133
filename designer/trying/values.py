"""Which words does a scenario have for the values of a record, and what was typed for them?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from werkzeug.datastructures import MultiDict

from engine.app import Form
from engine.field import Field, NotAcceptable
from engine.fields.lines import Lines
from engine.forms.layout import Layout, Shown
from engine.outcomes import Denied, Missing
from engine.record import Record
from engine.wording import Label, words
from runtime.scenarios.world import World
from runtime.use_cases.act import Act
from runtime.use_cases.list_records import Wanted, list_records
from runtime.use_cases.preview_record import preview_change, preview_new

Kind = Literal["text", "long", "number", "date", "moment", "choice", "many", "yes_no", "files"]
FILES = frozenset({"file", "image", "signature"})
LINKS = frozenset({"reference", "reference_list"})
KINDS: Mapping[str, Kind] = {
    "select": "choice",
    "reference": "choice",
    "person": "choice",
    "department": "choice",
    "multi_select": "many",
    "reference_list": "many",
    "yes_no": "yes_no",
    "date": "date",
    "datetime": "moment",
    "long_text": "long",
    "rich_text": "long",
    "number": "number",
    "integer": "number",
    "money": "number",
    "file": "files",
    "image": "files",
    "signature": "files",
}
"""How a value is asked for; all others are typed as text."""
NOT_ASKED = frozenset({"geo", "address", "json", "region"})
"""What has no word that could be typed in one line."""
OFFERED = 200
NEW_ROWS = 2
PREFIX = "v-"


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One input of a form in a sandbox."""

    name: str
    label: Label
    kind: Kind
    required: bool = False
    value: Sequence[str] = ()
    options: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, kw_only=True)
class AskRows:
    """The rows of a line field, with some empty ones."""

    label: Label
    rows: Sequence[Sequence[Ask]] = field(default_factory=tuple)


def word_of(world: World, of: Field, value: Any) -> Any:
    """Return what a scenario says for a value: names for records, logins for people."""
    if value is None:
        return None
    if isinstance(of, Lines):
        return [
            {id_: word_of(world, of.cells[id_], cell) for id_, cell in row.items()
             if id_ in of.cells and cell is not None and of.cells[id_].settable}
            for row in value
        ]  # fmt: skip
    data = of.data(value)
    return [_named(world, of, one) for one in data] if isinstance(data, list) else _named(
        world, of, data
    )  # fmt: skip


def _named(world: World, of: Field, data: Any) -> Any:
    if of.type in LINKS:
        return world.called(str(data))
    if of.type == "person":
        logins = {actor.id: login for login, actor in world.people.items()}
        return logins.get(str(data), data)
    return data


def asks_of(
    world: World, act: Act, form: Form, id_: str | None, locale: str
) -> list[Ask | AskRows] | Denied | Missing:
    """Return what a person may fill in now: of a new record, or of one that there is."""
    services = world.services
    preview = preview_change(services, act, form, id_) if id_ else preview_new(services, act, form)
    if isinstance(preview, Denied | Missing):
        return preview
    asking = _Asking(world, act, form, locale)
    return list(asking.all(preview.record, preview.layout))


def typed_values(
    world: World, form: Form, before: Record | None, typed: MultiDict[str, str]
) -> dict[str, Any]:
    """Return what was typed and is not there already, in the words of a scenario."""
    found: dict[str, Any] = {}
    for id_, one in form.fields.items():
        came = _lines(world, one, typed) if isinstance(one, Lines) else _one(world, one, typed)
        if came is _NOTHING:
            continue
        now = word_of(world, one, before.values.get(id_)) if before else None
        if came != now and (came or now):
            found[id_] = came
    return found


_NOTHING: Any = object()


def _one(world: World, of: Field, typed: MultiDict[str, str], name: str = "") -> Any:
    name = name or f"{PREFIX}{of.id}"
    if name not in typed:
        return _NOTHING
    texts = tuple(text.strip() for text in typed.getlist(name) if text.strip())
    if not texts:
        return None
    if of.type in FILES:
        names = [part.strip() for part in texts[0].replace("，", ",").split(",") if part.strip()]
        return names if of.type != "signature" else names[0]
    ids = tuple(_id_of(world, of, text) for text in texts)
    try:
        return word_of(world, of, of.parse_all(ids))
    except NotAcceptable:
        return texts[0]


def _lines(world: World, of: Lines, typed: MultiDict[str, str]) -> Any:
    if f"{PREFIX}{of.id}-rows" not in typed:
        return _NOTHING
    rows = []
    for number in range(typed.get(f"{PREFIX}{of.id}-rows", 0, type=int)):
        cells = {
            id_: _one(world, cell, typed, f"{PREFIX}{of.id}-{number}-{id_}")
            for id_, cell in of.cells.items()
        }
        filled = {id_: value for id_, value in cells.items() if value not in (None, _NOTHING)}
        rows += [filled] if filled else []
    return rows


def _id_of(world: World, of: Field, text: str) -> str:
    if of.type in LINKS and text in world.names:
        return world.names[text].id
    if of.type == "person" and text in world.people:
        return world.people[text].id
    return text


@dataclass(frozen=True)
class _Asking:
    world: World
    act: Act
    form: Form
    locale: str

    def all(self, record: Record, layout: Layout) -> Iterator[Ask | AskRows]:
        for id_, one in self.form.fields.items():
            shown = layout.fields[id_]
            if not _open(one, shown):
                continue
            value = record.values.get(id_)
            if isinstance(one, Lines):
                yield self._rows(one, value if isinstance(value, tuple) else ())
            else:
                yield self._ask(one, f"{PREFIX}{id_}", value, required=shown.required)

    def _rows(self, of: Lines, rows: Sequence[Any]) -> AskRows:
        cells = [cell for cell in of.cells.values() if _open(cell, Shown())]
        filled = [*rows, *({} for _ in range(NEW_ROWS))]
        return AskRows(
            label=of.label,
            rows=[
                [self._ask(cell, f"{PREFIX}{of.id}-{number}-{cell.id}", row.get(cell.id))
                 for cell in cells]
                for number, row in enumerate(filled)
            ],
        )  # fmt: skip

    def _ask(self, of: Field, name: str, value: Any, *, required: bool = False) -> Ask:
        word = word_of(self.world, of, value)
        texts = word if isinstance(word, list) else [] if word is None else [word]
        kind = KINDS.get(of.type, "text")
        shown = [_text(kind, one) for one in texts]
        return Ask(
            name=name,
            label=of.label,
            kind=kind,
            required=required,
            value=[", ".join(shown)] if kind == "files" and shown else shown,
            options=self._options(of),
        )

    def _options(self, of: Field) -> list[tuple[str, str]]:
        if of.type == "person":
            return [(login, actor.name) for login, actor in self.world.people.items()]
        if of.type == "department":
            with self.world.services.store.reading() as unit:
                return list(unit.people.departments.names().items())
        if of.type in LINKS:
            return self._records(str(getattr(of, "to", "")).rpartition(".")[2])
        return [(one.id, words(one.label, self.locale)) for one in getattr(of, "options", ())]

    def _records(self, form_id: str) -> list[tuple[str, str]]:
        form = self.world.app.forms.get(form_id)
        if form is None:
            return []
        wanted = Wanted(sort=("-updated_at",), limit=OFFERED, total=False)
        page = list_records(self.world.services, self.act, form, wanted)
        title = form.fields[form.definition.title]
        return [
            (self.world.called(one.id), title.show(one.values.get(title.id), self.locale))
            for one in getattr(page, "records", ())
        ]


def _text(kind: Kind, word: Any) -> str:
    if isinstance(word, bool):
        return "yes" if word else "no"
    return str(word)[:16] if kind == "moment" else str(word)


def _open(of: Field, shown: Shown) -> bool:
    shut = not shown.visible or shown.hidden or shown.masked or shown.readonly
    return of.settable and of.type not in NOT_ASKED and not shut
