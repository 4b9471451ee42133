"""What is the thing called that a target points to, in the words of the people who work with it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from engine.app import App
from engine.definition.titles import titles_of
from engine.editing.edits import Step, Target
from engine.editing.targets import key_in, name_in_list
from engine.loading.folder import kind_of
from engine.wording import LOCALES, Label, words

HOLDERS = frozenset({"sections", "fields", "stages", "steps", "roles", "do", "options", "forms"})
"""Lists whose things are known by themselves: nobody says “the field Name of the fields”."""


def crumbs(app: App, data: Any, target: Target, locale: str) -> tuple[str, ...]:
    """Return what each step to a target is called, the file first; `data` is what the file says."""
    told = [file_name(app, str(target[0]), data, locale)]
    told += _inside(app, _definition(app, str(target[0])), data, target, locale)
    return tuple(one for one in told if one)


def file_name(app: App, path: str, data: Any, locale: str) -> str:
    """Return what a file is known as: the name of the form, the rule, the approval in it."""
    label = data.get("label") if isinstance(data, dict) else None
    if isinstance(label, (str, dict)):
        definition = _definition(app, path)
        return words(getattr(definition, "label", None) or label, locale)
    return path.rpartition("/")[2].removesuffix(".yaml")


def definition_at(app: App, data: Any, target: Target) -> Any:
    """Return what a draft's app made of the thing at a target, its texts in every language; None
    where nothing of it is known. `data` is what the file says."""
    struct = _definition(app, str(target[0]))
    for step in target[1:]:
        if isinstance(data, list):
            key = key_in(data, step)
            data = data[int(key)] if key is not None else None
            struct = _item(struct, key)
        else:
            data = data.get(step) if isinstance(data, dict) else None
            known = isinstance(struct, Mapping)
            struct = struct.get(step) if known else _attribute(struct, str(step))
        if struct is None:
            return None
    return struct


def key_name(struct: Any, key: str, locale: str) -> str:
    """Return what a key of a definition is called."""
    titles = titles_of(type(struct)) if isinstance(struct, msgspec.Struct) else {}
    return titles[key].title[locale] if key in titles else key


def _inside(app: App, struct: Any, data: Any, target: Target, locale: str) -> Iterator[str]:
    steps = target[1:]
    for at, step in enumerate(steps):
        last = at == len(steps) - 1
        if isinstance(data, list):
            key = key_in(data, step)
            data = data[int(key)] if key is not None else None
            struct = _item(struct, key)
            yield _thing_name(struct, data, step, locale)
            continue
        data = data.get(step) if isinstance(data, dict) else None
        if isinstance(struct, Mapping):
            struct = struct.get(step)
            yield _role_name(app, str(step), locale)
            continue
        name = key_name(struct, str(step), locale)
        struct = _attribute(struct, str(step))
        if last or step not in HOLDERS:
            yield name


def _definition(app: App, path: str) -> Any:
    kind, id_ = kind_of(path), path.rpartition("/")[2].removesuffix(".yaml")
    if kind == "app":
        return app.definition
    held: Mapping[str, Mapping[str, Any]] = {
        "form": app.forms, "workflow": app.workflows, "rule": app.rules, "decision": app.decisions,
        "document": app.documents,
        "connector": app.connectors,
        "public": app.publics,
    }  # fmt: skip
    if kind == "type":
        return app.types.get(id_)
    found = held.get(kind or "", {}).get(id_)
    return found.definition if found else None


def _attribute(struct: Any, key: str) -> Any:
    if not isinstance(struct, msgspec.Struct):
        return None
    names = struct.__struct_encode_fields__
    return getattr(struct, struct.__struct_fields__[names.index(key)]) if key in names else None


def _item(structs: Any, key: Step | None) -> Any:
    inside = isinstance(structs, tuple) and isinstance(key, int) and key < len(structs)
    return structs[key] if inside else None


def _thing_name(struct: Any, data: Any, step: Step, locale: str) -> str:
    for key in ("label", "message", "text"):
        label: Label | None = getattr(struct, key, None)
        if label is None and isinstance(data, dict):
            label = data.get(key)
        if isinstance(label, (str, dict)):
            return words(label, locale) if not isinstance(label, dict) else _in(label, locale)
    name = name_in_list(data)
    return str(name if isinstance(name, str) else step)


def _in(label: Mapping[str, str], locale: str) -> str:
    return label.get(locale) or label.get(LOCALES[0], "")


def _role_name(app: App, id_: str, locale: str) -> str:
    role = next((one for one in app.definition.roles if one.id == id_), None)
    return words(role.label, locale) if role else id_
