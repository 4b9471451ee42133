"""What does the filter builder of the page get to draw, and what does it send back?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from engine.filters import BadFilter, Condition, Group, Part, Written, to_feel
from engine.wording import Message
from runtime.services import Services
from runtime.web.filters.fields import Fields
from runtime.web.filters.menus import CHOSEN, ONE_OF, menu_of
from runtime.web.filters.told import Told
from runtime.web.filters.values import names_in
from runtime.web.visit import Visit

DEEPEST = 4
MOST = 60
LONGEST = 4000


def model_of(fields: Fields, filter_: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return all that the builder draws with: fields, menus, and the filter that is set."""
    offered = [each.data() for each in fields.offered()]
    kinds = {each["kind"] for each in offered}
    return {
        "fields": offered,
        "menus": {kind: list(menu_of(kind, fields.locale)) for kind in sorted(kinds)},
        "filter": filter_,
        "deepest": DEEPEST,
    }


def drawn(services: Services, visit: Visit, fields: Fields, group: Group) -> dict[str, Any]:
    """Return a filter as the builder draws it, with the names of what it holds."""
    fitted = Group(group.all, tuple(_fitted(fields, item) for item in group.items))
    names = names_in(services, visit, fields, (fitted,))
    return _data(Told(fields=fields, names=names), fitted)


def read_filter(text: str) -> Group:
    """Read the filter that the builder sends. Raises BadFilter."""
    try:
        found = _part(json.loads(text), 0)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise BadFilter(Message("筛选条件写得不对")) from None
    if not isinstance(found, Group) or _count(found) > MOST:
        raise BadFilter(Message("筛选条件最多 {most} 个", most=MOST))
    return found


def mistakes_in(fields: Fields, group: Group) -> list[tuple[tuple[int, ...], Message]]:
    """Return what is wrong with single conditions: where each stands, and the words."""
    return list(_mistakes(fields, group, ()))


def _mistakes(
    fields: Fields, group: Group, at: tuple[int, ...]
) -> Iterable[tuple[tuple[int, ...], Message]]:
    for n, item in enumerate(group.items):
        if isinstance(item, Group):
            yield from _mistakes(fields, item, (*at, n))
            continue
        try:
            to_feel(fields.apps[fields.form.app], fields.form, Group(True, (item,)))
        except BadFilter as refused:
            yield (*at, n), refused.message


def _part(data: Any, depth: int) -> Part:
    if depth > DEEPEST:
        raise ValueError("too deep")
    if "items" in data:
        return Group(bool(data["all"]), tuple(_part(item, depth + 1) for item in data["items"]))
    if "text" in data:
        return Written(_readable(data["text"]))
    values = tuple(_readable(value) for value in data["values"])
    return Condition(_readable(data["field"]), _readable(data["op"]), values)


def _readable(text: Any) -> str:
    # JSON can hold halves of characters, which no page can show.
    return str(text)[:LONGEST].encode("utf-8", "ignore").decode().replace("\0", "")


def _count(part: Part) -> int:
    return sum(map(_count, part.items)) if isinstance(part, Group) else 1


def _fitted(fields: Fields, part: Part) -> Part:
    """Return a part with operators that the menus have; what they have not stays text."""
    if isinstance(part, Group):
        return Group(part.all, tuple(_fitted(fields, item) for item in part.items))
    if isinstance(part, Written):
        return part
    field = fields.one(part.field)
    if field is None or part.field not in fields.paths:
        return _as_text(fields, part)
    if field.kind in CHOSEN and part.op in ONE_OF:
        part = replace(part, op=ONE_OF[part.op])
    menu = {each["op"] for each in menu_of(field.kind, fields.locale)}
    whole = f"{part.op}:{part.values[0] if part.values else ''}"
    drawable = part.op in menu and "today" not in part.values
    return part if drawable or whole in menu else _as_text(fields, part)


def _as_text(fields: Fields, part: Condition) -> Part:
    app = fields.apps[fields.form.app]
    try:
        return Written(to_feel(app, fields.form, Group(True, (part,))))
    except BadFilter:
        return part  # What is wrong with it is told at its place.


def _data(told: Told, part: Part) -> dict[str, Any]:
    if isinstance(part, Group):
        return {"all": part.all, "items": [_data(told, item) for item in part.items]}
    if isinstance(part, Written):
        return {"text": part.text, "told": told.written(part.text)}
    titles = {id_: told.names[id_] for id_ in part.values if id_ in told.names}
    held = {"field": part.field, "op": part.op, "values": list(part.values)}
    return {**held, "titles": titles} if titles else held
