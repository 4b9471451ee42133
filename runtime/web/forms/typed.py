"""What was typed into a form, for a save and for a look at what would be saved?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from engine.app import Form
from engine.forms.plan import plan_of
from engine.forms.submission import read_typed
from engine.outcomes import Submission

AUTO = "_auto"
"""The hidden input that names what still follows its default: nobody typed there yet."""

Typed = MultiDict[str, str]


def submitted(form: Form, typed: Typed) -> Submission:
    """Read what came from a browser. Rows in which nobody typed anything are left out."""
    awake = without_idle_rows(form, typed)
    return read_typed(form, {name: awake.getlist(name) for name in awake})


def as_typed(form: Form, typed: Typed) -> Submission:
    """Read the same while it is typed: what can't be read is nothing yet, and what follows its
    default is worked out anew."""
    autos = autos_in(typed)
    awake = without_idle_rows(form, typed)
    texts = {name: awake.getlist(name) for name in awake}
    read = read_typed(form, texts)
    values = {id_: _thawed(value) for id_, value in read.values.items()}
    for key in read.complaints:
        _put(values, key.split("."), None)
    for name in autos:
        _drop(values, list(_place(form, texts, name)))
    kept = {id_: value for id_, value in values.items() if form.fields[id_].settable}
    frozen = {id_: tuple(v) if isinstance(v, list) else v for id_, v in kept.items()}
    return Submission(values=frozen, complaints={}, typed=read.typed)


def filled_rows(line: str, texts: Mapping[str, Any]) -> list[int]:
    """Return the numbers of the rows in which something stands, as they are read."""
    pattern = re.compile(rf"{re.escape(line)}-(\d{{1,5}})-(?!id$)")
    numbers = {
        int(found[1])
        for name, sent in texts.items()
        if (found := pattern.match(name)) and any(text.strip() for text in sent)
    }
    return sorted(numbers)


def autos_in(typed: Typed) -> frozenset[str]:
    """Return the inputs that still follow their defaults."""
    return frozenset(name for text in typed.getlist(AUTO) for name in text.split())


def without_idle_rows(form: Form, typed: Typed) -> Typed:
    """Leave out the rows where nothing stands but defaults that came by themselves."""
    autos = autos_in(typed)
    if not any("-" in name for name in autos):
        return typed
    texts = {name: typed.getlist(name) for name in typed}
    by_hand = {name: sent for name, sent in texts.items() if name not in autos}
    idle = tuple(
        f"{line}-{number}-"
        for line in plan_of(form).line_fields
        for number in {*filled_rows(line, texts)} - {*filled_rows(line, by_hand)}
    )
    return MultiDict(
        (name, text) for name, sent in texts.items() if not name.startswith(idle) for text in sent
    )


def _place(form: Form, texts: Mapping[str, Any], name: str) -> Iterator[str]:
    """Yield the way to a value: a field, or a line field, the place of a row and its cell."""
    line, _, rest = name.partition("-")
    if not rest:
        yield name
        return
    number, _, cell = rest.partition("-")
    rows = filled_rows(line, texts) if line in plan_of(form).line_fields else []
    if number.isascii() and number.isdigit() and int(number) in rows:
        yield from (line, str(rows.index(int(number))), cell)


def _thawed(value: Any) -> Any:
    rows = isinstance(value, tuple) and all(isinstance(one, dict) for one in value)
    return [dict(row) for row in value] if rows and value else value


def _put(values: dict[str, Any], way: list[str], value: Any) -> None:
    if len(way) == 1 and way[0] and not isinstance(values.get(way[0]), list):
        values[way[0]] = value
    elif len(way) == 3 and isinstance(rows := values.get(way[0]), list):
        rows[int(way[1])][way[2]] = value


def _drop(values: dict[str, Any], way: list[str]) -> None:
    if len(way) == 1:
        values.pop(way[0], None)
    elif len(way) == 3 and isinstance(rows := values.get(way[0]), list):
        rows[int(way[1])].pop(way[2], None)
