"""What are the things called that a mistake in an app may name by their ids?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import msgspec

from engine.app import App
from engine.catalog import FIELD_TYPES
from engine.definition.form import FormDef
from engine.definition.titles import OWN, titles_of
from engine.definition.titles.common import COMMON
from engine.documents.catalog import BLOCKS
from engine.field import Field
from engine.loading.folder import kind_of
from engine.rules.catalog import ACTIONS, TRIGGERS
from engine.typed.options import Option
from engine.wording import LOCALES, Label, Message
from runtime.web.filters.words import SYSTEM_LABELS
from runtime.web.language import translate

Names = Mapping[str, Label]
NAMED_BY = ("id", "rule", "workflow", "decision", "document", "connector")
"""Under which of its keys a thing says its id; what is about a form names that too."""


def names_in(app: App) -> Callable[[str], Names]:
    """Return what tells for a file what is called how: keys of files by their titles, then
    everything of the app by its id, what belongs to the form of that file last, so that it counts
    where two are called alike."""
    names: dict[str, Label] = {**_titles()}
    for one in _definitions(app):
        names.update(_called(one))
    names |= {f"forms/{form.id}.yaml": form.definition.label for form in app.forms.values()}

    @cache
    def of(file: str) -> Names:
        return {**names, **dict(each for one in _about(app, file) for each in _called(one))}

    return of


@cache
def _titles() -> Names:
    """Return the titles of all keys; those of fields count, as nobody sees the others as often."""
    names: dict[str, Label] = {}
    for keys in (COMMON, *OWN.values()):
        names |= {key: {"zh": said[0], "en": said[1]} for key, said in keys.items()}
    for struct in (*FIELD_TYPES.values(), Field):
        names |= {key: dict(told.title) for key, told in titles_of(struct).items()}
    names["type"] = {"zh": "类型", "en": "Type"}
    kinds = (BLOCKS, TRIGGERS, ACTIONS, FIELD_TYPES)
    names |= {word: dict(one.title) for each in kinds for word, one in each.items()}
    names["deleted_at"] = {"zh": "删除时间", "en": "Deleted at"}
    return names | {id_: _in_each(label) for id_, label in SYSTEM_LABELS.items()}


def _in_each(message: Message) -> Label:
    return {locale: message.fill(translate(locale), locale) for locale in LOCALES}


def _definitions(app: App) -> Iterator[Any]:
    kinds: tuple[Mapping[str, Any], ...] = (
        app.connectors, app.documents, app.decisions, app.workflows, app.rules, app.forms,
    )  # fmt: skip
    yield from (one.definition for kind in kinds for one in kind.values())
    yield app.definition


def _about(app: App, file: str) -> Iterator[Any]:
    """Yield the form that a file is about, then what the file itself says."""
    id_ = file.rpartition("/")[2].removesuffix(".yaml")
    held: Mapping[str, Mapping[str, Any]] = {
        "form": app.forms, "rule": app.rules, "workflow": app.workflows,
        "document": app.documents, "decision": app.decisions, "connector": app.connectors,
    }  # fmt: skip
    own = held.get(kind_of(file) or "", {}).get(id_)
    form = app.forms.get(str(getattr(own, "form", "")))
    yield from (one.definition for one in (form, own) if one is not None)


def _called(thing: Any) -> Iterator[tuple[str, Label]]:
    """Yield the names inside a definition, those of options first: a field that is called like one
    counts."""
    for _, id_, label in sorted(_inside(thing), key=lambda one: not one[0]):
        yield id_, label


def _inside(thing: Any) -> Iterator[tuple[bool, str, Label]]:
    """Yield id and label of everything inside a definition that has both."""
    if isinstance(thing, msgspec.Struct):
        label = getattr(thing, "label", None)
        keys = ("form",) if isinstance(thing, FormDef) else NAMED_BY
        id_ = next((found for key in keys if (found := getattr(thing, key, None))), None)
        if label and isinstance(id_, str):
            yield isinstance(thing, Option), id_, label
        for key in thing.__struct_fields__:
            yield from _inside(getattr(thing, key))
    elif isinstance(thing, list | tuple):
        for one in thing:
            yield from _inside(one)
    elif isinstance(thing, Mapping):
        yield from _inside(tuple(thing.values()))
