"""What is one record, who is acting, and what may rules look at?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

Value: TypeAlias = (
    bool
    | int
    | Decimal
    | str
    | date
    | datetime
    | time
    | timedelta
    | tuple["Value", ...]
    | Mapping[str, Any]
    | None
)
"""What a field can hold once it was read; nothing is always None, never an empty text."""

Values: TypeAlias = Mapping[str, Value]

SYSTEM_FIELDS = (
    "id",
    "version",
    "owner",
    "department",
    "pipeline",
    "stage",
    "stage_entered_at",
    "created_at",
    "created_by",
    "updated_at",
    "updated_by",
    "last_activity_at",
    "deleted_at",
)
"""What every record has beside its form's own fields; no field may take one of these ids."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One row of a form as it was read."""

    app: str
    form: str
    id: str
    version: int
    owner: str | None
    department: str | None
    pipeline: str | None
    stage: str | None
    stage_entered_at: datetime | None
    created_at: datetime
    created_by: str | None
    updated_at: datetime
    updated_by: str | None
    last_activity_at: datetime
    deleted_at: datetime | None = None
    values: Values

    def row(self) -> dict[str, Value]:
        """Return the record as expressions see it: fields and system fields side by side."""
        return {**self.values, **{name: getattr(self, name) for name in SYSTEM_FIELDS}}


@dataclass(frozen=True)
class Entrusted:
    """Records of one form that a person has a task about: seen for as long as it is open, and
    for a while after a copy was read."""

    ids: frozenset[str]
    hidden: frozenset[str] = frozenset()
    """Fields that the task does not show."""


@dataclass(frozen=True, kw_only=True)
class Outside:
    """What somebody without an account may fill in who came by a link, and nothing else."""

    app: str
    form: str
    asked: frozenset[str]
    """The fields."""
    visitor: str | None = None
    """One visit to the page: what was uploaded there is of no other."""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """A person (or program) that does something, with the rights of this very moment."""

    id: str
    name: str
    number: str | None = None
    """The employee number."""
    department: str | None = None
    departments: tuple[str, ...] = ()
    """Own department and all below it."""
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Role ids by app id."""
    admin: bool = False
    locale: str = "zh"
    entrusted: Mapping[tuple[str, str], Entrusted] = field(default_factory=dict)
    """By app and form, what tasks let the person see beside the roles."""
    outside: Outside | None = None
    """Nobody of the workspace: whoever came by a link."""

    @property
    def uploads_as(self) -> str:
        """Whose an upload is that stands on no record yet."""
        if self.outside is None or self.outside.visitor is None:
            return self.id
        return f"{self.id}/{self.outside.visitor}"

    def roles_in(self, app: str) -> frozenset[str]:
        """Return the ids of the roles that the person has in an app."""
        return self.roles.get(app, frozenset())

    def as_user(self, app: str) -> dict[str, Value]:
        """Return the person as the expressions of an app see one, under `user`."""
        return {
            "id": self.id,
            "name": self.name,
            "number": self.number,
            "department": self.department,
            "departments": self.departments,
            "roles": tuple(sorted(self.roles_in(app))),
        }


@dataclass(frozen=True, kw_only=True)
class StoredFile:
    """What is known of a file that was uploaded; `type` is the sniffed extension, as `pdf`."""

    id: str
    name: str
    type: str
    media_type: str
    size: int
    sha256: str
    uploaded_at: datetime
    uploaded_by: str | None


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One piece of evidence that was handed in for an item of a gate."""

    id: str
    item: str
    file: StoredFile
    added_at: datetime
    added_by: str | None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    expires_on: date | None = None
    verdict: str | None = None
    """`accepted`, `rejected`, or None while nobody judged it."""
    verdict_by: str | None = None
    verdict_reason: str | None = None
    used_elsewhere: bool = False
    """The same content stands as evidence on another record."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a decision may look at: the rows as expressions see them, the actor, the moment."""

    record: Record
    row: Mapping[str, Any]
    """`record.row()` plus the followed references (key + dot) that the rules read."""
    actor: Actor
    now: datetime
    today: date
    evidence: tuple[Evidence, ...] = ()
    agreed: frozenset[str] = frozenset()
    """The workflows that ended with agreement since the record came into its stage."""
