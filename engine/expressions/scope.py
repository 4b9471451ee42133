"""Which names may an expression use, and where must it be able to run?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from engine.expressions.feel_types import TEXT, Type, context_of, list_of
from engine.wording import Label

if TYPE_CHECKING:
    from engine.expressions.env import Env
    from engine.expressions.values import Value

USER = context_of(
    {
        "id": TEXT,
        "name": TEXT,
        "number": TEXT,
        "department": TEXT,
        "departments": list_of(TEXT),
        "roles": list_of(TEXT),
    }
)


class Target(Enum):
    """A place where expressions run."""

    PYTHON = "python"
    BROWSER = "browser"
    SQL = "sql"


EVERYWHERE = frozenset(Target)
HOSTS = frozenset({Target.PYTHON, Target.BROWSER})
SERVER = frozenset({Target.PYTHON})
_STORE = frozenset({Target.PYTHON, Target.SQL})


@dataclass(frozen=True, slots=True)
class _Use:
    name: str
    needs: frozenset[Target]
    condition: bool
    strict: bool = True


class Slot(Enum):
    """A place in an app where an expression stands: the targets that it needs, and its result."""

    FORM = _Use("form", HOSTS, condition=True)
    LIVE = _Use("live value", HOSTS, condition=False)
    ROWS = _Use("rows", _STORE, condition=True)
    ALERT = _Use("alert", _STORE, condition=True)
    MEASURE = _Use("measure", _STORE, condition=False)
    GATE = _Use("gate", SERVER, condition=True)
    CHECK = _Use("check", SERVER, condition=True)
    RULE = _Use("rule", SERVER, condition=True)
    VALUE = _Use("value", SERVER, condition=False)
    OPEN = _Use("open", SERVER, condition=False, strict=False)

    @property
    def needs(self) -> frozenset[Target]:
        """The targets that an expression in this slot must be able to run on."""
        return self.value.needs

    @property
    def condition(self) -> bool:
        """Whether the expression answers yes or no."""
        return self.value.condition

    @property
    def strict(self) -> bool:
        """Whether a mistake in types is refused; otherwise it gives null, as the standard says."""
        return self.value.strict


class Answering(Protocol):
    """A decision table, as expressions ask it."""

    @property
    def label(self) -> Label:
        """What people call it."""

    @property
    def inputs(self) -> Mapping[str, Type] | None:
        """What it wants to be given, in order; None while something is wrong with it."""

    @property
    def result(self) -> Type:
        """The type of its answers."""

    @property
    def beyond(self) -> frozenset[str]:
        """What it looks at besides what it is given: then it can't be asked."""

    def answer(self, given: tuple[Value, ...], env: Env) -> Value:
        """Return what it says; null where it has no answer."""


@dataclass(frozen=True, eq=False)
class Scope:
    """The names that an expression may use, and the fields of the forms that they point to."""

    names: Mapping[str, Type]
    forms: Mapping[str, Mapping[str, Type]] = field(default_factory=dict)
    user: Type = USER
    decisions: Mapping[str, Answering] | None = None
    """The decision tables that an expression may ask by their ids; None where none may be."""

    def fields_of(self, kind: Type) -> Mapping[str, Type] | None:
        """Return the fields that a path can read from such a value, or None if they are open."""
        if kind.form is not None:
            return self.forms.get(kind.form, {})
        return dict(kind.fields) if kind.fields is not None else None
