"""How is one question asked before something is done: transfer, delete, reject?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from engine.app import Form
from engine.outcomes import Denied, Invalid
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.name_values import name_people
from runtime.web.answers import UNPROCESSABLE, asked_by_module, part
from runtime.web.forms.dressing import Pick
from runtime.web.language import translate
from runtime.web.showing import show
from runtime.web.visit import Visit


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked, and where the answer goes."""

    heading: str
    action: str
    base: str
    button: str
    text: str = ""
    ask_reason: str = ""
    reason_required: bool = True
    ask_person: bool = False
    danger: bool = False


def ask(
    services: Services,
    visit: Visit,
    form: Form,
    question: Question,
    complaints: Sequence[Message] = (),
) -> ResponseReturnValue:
    """Show the question, with what was wrong with the last answer."""
    into = translate(visit.locale)
    values: dict[str, Any] = {
        **vars(question),
        "app": form.app,
        "form": form,
        "person": _person(services) if question.ask_person else None,
        "reason": request.form.get("reason", ""),
        "complaints": [one.fill(into, visit.locale) for one in complaints],
    }
    status = UNPROCESSABLE if complaints else 200
    if asked_by_module():
        return part(show(services, visit, "ask_sheet.html", nav=None, **values), status)
    return show(services, visit, "sheet_page.html", sheet="ask_sheet.html", **values), status


def complaints_of(outcome: Invalid | Denied) -> tuple[Message, ...]:
    """Return everything that is said against it."""
    if isinstance(outcome, Denied):
        return (outcome.message,)
    return tuple(message for messages in outcome.complaints.values() for message in messages)


def _person(services: Services) -> SimpleNamespace:
    chosen = request.form.get("owner", "")
    names = name_people(services, (chosen,)) if chosen else {}
    return SimpleNamespace(
        name="owner",
        html_id="in-owner",
        text=chosen,
        picked=tuple(Pick(id_, name) for id_, name in names.items()),
        definition=SimpleNamespace(placeholder=None, help=None),
        complaints=(),
        required=True,
        in_row=False,
    )
