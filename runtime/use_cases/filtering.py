"""What is asked for in a filter, and which conditions does it mean?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from engine.access.sight import Sight, sight_of
from engine.app import App, Form
from engine.expressions import Compiled, FeelError, FeelErrors, Scope, Slot, compile_expression
from engine.fields.lookup import Lookup
from engine.filter import FilterDef, Where
from engine.filters import BadFilter, Group, Part, Written, listed, to_feel, where_to_feel
from engine.record import Actor
from engine.wording import Message

__all__ = ["BadFilter", "WrongFeel", "filter_scope", "read_tree", "where_of"]

DEEPEST = 5
MOST = 100
LONGEST = 4000


class WrongFeel(BadFilter):
    """A condition that is not right FEEL, with every mistake in its text."""

    def __init__(self, errors: tuple[FeelError, ...]) -> None:
        super().__init__(errors[0].message)
        self.errors = errors


def where_of(
    app: App, form: Form, filters: Where = (), tree: Any = None, feel: str | None = None
) -> tuple[Compiled, ...]:
    """Return the conditions of a view or of chips, of a tree as the API takes it, and of a text,
    all of which must hold. Raises BadFilter."""
    texts = [where_to_feel(app, form, filters)]
    if tree is not None:
        texts.append(to_feel(app, form, read_tree(app, form, tree)) or "true")
    if feel is not None and feel.strip():
        texts.append(feel)
    return tuple(_compiled(form, text) for text in texts if text)


def _compiled(form: Form, text: str) -> Compiled:
    if len(text) > LONGEST:
        raise BadFilter(Message("筛选条件写得不对"))
    try:
        return compile_expression(text, form.scope, Slot.ROWS)
    except FeelErrors as wrong:
        raise WrongFeel(wrong.errors) from wrong


def read_tree(app: App, form: Form, data: Any, depth: int = 0) -> Part:
    """Read a filter as the API takes it: a condition, {all: […]}, {any: […]} or {feel: …}.
    Raises BadFilter."""
    if depth > DEEPEST or not isinstance(data, Mapping):
        raise BadFilter(Message("筛选条件写得不对"))
    if data.keys() == {"feel"} and isinstance(data["feel"], str):
        _compiled(form, data["feel"])
        return Written(data["feel"])
    for word in ("all", "any"):
        if data.keys() == {word}:
            items = _items(word, data[word])
            parts = tuple(read_tree(app, form, item, depth + 1) for item in items)
            return Group(word == "all", parts) if parts else _nothing[word]
    try:
        return listed(app, form, msgspec.convert(dict(data), FilterDef))
    except msgspec.ValidationError as error:
        raise BadFilter(Message("筛选条件写得不对")) from error


_nothing = {"all": Written("true"), "any": Written("false")}


def _items(word: str, items: Any) -> list[Any]:
    if not isinstance(items, list) or len(items) > MOST:
        raise BadFilter(Message("“{word}”应为条件的列表，最多 {most} 个", word=word, most=MOST))
    return items


def filter_scope(app: App, form: Form, actor: Actor) -> Scope:
    """Return the names that somebody may use in a filter: what they see, here and elsewhere."""
    sights = {other.id: sight_of(other, actor) for other in app.forms.values()}
    forms = {
        name: {field: kind for field, kind in fields.items() if _open(app, sights, name, field)}
        for name, fields in form.scope.forms.items()
    }
    names = {
        name: kind for name, kind in form.scope.names.items() if _open(app, sights, form.id, name)
    }
    return Scope(names=names, forms=forms, user=form.scope.user)


def _open(app: App, sights: Mapping[str, Sight], form: str, name: str) -> bool:
    sight = sights.get(form)
    if sight is None:
        return True
    if sight.rows.none or name in sight.hidden or name in sight.masked:
        return False
    field = app.forms[form].fields.get(name)
    if not isinstance(field, Lookup):
        return True
    target = str(getattr(app.forms[form].fields.get(field.by), "to", ""))
    return _open(app, sights, form, field.by) and _open(app, sights, target, field.field)
