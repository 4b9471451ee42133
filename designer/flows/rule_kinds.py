"""Which triggers and actions does a rule of a form offer, and with what does each begin?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec

from designer.speech import Speech
from engine.app import Form
from engine.rules.catalog import ACTIONS, TRIGGERS

Beginning: TypeAlias = Mapping[str, Any] | None
"""What it says at first besides its type; None where the form has nothing for it."""
SILENCE = {"calendar": "P7D"}
WHOSE = {"fields": ["owner"]}

ICONS: Mapping[str, str] = {
    "created": "plus",
    "changed": "edit",
    "stage_entered": "login",
    "stage_left": "logout",
    "silent": "bell",
    "overdue": "hourglass",
    "date": "calendar-event",
    "schedule": "calendar-time",
    "button": "pointer",
    "approval_ended": "rubber-stamp",
    "commented": "message",
    "evidence_reviewed": "file-check",
    "evidence_expired": "file-certificate",
    "in_a_row": "list-check",
    "threshold": "chart-line",
    "deleted": "trash",
    "notify": "send",
    "create_task": "checklist",
    "set_fields": "forms",
    "advance": "route",
    "assign": "user-share",
    "start_approval": "rubber-stamp",
    "generate_document": "file-text",
    "create_record": "square-rounded-plus",
    "update_referred": "link",
    "update_related": "affiliate",
    "add_points": "star",
    "freeze": "lock",
    "unfreeze": "lock-open",
    "release": "recycle",
    "route": "transfer",
    "webhook": "world",
    "call_connector": "world",
    "stop": "ban",
}
"""Of triggers and of actions: those that people ask for most come first."""


@dataclass(frozen=True)
class Offer:
    """One trigger or action as a menu offers it."""

    type: str
    title: str
    about: str
    icon: str
    value: Mapping[str, Any]


def trigger_offers(speech: Speech) -> Iterator[Offer]:
    """Yield every trigger that can set off a rule of the form."""
    yield from _offers(speech, TRIGGERS, _TRIGGERS)


def action_offers(speech: Speech) -> Iterator[Offer]:
    """Yield everything that a rule of the form can do."""
    yield from _offers(speech, ACTIONS, _ACTIONS)


def _offers(
    speech: Speech,
    kinds: Mapping[str, Any],
    beginnings: Mapping[str, Callable[[Speech], Beginning]],
) -> Iterator[Offer]:
    order = list(ICONS)
    known = sorted(kinds, key=lambda word: order.index(word) if word in ICONS else len(order))
    for word in known:
        kind, begins = kinds[word], beginnings.get(word)
        more = begins(speech) if begins else _alone(kind)
        if more is None:
            continue
        title = kind.title.get(speech.locale, word)
        about = kind.about.get(speech.locale, "")
        icon = ICONS.get(word, "bolt")
        yield Offer(word, title, about, icon, {"type": word, **more})


def _alone(kind: Any) -> Beginning:
    """Return nothing more where a kind says all by itself."""
    fields = msgspec.structs.fields(kind)
    return None if any(one.required for one in fields) else {}


def _first_stage(speech: Speech) -> Beginning:
    stages = list(speech.form.stages)
    return {"stages": stages[:1]} if stages else None


def _changed(speech: Speech) -> Beginning:
    return {"fields": [speech.form.definition.title]}


def _date(speech: Speech) -> Beginning:
    dates = [one.id for one in speech.form.fields.values() if one.type in ("date", "datetime")]
    return {"field": dates[0], "days": [0]} if dates else None


def _overdue(speech: Speech) -> Beginning:
    return {"after": SILENCE} if speech.form.stages else None


def _silent(speech: Speech) -> Beginning:
    return {"after": SILENCE}


def _schedule(speech: Speech) -> Beginning:
    return {"every": "day"}


def _evidence(speech: Speech) -> Beginning:
    gates = [gate for one in speech.form.stages.values() for gate in (one.gate, one.entry)]
    return {} if any(gate.evidence for gate in gates) else None


def _approval_ended(speech: Speech) -> Beginning:
    return {} if _workflows(speech) else None


def _in_a_row(speech: Speech) -> Beginning:
    for form, by in _leading_here(speech):
        that = f"{form.definition.title} != null"
        return {"of": form.id, "by": by, "that": that, "times": 3}
    return None


def _notify(speech: Speech) -> Beginning:
    text = speech.say("{form}“{title}”请看一下", form=_label(speech), title=_title(speech))
    return {"to": WHOSE, "text": text}


def _task(speech: Speech) -> Beginning:
    text = speech.say("请处理{form}“{title}”", form=_label(speech), title=_title(speech))
    return {"to": WHOSE, "text": text, "within": {"working": "P1D"}}


def _assign(speech: Speech) -> Beginning:
    roles = speech.app.definition.roles
    return {"to": {"roles": [roles[0].id]}, "pick": "least_loaded"}


def _set(speech: Speech) -> Beginning:
    for one in speech.form.fields.values():
        if one.settable and one.type in ("text", "long_text"):
            return {"set": {one.id: '"…"'}}
        if one.settable and one.type == "yes_no":
            return {"set": {one.id: "true"}}
    return None


def _advance(speech: Speech) -> Beginning:
    stages = list(speech.form.stages)
    return {"stage": stages[-1]} if stages else None


def _start(speech: Speech) -> Beginning:
    workflows = _workflows(speech)
    return {"workflow": workflows[0]} if workflows else None


def _create(speech: Speech) -> Beginning:
    for form, by in _leading_here(speech):
        return {"form": form.id, "by": by}
    return None


def _referred(speech: Speech) -> Beginning:
    for one in speech.form.fields.values():
        other = speech.other(str(getattr(one, "to", ""))) if one.type == "reference" else None
        value = _set(other) if other else None
        if value is not None:
            return {"through": one.id, **value}
    return None


def _related(speech: Speech) -> Beginning:
    for form, by in _leading_here(speech):
        value = _set(Speech(speech.apps, form, speech.locale))
        if value is not None:
            return {"form": form.id, "by": by, **value}
    return None


def _threshold(speech: Speech) -> Beginning:
    return {"per": "week", "below": 1}


def _freeze(speech: Speech) -> Beginning:
    text = speech.say("请先处理{form}“{title}”", form=_label(speech), title=_title(speech))
    for form, by in _leading_here(speech):
        return {"form": form.id, "by": by, "text": text}
    return None


def _points(speech: Speech) -> Beginning:
    ledgers = speech.app.definition.ledgers
    text = speech.say("{form}“{title}”", form=_label(speech), title=_title(speech))
    return {"ledger": ledgers[0].id, "to": WHOSE, "points": "1", "text": text} if ledgers else None


def _pool(speech: Speech) -> Beginning:
    return {} if speech.form.definition.pool else None


def _routing(speech: Speech) -> Beginning:
    return {} if speech.form.definition.routing else None


def _webhook(speech: Speech) -> Beginning:
    return {"url": "https://example.com/hook"}


def _call(speech: Speech) -> Beginning:
    for connector in speech.app.connectors.values():
        for operation in connector.definition.operations:
            # Nothing fits every type until somebody says what is sent.
            send = {one.id: "null" for one in operation.ask if one.required}
            said = {"connector": connector.id, "operation": operation.id}
            return {**said, "send": send} if send else said
    return None


def _told(speech: Speech) -> Beginning:
    texts = (one.id for one in speech.form.fields.values() if one.type in ("auto_number", "text"))
    field = next(texts, None)
    if field is None:
        return None
    return {"takes": {field: "text"}, "required": [field], "find": {field: f"body.{field}"}}


def _generate(speech: Speech) -> Beginning:
    found = (one.id for one in speech.app.documents.values() if one.form == speech.form.id)
    document = next(found, None)
    return {"document": document} if document else None


def _workflows(speech: Speech) -> list[str]:
    found = speech.app.workflows.values()
    return [one.id for one in found if one.form == speech.form.id]


def _leading_here(speech: Speech) -> Iterator[tuple[Form, str]]:
    """Yield the forms whose records refer to this one's, each with its field."""
    for form in speech.app.forms.values():
        for one in form.fields.values():
            if one.type == "reference" and getattr(one, "to", "") == speech.form.id:
                yield form, one.id
                break


def _label(speech: Speech) -> str:
    return speech.words(speech.form.definition.label)


def _title(speech: Speech) -> str:
    return f"{{{speech.form.definition.title}}}"


_TRIGGERS: Mapping[str, Callable[[Speech], Beginning]] = {
    "changed": _changed,
    "stage_entered": _first_stage,
    "stage_left": _first_stage,
    "date": _date,
    "overdue": _overdue,
    "silent": _silent,
    "schedule": _schedule,
    "evidence_reviewed": _evidence,
    "evidence_expired": _evidence,
    "threshold": _threshold,
    "approval_ended": _approval_ended,
    "in_a_row": _in_a_row,
    "webhook": _told,
}
_ACTIONS: Mapping[str, Callable[[Speech], Beginning]] = {
    "notify": _notify,
    "create_task": _task,
    "assign": _assign,
    "set_fields": _set,
    "advance": _advance,
    "start_approval": _start,
    "create_record": _create,
    "update_referred": _referred,
    "update_related": _related,
    "release": _pool,
    "route": _routing,
    "webhook": _webhook,
    "generate_document": _generate,
    "call_connector": _call,
    "freeze": _freeze,
    "add_points": _points,
}
