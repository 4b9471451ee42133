"""By which choices can a value be given that is worked out, or stands as it is?"""

from __future__ import annotations

from typing import Any

from designer.panels.around import Around, Choice
from designer.panels.controls import Control
from designer.panels.making import Making
from designer.panels.places import Place
from designer.panels.referring import refers
from designer.panels.telling import told
from engine.app import Form
from engine.expressions import FeelError, parse
from engine.expressions.tree import Bool, Call, Name, Node, Null, Num, Path, Str
from engine.field import Field
from engine.wording import Message, words

MOMENTS = {
    "today()": Message("今天"),
    "now()": Message("现在"),
    "user.id": Message("当前用户"),
    "user.department": Message("当前用户的部门"),
}
WAYS = {
    "none": Message("不填"),
    "fixed": Message("固定的值"),
    "field": Message("另一个字段"),
    "moment": Message("今天、当前用户…"),
    "clear": Message("清空"),
    "formula": Message("公式"),
}


def value_control(making: Making, *, fixed: bool) -> Control:
    """Return the control of a value: fixed, that of a field, of the moment, or by a formula.

    With `fixed`, a fixed value stands as itself in the YAML and the rest under `feel`; without,
    all of them are FEEL.
    """
    around, place = making.around, making.place
    feel, plain = _read(place.value, fixed)
    way, held = _way_of(around, place, feel) if feel else ("fixed", plain)
    if feel is None and plain is None:
        way = "none" if not making.key.required else "formula"
    field = _field_of(around, place)
    ways = [one for one in WAYS if _offered(one, making, fixed)]
    return making.control(
        "value",
        choices=tuple(Choice(one, around.fill(WAYS[one])) for one in ways),
        rule=told(around, place, feel or "") if feel else None,
        more={
            "way": way,
            "held": held,
            "feel": feel or "",
            "wrapped": fixed,
            "input": _input(field),
            "options": _options(field, around.locale),
            "fields": _fields(around, place),
            "moments": [(text, around.fill(said)) for text, said in MOMENTS.items()],
            "form": _scene_id(around, place),
            "rows": getattr(around.rows_of(place), "id", ""),
        },
    )


def _read(value: Any, fixed: bool) -> tuple[str | None, Any]:
    """Return the expression, or the value that stands as it is."""
    if fixed:
        worked_out = isinstance(value, dict) and set(value) == {"feel"}
        return (str(value["feel"]), None) if worked_out else (None, value)
    return (str(value), None) if value not in (None, "") else (None, None)


def _way_of(around: Around, place: Place, feel: str) -> tuple[str, Any]:
    if feel in MOMENTS:
        return "moment", feel
    scene = _scene(around, place)
    try:
        node = parse(feel)
    except FeelError:
        return "formula", feel
    found = _fixed_text(node)
    if found is not None:
        return found
    if scene is not None and _is_field(scene, node, feel):
        return "field", feel.strip()
    return "formula", feel


def _fixed_text(node: Node) -> tuple[str, Any] | None:
    match node:
        case Null():
            return "clear", None
        case Str(value=value) | Bool(value=value):
            return "fixed", value
        case Num(value=number):
            return "fixed", str(number)
        case Call(function="date", arguments=(Str(value=day),)):
            return "fixed", day
    return None


def _is_field(scene: Form, node: Node, feel: str) -> bool:
    return isinstance(node, Name | Path) and feel.strip().split(".")[0] in scene.scope.names


def _scene(around: Around, place: Place) -> Form | None:
    return around.scene(place, "")


def _scene_id(around: Around, place: Place) -> str:
    scene = _scene(around, place)
    return f"{scene.app}.{scene.id}" if scene else ""


def _field_of(around: Around, place: Place) -> Field | None:
    """Return the field that gets the value: the one with the default, or that a map names."""
    if place.key == "default":
        form, rows = around.form_of(place), around.rows_of(place)
        fields = getattr(rows, "cells", {}) if rows else (form.fields if form else {})
        return fields.get(str(place.target[-2]))
    named = refers(place.owner, place.key)
    if named is None or named.kind not in ("field", "settable"):
        return None
    form = around.form_named(place, named.form)
    return form.fields.get(str(place.target[-1])) if form else None


INPUTS = {
    "number": "number", "integer": "number", "money": "number", "percent": "number",
    "rating": "number", "date": "date", "yes_no": "yes_no", "select": "options",
}  # fmt: skip


def _input(field: Field | None) -> str:
    return INPUTS.get(field.type, "text") if field else "text"


def _options(field: Field | None, locale: str) -> list[tuple[str, str]]:
    return [(one.id, words(one.label, locale)) for one in getattr(field, "options", ())]


def _fields(around: Around, place: Place) -> list[tuple[str, str]]:
    scene = _scene(around, place)
    if scene is None:
        return []
    own = [(id_, words(field.label, around.locale)) for id_, field in scene.fields.items()]
    if around.rows_of(place):
        return own
    speech = around.speech(scene)
    return [*own, *((id_, speech.field(id_)) for id_ in ("owner", "stage", "created_at"))]


def _offered(way: str, making: Making, fixed: bool) -> bool:
    if way == "none":
        return not making.key.required or fixed
    return not (way == "clear" and fixed)
