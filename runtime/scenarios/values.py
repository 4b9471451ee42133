"""Which values do the words of a step stand for?"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from engine.app import Form
from engine.field import Field
from engine.forms.submission import read_json
from engine.moments import day, is_moment, moment
from engine.outcomes import Submission
from engine.record import StoredFile
from runtime.scenarios.world import World
from runtime.use_cases.act import Act
from runtime.use_cases.keep_file import upload_file
from runtime.workspace.demo_extras import content_of

FILES = frozenset({"file", "image", "signature"})
LINKS = frozenset({"reference", "reference_list"})


class Unplayable(Exception):
    """A step can't be played as it is written; says why."""


def submission(world: World, act: Act, form: Form, given: Mapping[str, Any]) -> Submission:
    """Read what a step fills in as the API reads it; files are uploaded first."""
    raw = {}
    for id_, value in given.items():
        field = form.fields.get(id_)
        raw[id_] = _files(world, act, value) if _is_file(field) else meant(world, field, value)
    return read_json(form, raw)


def meant(world: World, field: Field | None, value: Any) -> Any:
    """Return the JSON value that a word stands for: names, logins and moments are replaced."""
    if field is None or value is None:
        return value
    if field.type == "lines":
        cells = {cell.id: cell for cell in getattr(field, "fields", ())}
        return [
            {id_: meant(world, cells.get(id_), cell) for id_, cell in row.items()} for row in value
        ]
    if isinstance(value, list):
        return [meant(world, field, item) for item in value]
    if not isinstance(value, str):
        return value
    return _word(world, field, value)


def upload(world: World, act: Act, name: str) -> str:
    """Upload a small real file; the same name is the same content. Return its id."""
    stored = upload_file(world.services, act, name, io.BytesIO(content_of(name, name)))
    if not isinstance(stored, StoredFile):
        raise Unplayable(str(stored))
    return stored.id


def _word(world: World, field: Field, text: str) -> Any:
    if field.type in LINKS:
        return world.names[text].id if text in world.names else text
    if field.type == "person":
        return world.people[text].id if text in world.people else text
    like = getattr(field, "result", field.type)
    if like in ("date", "datetime") and is_moment(text):
        now = world.clock().replace(microsecond=0)
        return (day(text, now) if like == "date" else moment(text, now)).isoformat()
    return text


def _files(world: World, act: Act, value: Any) -> list[str]:
    names = value if isinstance(value, list) else [value]
    return [upload(world, act, name) for name in names if name]


def _is_file(field: Field | None) -> bool:
    return field is not None and field.type in FILES
