"""How is a mistake of an app told to somebody who never saw its files?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from engine.app import App, Form
from engine.catalog import FIELD_TYPES
from engine.definition.form import FormDef
from engine.definition.titles import titles_of
from engine.field import Field
from engine.loading.folder import kind_of
from engine.problems import Location, Problem
from engine.wording import Label, Message, Said
from runtime.web.language import translate

MOST = 5


def refusals(problems: Iterable[Problem], locale: str, app: App | None = None) -> list[str]:
    """Return what is wrong, each thing once, in the person's language. With the app as it was
    before, fields, stages, roles and forms are called by their names."""
    into = translate(locale)
    texts = dict.fromkeys(_called(one, app).fill(into, locale) for one in problems)
    return list(texts)[:MOST]


def _called(problem: Problem, app: App | None) -> Message:
    message = problem.message
    if app is None or isinstance(message, Said):
        return message
    names = dict(_names(app, problem.at.file))
    return Message(message.text, **{key: _by_name(arg, names) for key, arg in message.args.items()})


def _by_name(arg: object, names: Mapping[str, Label]) -> object:
    if isinstance(arg, str | Location):
        text = str(arg)
        return names.get(text) or names.get(text.partition(":")[0]) or arg
    if isinstance(arg, list | tuple):
        return [_by_name(one, names) for one in arg]
    return arg


def _names(app: App, file: str) -> Iterator[tuple[str, Label]]:
    """Yield what the things are called that a problem of a file may name, its own form's last, so
    that those count."""
    for key, told in {**titles_of(FormDef), **titles_of(Field)}.items():
        yield key, dict(told.title)
    yield "type", {"zh": "类型", "en": "Type"}
    for kind, found in FIELD_TYPES.items():
        yield kind, dict(found.title)
    for role in app.definition.roles:
        yield role.id, role.label
    for form in app.forms.values():
        yield form.id, form.definition.label
        yield f"forms/{form.id}.yaml", form.definition.label
    id_ = file.rpartition("/")[2].removesuffix(".yaml")
    held: Mapping[str, Mapping[str, object]] = {"rule": app.rules, "workflow": app.workflows}
    owner = held.get(kind_of(file) or "", {}).get(id_)
    own = app.forms.get(id_ if kind_of(file) == "form" else getattr(owner, "form", ""))
    if own is not None:
        yield from _inside(own)


def _inside(form: Form) -> Iterator[tuple[str, Label]]:
    for stage in form.stages.values():
        yield stage.id, stage.label
    for field in form.fields.values():
        yield field.id, field.label
        for option in getattr(field, "options", None) or ():
            yield f"{field.id}.{option.id}", option.label
