"""What is to be done with everything that a list finds, and how is it left as a job?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias

import msgspec

from engine.app import Form
from engine.forms.showing import is_empty
from engine.forms.submission import read_typed
from engine.outcomes import Submission
from engine.wording import Message
from runtime.store import Unit
from runtime.use_cases.rules.press_button import ASKED, NOTHING

KIND = "sweep_records"
Deed: TypeAlias = Literal["edit", "advance", "transfer", "delete", "press"]


class Sweep(msgspec.Struct, frozen=True, kw_only=True):
    """One deed, to be done with each of many records by the rules of a single one."""

    app: str
    form: str
    deed: Deed
    to: str | None = None
    """The stage, or the new owner; None is each record's own next stage."""
    typed: dict[str, list[str]] = {}
    """What was typed for the fields that are filled in, as a browser sends it."""
    rule: str = ""
    """Whose button is pressed."""
    reason: str | None = None

    def submission(self, form: Form) -> Submission:
        """Return what is filled into each record."""
        return read_typed(form, self.typed) if self.typed else NOTHING


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Sweep).decode


def left_sweep(sweep: Sweep, ids: Iterable[str]) -> dict[str, str]:
    """Return the arguments of the job; the ids as one text, which is read fastest."""
    told = _encode(sweep).decode()
    return {"app": sweep.app, "form": sweep.form, "sweep": told, "ids": " ".join(ids)}


def read_sweep(arguments: Mapping[str, Any]) -> Sweep:
    """Read back what was left as the arguments of the job."""
    return _decode(arguments["sweep"])


def ids_of(arguments: Mapping[str, Any]) -> list[str]:
    """Return the records that were chosen, in the order of the list."""
    return str(arguments["ids"]).split()


def wrong_with(unit: Unit, form: Form, sweep: Sweep, asked: Iterable[str]) -> tuple[Message, ...]:
    """Return what would be in the way with every single record; `asked` are the fields that must
    be filled in."""
    given = sweep.submission(form)
    wrong = [message for messages in given.complaints.values() for message in messages]
    wrong += [
        Message(ASKED.text, field=form.fields[id_].label)
        for id_ in asked
        if id_ not in given.complaints and is_empty(given.values.get(id_))
    ]
    if sweep.deed == "transfer" and unit.people.actor(sweep.to or "") is None:
        wrong.append(Message("请选择一位在职的同事"))
    return tuple(wrong)
