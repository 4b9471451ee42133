"""What does a condition or a formula say that was changed, in words?"""

from __future__ import annotations

from designer.speech import Rule, Speech
from engine.app import App, Form
from engine.editing.edits import Target
from engine.expressions import Compiled, FeelError, FeelErrors, Slot, compile_expression
from engine.loading.folder import kind_of

CONDITIONS = frozenset({"visible", "readonly", "required", "when", "that", "if", "where", "covers"})
VALUES = frozenset({"feel", "default", "set", "order"})


def in_words(app: App, target: Target, text: str, locale: str) -> str | None:
    """Return a condition or a formula in words; None if the text is none, or there are no words
    for it."""
    key, form = str(target[-1]), _form(app, str(target[0]))
    if form is None or key not in CONDITIONS | VALUES:
        return None
    try:
        compiled = compile_expression(text, form.scope, Slot.OPEN)
        speech = Speech({app.id: app}, form, locale)
        told = _told(speech, compiled, key, _lines(target))
    except (FeelError, FeelErrors, KeyError):
        return None
    joined = ("；" if locale == "zh" else "; ").join(told.lines)
    return joined or None


def _told(speech: Speech, compiled: Compiled, key: str, lines: str | None) -> Rule:
    if key in CONDITIONS:
        return speech.condition(compiled, lines)
    return speech.value(compiled, (), lines)


def _form(app: App, path: str) -> Form | None:
    id_ = path.rpartition("/")[2].removesuffix(".yaml")
    match kind_of(path):
        case "form":
            return app.forms.get(id_)
        case "rule":
            rule = app.rules.get(id_)
            return app.forms.get(rule.form) if rule else None
        case "workflow":
            workflow = app.workflows.get(id_)
            return app.forms.get(workflow.form) if workflow else None
    return None


def _lines(target: Target) -> str | None:
    """Return the field whose rows a cell stands in."""
    places = [at for at, step in enumerate(target) if step == "fields"]
    inside = len(places) > 1 and len(target) > places[1]
    return str(target[places[0] + 1]) if inside else None
