"""What is each text of an app in another language, and which are still missing?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from engine.app import App
from engine.definition.data import LocaleFile
from engine.definition.own_type import OwnTypeDef
from engine.loading.build import Built, Part
from engine.loading.complaints import shown
from engine.loading.source import Source, Spot
from engine.loading.walk import SHARED, IdPath, label_keys, main_label, name_of, things
from engine.problems import Problem, did_you_mean
from engine.wording import LOCALES, Label, Message, words

_CHINESE = re.compile("[\u3400-\u9fff]")

Texts = dict[str, dict[str, str]]
"""By the path of a text: what it is in each language."""


@dataclass(frozen=True)
class _Told:
    path: str
    text: str
    spot: Spot


def with_texts(built: Built) -> tuple[Built, list[Problem]]:
    """Put the texts of the locale files into the definitions."""
    problems: list[Problem] = []
    texts: Texts = {}
    if not built.locale:
        return built, problems
    places = _places_of_texts(built)
    for part in built.locale:
        told_here, wrong = _told_in(part)
        problems += wrong
        for told in told_here:
            path = places.get(told.path)
            if path is None:
                problems.append(_unknown_path(told, places))
            else:
                texts.setdefault(path, {})[part.definition.locale] = told.text
    return _translated(built, texts), problems


def translated_type(part: Part[OwnTypeDef], locales: Iterable[Part[LocaleFile]]) -> OwnTypeDef:
    """Return a type with its texts of the locale files: the fields made of it have them too."""
    root = ("types", part.definition.type)
    places = _places_in(root, part)
    texts: Texts = {}
    for locale in locales:
        for told in _told_in(locale)[0]:
            path = places.get(told.path)
            if path is not None:
                texts.setdefault(path, {})[locale.definition.locale] = told.text
    made: OwnTypeDef = _translated_part("/".join(root), part, texts).definition
    return made


def missing_texts(app: App, locale: str) -> tuple[str, ...]:
    """Return the paths of the texts with Chinese in them that a language lacks."""
    nowhere = Spot(Source("", "", None, "", {}, {}))
    definitions: list[tuple[msgspec.Struct, IdPath]] = [(app.definition, ("app",))]
    definitions += [(one, ("types", id_)) for id_, one in app.types.items()]
    definitions += [(form.definition, ("forms", id_)) for id_, form in app.forms.items()]
    definitions += [(one.definition, ("workflows", id_)) for id_, one in app.workflows.items()]
    definitions += [(rule.definition, ("rules", id_)) for id_, rule in app.rules.items()]
    definitions += [(one.definition, ("decisions", id_)) for id_, one in app.decisions.items()]
    definitions += [(one.definition, ("connectors", id_)) for id_, one in app.connectors.items()]
    definitions += [(one.definition, ("public", id_)) for id_, one in app.publics.items()]
    # What stands in a document is in its own language; only its name is read in others.
    papers = (
        f"documents/{id_}/label"
        for id_, one in app.documents.items()
        if _lacks(one.definition.label, locale)
    )
    return *papers, *(
        "/".join((*thing.path, key))
        for definition, path in definitions
        for thing in things(definition, path, nowhere)
        for key in label_keys(type(thing.struct))
        if _lacks(getattr(thing.struct, key), locale)
    )


def _lacks(label: Label | None, locale: str) -> bool:
    if label is None or (isinstance(label, dict) and locale in label):
        return False
    return _CHINESE.search(words(label, LOCALES[0])) is not None


def _places_of_texts(built: Built) -> dict[str, str]:
    """Return every path that may be written, and the path of the text that it means."""
    places: dict[str, str] = {}
    for root, part in built.named():
        if "texts" not in part.known:
            part.known["texts"] = _places_in(root, part)
        places.update(part.known["texts"])
    return places


def _places_in(root: IdPath, part: Part[Any]) -> dict[str, str]:
    places: dict[str, str] = {}
    for thing in things(part.definition, root, part.spot):
        path = "/".join(thing.path)
        for key in label_keys(type(thing.struct)):
            places[f"{path}/{key}"] = f"{path}/{key}"
        main = main_label(type(thing.struct))
        if main is not None:
            for alias in _aliases(thing.path):
                places.setdefault(alias, f"{path}/{main}")
    return places


def _aliases(path: IdPath) -> Iterator[str]:
    """Roles and menus of the manifest, and records related but once, go by a shorter path."""
    yield "/".join(path)
    if path[0] == "app" and len(path) > 1:
        yield "/".join(path[1:])
    if len(path) == 5 and path[2] == "related":
        yield "/".join(path[:4])


def _told_in(part: Part[LocaleFile]) -> tuple[tuple[_Told, ...], tuple[Problem, ...]]:
    """Return every text of a locale file, and what is wrong with it by itself."""
    if "told" not in part.known:
        wrong = list(_file_problems(part))
        told = tuple(_told(part.definition.texts, "", part.spot / "texts", wrong))
        part.known["told"] = (told, tuple(wrong))
    found: tuple[tuple[_Told, ...], tuple[Problem, ...]] = part.known["told"]
    return found


def _told(texts: Mapping[str, Any], above: str, spot: Spot, out: list[Problem]) -> Iterator[_Told]:
    for key, value in texts.items():
        path = f"{above}/{key}" if above else key
        here = spot / key
        if isinstance(value, dict):
            yield from _told(value, path, here, out)
        elif isinstance(value, str) and value:
            yield _Told(path, value, here)
        else:
            message = Message("应为译文，写的是“{value}”；文字请加引号", value=shown(value))
            out.append(here.problem("locale.text", message))


def _file_problems(part: Part[LocaleFile]) -> Iterator[Problem]:
    locale = part.definition.locale
    others = LOCALES[1:]
    if locale not in others:
        message = Message("不支持语言“{locale}”；可用：{known}", locale=locale, known=list(others))
        yield (part.spot / "locale").problem("locale.language", message)
    elif part.source.file != f"locales/{locale}.yaml":
        message = Message("文件名和语言不一致，应为 locales/{locale}.yaml", locale=locale)
        yield (part.spot / "locale").problem("locale.file", message)


def _unknown_path(told: _Told, places: Mapping[str, str]) -> Problem:
    # Looking for what resembles it among all texts of a large app takes a while.
    first, second, *rest = [*told.path.split("/"), ""]
    tail = "/".join(rest).removesuffix("/")
    near_ones = [path for path in places if path.startswith(f"{first}/{second}/")]
    near_ones = near_ones or [path for path in places if tail and path.endswith(tail)]
    near = did_you_mean(told.path, near_ones)
    if near is None:
        message = Message("应用里没有“{path}”", path=told.path)
    else:
        message = Message("应用里没有“{path}”，是否想写“{near}”？", path=told.path, near=near)
    return told.spot.key_problem("locale.path", message)


def _translated(built: Built, texts: Texts) -> Built:
    if not texts:
        return built
    groups = _by_root(texts)
    told = {
        id(part): _translated_part("/".join(root), part, groups.get("/".join(root), {}))
        for root, part in built.named()
    }
    return replace(
        built,
        app=[told[id(part)] for part in built.app],
        type=[told[id(part)] for part in built.type],
        form=[told[id(part)] for part in built.form],
        workflow=[told[id(part)] for part in built.workflow],
        rule=[told[id(part)] for part in built.rule],
        decision=[told[id(part)] for part in built.decision],
        document=[told[id(part)] for part in built.document],
        connector=[told[id(part)] for part in built.connector],
        public=[told[id(part)] for part in built.public],
    )


def _by_root(texts: Texts) -> dict[str, Texts]:
    """Group texts by the definition that they belong to."""
    groups: dict[str, Texts] = {}
    for path, said in texts.items():
        first, second, *_ = path.split("/")
        root = first if first == "app" else f"{first}/{second}"
        groups.setdefault(root, {})[path] = said
    return groups


def _translated_part(root: str, part: Part[Any], texts: Texts) -> Part[Any]:
    """Return a definition with its texts; the very same one as long as these are the same."""
    if not texts:
        return part
    before, made = part.known.get("translated", (None, None))
    if before == texts and isinstance(made, Part):
        return made
    new: Part[Any] = Part(_struct(part.definition, root, root, texts), part.source)
    part.known["translated"] = (texts, new)
    return new


def _struct(struct: Any, path: str, form: str, texts: Texts) -> Any:
    changes: dict[str, Any] = {}
    kind: Any = type(struct)
    labels = label_keys(kind)
    for key in struct.__struct_fields__:
        value = getattr(struct, key)
        if key in labels:
            new = _label(value, texts.get(f"{path}/{key}"))
        else:
            new = _inside(value, struct, key, (path, form), texts)
        if new is not value:
            changes[key] = new
    return msgspec.structs.replace(struct, **changes) if changes else struct


def _label(label: Label | None, texts: Mapping[str, str] | None) -> Label | None:
    if label is None or texts is None:
        return label
    own = label if isinstance(label, dict) else {LOCALES[0]: label}
    return {**own, **texts}


def _inside(value: Any, owner: Any, key: str, paths: tuple[str, str], texts: Texts) -> Any:
    path, form = paths
    above = form if SHARED.get(type(owner)) == key else path
    if isinstance(value, msgspec.Struct):
        return _struct(value, f"{above}/{key}", form, texts)
    if isinstance(value, tuple) and value and isinstance(value[0], msgspec.Struct):
        items = tuple(_item(item, f"{above}/{key}", form, texts) for item in value)
        return items if any(a is not b for a, b in zip(items, value, strict=True)) else value
    if isinstance(value, dict) and any(isinstance(item, msgspec.Struct) for item in value.values()):
        return {
            name: _struct(item, f"{above}/{key}/{name}", form, texts)
            for name, item in value.items()
        }
    return value


def _item(item: Any, path: str, form: str, texts: Texts) -> Any:
    name = name_of(item)
    return item if name is None else _struct(item, "/".join((path, *name)), form, texts)
