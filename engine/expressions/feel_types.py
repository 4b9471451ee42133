"""Which types can a part of an expression have?"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

MAX_SCALE = 12


class Kind(StrEnum):
    """What a value is at run time, as far as the language tells values apart."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    TIME = "time"
    DATETIME = "date and time"
    DAYS = "days and time duration"
    MONTHS = "years and months duration"
    LIST = "list"
    CONTEXT = "context"
    RANGE = "range"
    FUNCTION = "function"
    NULL = "null"
    ANY = "any"


class Type(Struct, frozen=True):
    """A static type; the constants and functions below make every one that there is."""

    kind: Kind
    scale: int | None = None
    item: Type | None = None
    form: str | None = None
    fields: tuple[tuple[str, Type], ...] | None = None
    options: tuple[str, ...] | None = None
    zoned: bool = True

    def __str__(self) -> str:
        if self.kind is Kind.NUMBER and self.scale == 0:
            return "integer"
        if self.form is not None:
            return f"{self.form}" if self.kind is Kind.TEXT else f"row of {self.form}"
        if self.item is not None and self.item.kind is not Kind.ANY:
            return f"{self.kind}<{self.item}>"
        return str(self.kind)

    @property
    def is_reference(self) -> bool:
        """Whether the value is the id of a row of another form, so that a path can follow it."""
        return self.kind is Kind.TEXT and self.form is not None

    @property
    def is_row(self) -> bool:
        """Whether the value is a row: a mapping with the fields of a form."""
        return self.kind is Kind.CONTEXT and self.form is not None


NUMBER = Type(Kind.NUMBER)
INTEGER = Type(Kind.NUMBER, scale=0)
TEXT = Type(Kind.TEXT)
BOOLEAN = Type(Kind.BOOLEAN)
DATE = Type(Kind.DATE)
TIME = Type(Kind.TIME)
DATETIME = Type(Kind.DATETIME)
LOCAL_DATETIME = Type(Kind.DATETIME, zoned=False)
DAYS = Type(Kind.DAYS)
MONTHS = Type(Kind.MONTHS)
CONTEXT = Type(Kind.CONTEXT)
RANGE = Type(Kind.RANGE)
FUNCTION = Type(Kind.FUNCTION)
NULL = Type(Kind.NULL)
ANY = Type(Kind.ANY)


def number(scale: int) -> Type:
    """Return the type of exact decimals with at most so many digits after the point."""
    return Type(Kind.NUMBER, scale=scale)


def choice(options: tuple[str, ...]) -> Type:
    """Return the type of texts out of a known list of ids."""
    return Type(Kind.TEXT, options=options)


def list_of(item: Type) -> Type:
    """Return the type of lists with such items."""
    return Type(Kind.LIST, item=item)


def reference(form: str) -> Type:
    """Return the type of the id of a row of a form; a path follows it to the row's fields."""
    return Type(Kind.TEXT, form=form)


def row(form: str) -> Type:
    """Return the type of a row of a form."""
    return Type(Kind.CONTEXT, form=form)


def lines(form: str) -> Type:
    """Return the type of the child rows of a record."""
    return list_of(row(form))


def context_of(fields: dict[str, Type]) -> Type:
    """Return the type of a context with exactly these entries."""
    return Type(Kind.CONTEXT, fields=tuple(fields.items()))


LIST = list_of(ANY)

ORDERED = frozenset(
    {Kind.NUMBER, Kind.TEXT, Kind.DATE, Kind.TIME, Kind.DATETIME, Kind.DAYS, Kind.MONTHS}
)


def joined(one: Type, other: Type) -> Type | None:
    """Return the type of a value that is either of both, or None where they do not go together."""
    if one == other or other.kind is Kind.NULL:
        return one
    if one.kind is Kind.NULL:
        return other
    if Kind.ANY in (one.kind, other.kind):
        return ANY
    if one.kind is not other.kind:
        return None
    return _joined_same_kind(one, other)


def _joined_same_kind(one: Type, other: Type) -> Type | None:
    match one.kind:
        case Kind.NUMBER:
            known = one.scale is not None and other.scale is not None
            return number(max(one.scale or 0, other.scale or 0)) if known else NUMBER
        case Kind.TEXT:
            return TEXT
        case Kind.LIST:
            item = joined(one.item or ANY, other.item or ANY)
            return list_of(item or ANY)
        case Kind.DATETIME:
            return replace(one, zoned=one.zoned and other.zoned)
        case _:
            return Type(one.kind)
