"""Which types of fields has the app of its own, and what can one more be made of?"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from designer.forms.palette import Group, Kind, kind_of, palette
from designer.forms.seeds import free_id, seed_of
from designer.panels.around import Around
from designer.panels.controls import as_text
from engine.loading.folder import kind_of as folder_kind
from engine.loading.own_types import NOT_LIKE
from engine.loading.read import read_bytes
from engine.loading.shapes import NAMES
from engine.wording import Message, words

NAMED = frozenset({"reference", "reference_list"})
"""Types that can't be begun without naming a form."""


@dataclass(frozen=True)
class Made:
    """One type of the app's own."""

    id: str
    label: str
    about: str
    icon: str
    like: str
    """What it is made of."""
    used: int
    """How many fields have it."""
    target: str


@dataclass(frozen=True)
class Start:
    """A shipped type that one of the app's own can be made of."""

    kind: Kind
    edits: str
    then: str


@dataclass(frozen=True)
class Taken:
    """A type of a required app that can be copied."""

    start: Start
    app: str


def type_values(around: Around) -> dict[str, object]:
    """Return what the page of the types shows."""
    return {
        "types": list(_made(around)),
        "starts": list(_starts(around)),
        "taken": list(_taken(around)),
    }


def _made(around: Around) -> Iterator[Made]:
    app = around.app
    used = [named for form in app.forms.values() for named in form.own_types.values()]
    for id_ in app.types:
        file = _file(id_)
        under = around.seen.draft.value((file, "like", "type"))
        kind = kind_of(id_, around.locale, app.types)
        yield Made(
            id_, kind.title, kind.about, kind.icon,
            kind_of(str(under), around.locale, app.types).title, used.count(id_),
            as_text((file,)),
        )  # fmt: skip


def _starts(around: Around) -> Iterator[tuple[Group, list[Start]]]:
    for group in palette(around.locale):
        kinds = [one for one in group.kinds if one.type not in NOT_LIKE | NAMED]
        if kinds:
            yield group, [_start(around, one) for one in kinds]


def _start(around: Around, kind: Kind) -> Start:
    seed = seed_of(kind.type, around.locale, around.fill)
    like = {key: value for key, value in seed.items() if key not in NAMES}
    id_ = free_id(f"own_{kind.type}", around.app.types)
    label = around.fill(Message("自定义{type}", type=kind.title))
    value = {"type": id_, "label": label, "like": like}
    return Start(kind, _added(id_, value), as_text((_file(id_),)))


def _taken(around: Around) -> Iterator[Taken]:
    """Yield the types of required apps that this one has not got yet. They are copied: what the
    other app changes later changes nothing here unasked."""
    for app in around.app.definition.requires:
        other = around.apps.get(app)
        fresh = [id_ for id_ in other.types if id_ not in around.app.types] if other else []
        written = _written(around, app) if fresh else {}
        for id_ in fresh:
            edits = [
                {
                    "op": "add_file",
                    "path": _file(each),
                    "value": {**written[each], "taken_from": app},
                }
                for each in _chain(written, id_)
                if each not in around.app.types
            ]
            kind = kind_of(id_, around.locale, other.types if other else {})
            label = words(other.definition.label if other else app, around.locale)
            yield Taken(
                Start(kind, json.dumps(edits, ensure_ascii=False), as_text((_file(id_),))), label
            )


def _written(around: Around, app: str) -> dict[str, dict[str, Any]]:
    """Return what the files of another app's types say, by their ids."""
    with around.seen.services.store.reading() as unit:
        files = unit.packages.files(app)
    sources = [
        source
        for path, content in files.items()
        if folder_kind(path) == "type"
        for source in read_bytes(path, "type", content)[0]
    ]
    return {source.data["type"]: source.data for source in sources}


def _chain(written: dict[str, dict[str, Any]], id_: str) -> Iterator[str]:
    """Yield a type after those that it is made of."""
    under = written[id_]["like"]["type"]
    if under in written:
        yield from _chain(written, under)
    yield id_


def _file(id_: str) -> str:
    return f"types/{id_}.yaml"


def _added(id_: str, value: object) -> str:
    edit = {"op": "add_file", "path": _file(id_), "value": value}
    return json.dumps([edit], ensure_ascii=False)
