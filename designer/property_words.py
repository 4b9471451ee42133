"""In which words is the value of one option of a field said?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, TypeAlias

from designer.choices import choice
from designer.speech import Rule, Speech
from engine.app import Logic
from engine.definition.page import FilterDef
from engine.field import Field, Unique, When
from engine.typed.options import Option

Said: TypeAlias = dict[str, Any]
"""The parts of a property that the value decides."""


@dataclass(frozen=True)
class Chip:
    """One of several things that an option lists."""

    text: str
    tone: str = "grey"
    more: str = ""


@dataclass(frozen=True, kw_only=True)
class Property:
    """One option of a field, as it is shown."""

    name: str
    title: str
    help: str = ""
    text: str = ""
    rule: Rule | None = None
    chips: tuple[Chip, ...] = ()
    code: bool = False
    """The text is for machines, such as an id."""


@dataclass(frozen=True)
class Asked:
    """One option of one field."""

    speech: Speech
    field: Field
    name: str
    lines: str | None

    @property
    def value(self) -> Any:
        """What the definition says."""
        return getattr(self.field, self.name)

    @property
    def logic(self) -> Logic:
        """The compiled expressions among which those of the field are."""
        logic = self.speech.form.logic
        return logic.lines[self.lines] if self.lines else logic


def words_for(speech: Speech, field: Field, name: str, lines: str | None = None) -> Said:
    """Return how an option of a field is said."""
    asked = Asked(speech, field, name, lines)
    return OWN.get(name, _plain)(asked)


def _plain(asked: Asked) -> Said:
    value, speech = asked.value, asked.speech
    named = choice(asked.name, value)
    if named:
        return {"text": speech.fill(named)}
    if isinstance(value, tuple | list):
        return {"chips": tuple(Chip(_word(speech, asked.name, one)) for one in value)}
    return {"text": _word(speech, asked.name, value)}


def _word(speech: Speech, option: str, value: Any) -> str:
    named = choice(option, value)
    match value:
        case _ if named:
            return speech.fill(named)
        case bool():
            return speech.say("是") if value else speech.say("否")
        case float() | int():
            return f"{value:,g}" if isinstance(value, float) else f"{value:,}"
        case timedelta():
            return speech.time(value)
        case date() | time():
            return value.isoformat()
        case {"zh": _}:
            return speech.words(value)
        case Mapping():
            return speech.listed(f"{key} = {each}" for key, each in value.items())
    return str(value)


def _required(asked: Asked) -> Said:
    need = asked.logic.required.get(asked.field.id)
    if need is None or need.when is None:
        return {"text": asked.speech.say("始终必填")}
    said: Said = {"rule": asked.speech.condition(need.when, asked.lines)}
    if isinstance(asked.value, When) and asked.value.message:
        said["text"] = asked.speech.words(asked.value.message)
    return said


def _visible(asked: Asked) -> Said:
    compiled = asked.logic.visible[asked.field.id]
    return {"rule": asked.speech.condition(compiled, asked.lines)}


def _readonly(asked: Asked) -> Said:
    compiled = asked.logic.readonly.get(asked.field.id)
    if compiled is None:
        return {"text": asked.speech.say("始终只读")}
    return {"rule": asked.speech.condition(compiled, asked.lines)}


def _default(asked: Asked) -> Said:
    field, speech = asked.field, asked.speech
    compiled = asked.logic.defaults.get(field.id)
    if compiled is not None:
        return {"rule": speech.value(compiled, (field.id,), asked.lines)}
    return {"text": field.show(field.fixed_default, speech.locale)}


def _unique(asked: Asked) -> Said:
    if isinstance(asked.value, Unique) and asked.value.within:
        fields = asked.speech.fields(asked.value.within)
        return {"text": asked.speech.say("{fields}相同的记录之间不能重复", fields=fields)}
    return {"text": asked.speech.say("所有记录之间不能重复")}


def _formula(asked: Asked) -> Said:
    compiled = asked.logic.formulas[asked.field.id]
    return {"rule": asked.speech.value(compiled, (asked.field.id,), asked.lines)}


def _options(asked: Asked) -> Said:
    return {"chips": tuple(_option(asked, one) for one in asked.value)}


def _option(asked: Asked, one: Option) -> Chip:
    speech = asked.speech
    more = [speech.say("已停用")] if one.retired else []
    for field, values in (one.when or {}).items():
        filter_ = FilterDef(field=field, op="in", value=list(values))
        more.append(speech.say("仅当{condition}", condition=speech.filter(filter_)))
    return Chip(speech.words(one.label), one.colour or "grey", speech.listed(more))


def _form(asked: Asked) -> Said:
    other = asked.speech.other(str(asked.value))
    return {"text": other.words(other.form.definition.label) if other else str(asked.value)}


def _over_there(asked: Asked) -> Speech | None:
    """Return how the form is spoken of that a field refers to, adds up or looks into."""
    field, speech = asked.field, asked.speech
    if field.type == "lookup":
        through = speech.form.fields.get(str(getattr(field, "by", "")))
        return speech.other(str(getattr(through, "to", "")))
    return speech.other(str(getattr(field, "to", None) or getattr(field, "form", "")))


def _their_fields(asked: Asked) -> Said:
    value = asked.value
    ids: Iterable[str] = (value,) if isinstance(value, str) else value
    other = _over_there(asked)
    return {"text": other.fields(ids) if other else asked.speech.listed(ids)}


def _by(asked: Asked) -> Said:
    if asked.field.type == "lookup":
        return {"text": asked.speech.field(asked.value)}
    return _their_fields(asked)


def _where(asked: Asked) -> Said:
    other = _over_there(asked) or asked.speech
    return {"chips": tuple(map(Chip, other.where(asked.value)))}


def _match(asked: Asked) -> Said:
    speech, other = asked.speech, _over_there(asked)
    pairs = [
        speech.say(
            "对方的{theirs}等于本表的{ours}",
            theirs=other.field(theirs) if other else theirs,
            ours=speech.field(ours),
        )
        for theirs, ours in asked.value.items()
    ]
    return {"text": speech.listed(pairs)}


def _cells(asked: Asked) -> Said:
    cells: Mapping[str, Field] = getattr(asked.field, "cells", {})
    return {
        "text": asked.speech.listed(asked.speech.words(cells[id_].label) for id_ in asked.value)
    }


def _code(asked: Asked) -> Said:
    return {"text": str(asked.value), "code": True}


OWN: Mapping[str, Callable[[Asked], Said]] = {
    "required": _required,
    "visible": _visible,
    "readonly": _readonly,
    "default": _default,
    "unique": _unique,
    "feel": _formula,
    "options": _options,
    "to": _form,
    "form": _form,
    "by": _by,
    "of": _their_fields,
    "field": _their_fields,
    "columns": _their_fields,
    "where": _where,
    "match": _match,
    "totals": _cells,
    "id": _code,
    "formerly": _code,
    "pattern": _code,
}
"""Options that are said in a way of their own; every other one as its value is."""
