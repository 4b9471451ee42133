"""What did the program send, and is it what this address takes?"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypeVar

import msgspec
from flask import Request, Response

from engine.wording import Message
from runtime.web.api.answers import Say, problem

MULTIPART = "multipart/form-data"
NOT_JSON = Message("请求内容不是有效的 JSON")


class CreateBody(msgspec.Struct, forbid_unknown_fields=True):
    """A new record."""

    values: dict[str, Any]
    pipeline: str | None = None


class EditBody(msgspec.Struct, forbid_unknown_fields=True):
    """Changes to a record; with `version`, only if nobody changed the same fields since."""

    values: dict[str, Any]
    version: int | None = None


class HandedBody(msgspec.Struct, forbid_unknown_fields=True):
    """A file handed in for an evidence item."""

    item: str
    file: str
    latitude: str | None = None
    longitude: str | None = None
    expires_on: str | None = None


class AdvanceBody(msgspec.Struct, forbid_unknown_fields=True):
    """A move to another stage, the next one without `to`."""

    to: str | None = None
    values: dict[str, Any] = {}
    evidence: list[HandedBody] = []
    reason: str | None = None
    override: bool = False
    version: int | None = None


class TransferBody(msgspec.Struct, forbid_unknown_fields=True):
    """A new owner."""

    owner: str
    reason: str | None = None


class ReleaseBody(msgspec.Struct, forbid_unknown_fields=True):
    """Why a record is put back."""

    reason: str


class PressBody(msgspec.Struct, forbid_unknown_fields=True):
    """A button of the app's own is pressed, with what it asks for."""

    values: dict[str, Any] = {}


class CommentBody(msgspec.Struct, forbid_unknown_fields=True):
    """A comment."""

    text: str
    mentions: list[str] = []
    files: list[str] = []


class ReviewBody(msgspec.Struct, forbid_unknown_fields=True):
    """A verdict on a piece of evidence."""

    verdict: Literal["accepted", "rejected"]
    reason: str | None = None


class ConvertBody(msgspec.Struct, forbid_unknown_fields=True):
    """What to fill in on the new records, by the conversion's own names."""

    values: dict[str, dict[str, Any]] = {}
    reason: str | None = None


class SubmitBody(msgspec.Struct, forbid_unknown_fields=True):
    """A record submitted for approval."""

    workflow: str
    remark: str | None = None
    chosen: dict[str, list[str]] = {}


class DecideBody(msgspec.Struct, forbid_unknown_fields=True):
    """What to do with one's own task of an approval."""

    do: Literal[
        "agree", "refuse", "return", "transfer", "add_signer", "ask_opinion", "opine", "handle",
        "acknowledge", "take_back", "resubmit",
    ]  # fmt: skip
    opinion: str | None = None
    values: dict[str, Any] = {}
    chosen: dict[str, list[str]] = {}
    people: list[str] = []
    to: str | None = None
    resubmit: Literal["all", "straight", "changed"] | None = None
    place: Literal["before", "after"] = "before"
    signature: str | None = None
    password: str | None = None


class DecideManyBody(msgspec.Struct, forbid_unknown_fields=True):
    """The same decision on several tasks."""

    tasks: list[str]
    do: Literal["agree", "refuse", "return", "acknowledge"]
    opinion: str | None = None


class ReasonBody(msgspec.Struct, forbid_unknown_fields=True):
    """Why."""

    reason: str | None = None


class DelegateBody(msgspec.Struct, forbid_unknown_fields=True):
    """Who decides instead, for what and how long."""

    stand_in: str
    starts_at: datetime
    ends_at: datetime
    app: str | None = None
    workflow: str | None = None
    reason: str | None = None


class BulkBody(msgspec.Struct, forbid_unknown_fields=True):
    """The same thing done to many records."""

    do: Literal["edit", "advance", "transfer", "delete", "press"]
    ids: list[str]
    values: dict[str, Any] = {}
    to: str | None = None
    owner: str | None = None
    button: str | None = None
    """The rule that waits for it."""
    reason: str | None = None


Body = TypeVar("Body", bound=msgspec.Struct)


def read_body(asked: Request, shape: type[Body], say: Say) -> Body | Response:
    """Return the body in its shape, or the answer that says what is wrong with it."""
    if asked.mimetype == MULTIPART:
        return problem(400, say(NOT_JSON))
    data = asked.get_data(cache=True)
    try:
        return msgspec.json.decode(data or b"{}", type=shape)
    except msgspec.ValidationError as error:
        title = say(Message("请求内容的格式不对"))
        return problem(422, title, detail=str(error))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return problem(400, say(NOT_JSON))
