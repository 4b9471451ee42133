"""How is the text of an input written in FEEL, and read back from it?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

from engine.expressions import Node
from engine.expressions.builtins.text import number_text
from engine.expressions.literals import duration_text, read_date, read_temporal
from engine.expressions.tree import AtLiteral, Bool, Call, Neg, Null, Num, Str
from engine.field import Field, NotAcceptable, Storage
from engine.filters.known import Known, Sort
from engine.filters.visual import BadFilter
from engine.record import Value
from engine.wording import Message

TODAY = "today"
NULL = "null"
_TEMPORAL = frozenset({"date", "time", "date and time", "duration"})
_MOST_DIGITS = 30


def quoted(text: str) -> str:
    """Return a text as FEEL writes it."""
    return '"' + text.translate(_ESCAPED) + '"'


_ESCAPED = str.maketrans({'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def written(known: Known, text: str) -> str:
    """Return the value that an input holds as FEEL; nothing is null. Raises BadFilter."""
    if text == "":
        return NULL
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise _not_fitting(known, text)
    if known.sort in (Sort.DATE, Sort.MOMENT) and is_day(text):
        return day(text)
    value = _value(known, text)
    return NULL if value is None else _feel(known, value)


def has_capitals(text: str) -> bool:
    """Tell whether a text might be written in other capitals."""
    # The dot is what the small letter of the capital i with a dot ends with.
    return text.lower() != text.upper() or "\u0307" in text


def is_day(text: str) -> bool:
    """Tell whether a text stands for a whole day."""
    return text == TODAY or read_date(text) is not None


def day(text: str) -> str:
    """Return a day as FEEL."""
    return "today()" if text == TODAY else f'date("{text}")'


def _value(known: Known, text: str) -> object:
    field = known.field
    if field is None or known.sort in (Sort.MANY, Sort.RECORDS):
        return _plain(known, text)
    try:
        return field.parse(text)
    except NotAcceptable as refused:
        if known.sort is not Sort.NUMBER:
            raise BadFilter(refused.message) from refused
    # What the field could not hold may be asked about: more than 2.5 is 3 and up.
    shift = -2 if getattr(field, "like", field).type == "percent" else 0
    return _number(known, text.rstrip("%")).scaleb(shift)


def _plain(known: Known, text: str) -> object:
    match known.sort:
        case Sort.NUMBER:
            return _number(known, text)
        case Sort.YES_NO if text in ("true", "false"):
            return text == "true"
        case Sort.MOMENT:
            value = read_temporal(text if text.count(":") > 1 else f"{text}:00")
            if isinstance(value, datetime):
                return value
        case Sort.DATE | Sort.TIME | Sort.DURATION | Sort.YES_NO:
            pass
        case _:
            return text
    raise _not_fitting(known, text)


def _number(known: Known, text: str) -> Decimal:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        raise _not_fitting(known, text) from None
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
        raise _not_fitting(known, text)
    return value


def _feel(known: Known, value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return number_text(value)
        case datetime():
            return f'date and time("{_in_zone(known, value).isoformat()}")'
        case date():
            return f'date("{value.isoformat()}")'
        case time():
            return f'time("{value.isoformat()}")'
        case timedelta():
            return f'duration("{duration_text(value)}")'
    return quoted(str(value))


def _in_zone(known: Known, moment: datetime) -> datetime:
    field = getattr(known.field, "like", known.field)
    zone = getattr(field, "zone", None)
    return moment.astimezone(ZoneInfo(zone)) if zone and moment.tzinfo else moment


def _not_fitting(known: Known, text: str) -> BadFilter:
    return BadFilter(Message("“{field}”不能与“{value}”比较", field=known.label, value=text[:40]))


def read(known: Known, node: Node) -> str | None:
    """Return the text that an input would hold for a value, None if it is no plain value."""
    match node:
        case Null():
            return ""
        case Call(function="today", arguments=()):
            return TODAY
        case Num(value=value):
            return _typed(known, value)
        case Neg(operand=Num(value=value)):
            return _typed(known, -value)
        case Bool(value=value):
            return "true" if value else "false"
        case Str(value=value):
            return value
    return _temporal(known, node)


def temporal_text(node: Node) -> str | None:
    """Return the text inside a date, time, moment or duration that is written out."""
    match node:
        case AtLiteral(text=text):
            return text
        case Call(function=function, arguments=(Str(value=text),)) if function in _TEMPORAL:
            return text
    return None


def _temporal(known: Known, node: Node) -> str | None:
    text = temporal_text(node)
    value = read_temporal(text) if text is not None else None
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    return None if value is None else _typed(known, value)


def _as_kept(field: Field, value: object) -> Value:
    """Return a value of the language as the field keeps it."""
    match value:
        case datetime():
            return value.astimezone(UTC)
        case Decimal() if field.storage is Storage.INTEGER and value == value.to_integral_value():
            return int(value)
    return value  # type: ignore[return-value]  # the plain values are the same


def _typed(known: Known, value: object) -> str | None:
    if known.field is not None:
        if isinstance(value, datetime) and value.tzinfo is None:
            return None
        return known.field.write(_as_kept(known.field, value)) or None
    match value:
        case Decimal():
            return number_text(value)
        case datetime():
            return value.isoformat()
    return None
