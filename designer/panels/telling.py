"""What does an expression of a draft say, in words?"""

from __future__ import annotations

from designer.panels.around import Around
from designer.panels.places import Place
from designer.panels.referring import condition_form, is_value
from designer.speech import Rule
from engine.expressions import FeelError, FeelErrors, Slot, compile_expression
from engine.filter import FilterDef
from engine.filters import BadFilter, filters_to_feel


def told(around: Around, place: Place, feel: str) -> Rule | None:
    """Return an expression in words; its own text where there are none, None without any."""
    if not feel:
        return None
    scene = around.scene(place, condition_form(place.owner, place.key))
    if scene is None:
        return Rule((), feel)
    rows = around.rows_of(place)
    form = around.form_of(place) if rows else scene
    speech = around.speech(form or scene)
    try:
        compiled = compile_expression(feel, scene.scope, Slot.OPEN)
    except (FeelError, FeelErrors):
        return Rule((), feel)
    lines = rows.id if rows else None
    if is_value(place.owner, place.key):
        return speech.value(compiled, (), lines)
    return speech.condition(compiled, lines)


def as_feel(around: Around, place: Place, value: object) -> str:
    """Return a condition as FEEL, whether it is written so or as a list of filters."""
    if isinstance(value, str):
        return value
    form = around.scene(place, condition_form(place.owner, place.key))
    if not isinstance(value, list) or form is None:
        return ""
    filters = tuple(
        FilterDef(field=one.get("field", ""), op=one.get("op", "="), value=one.get("value"))
        for one in value
        if isinstance(one, dict)
    )
    try:
        return filters_to_feel(around.apps[form.app], form, filters)
    except BadFilter:
        return ""
