"""Which records does an app bring along to be shown with?"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from engine.field import Id
from engine.moments import SHAPE
from engine.wording import Label

Moment = Annotated[
    str,
    Meta(
        pattern=rf"^({SHAPE}|\d{{4}}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?)?)$",
        extra_json_schema={"format": "moment"},
    ),
]
"""A moment as `-3d 14:20` or `+2h`, seen from now, or as `2026-03-02 09:00`."""

Login = Annotated[
    str, Meta(pattern="^[a-z][a-z0-9_.-]{0,47}$", extra_json_schema={"format": "login"})
]
"""The login name of a person."""


class DemoEvidence(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Files handed in for an item of a gate."""

    item: Id
    files: Annotated[tuple[str, ...], Meta(min_length=1)]
    """File names, as `minutes.pdf`; a small file of that kind is made."""
    at: Moment | None = None
    by: Login | None = None
    verdict: Literal["accepted", "rejected"] | None = None
    reason: str | None = None


class DemoComment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something that a person wrote under a record."""

    by: Login
    at: Moment | None = None
    text: str


class DemoPooled(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a record came into the pool, after its owner had held it."""

    since: Moment
    reason: str
    by: Login | None = None
    """Who put it there; without anybody it was taken back by itself."""


class DemoRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One record: these keys, and the form's fields beside them."""

    id: Id
    """What other rows call it."""
    owner: Login | None = None
    pipeline: Id | None = None
    stage: Id | None = None
    """The stage it is in; the first without it."""
    created_at: Moment | None = None
    stage_entered_at: Moment | None = None
    last_activity_at: Moment | None = None
    evidence: tuple[DemoEvidence, ...] = ()
    comments: tuple[DemoComment, ...] = ()
    approval: Id | None = None
    """The workflow that is under way for it, since it came into its stage."""
    agreed: tuple[Login, ...] = ()
    """Who has agreed already, in order."""
    in_pool: DemoPooled | None = None
    """It lies in the pool of its form; `owner` held it before."""
    values: dict[str, Any] = {}
    """The form's fields as JSON. References name rows, people are logins, dates may be relative,
    files are names. In the YAML they stand beside the other keys."""


class DemoFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Demo data of one form, a file of `data/`."""

    form: Id
    rows: tuple[DemoRow, ...]
    note: str | None = None


class LocaleFile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An app's texts in another language, a file of `locales/`."""

    locale: str
    texts: dict[str, Any]
    """By the path of the thing, as `forms/ticket/fields/name: Name`; paths may be nested."""
    note: Label | None = None
