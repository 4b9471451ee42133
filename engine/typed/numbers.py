"""Which exact number does a text or a JSON value stand for, and how is it shown?"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Context, Decimal

from engine.field import NotAcceptable
from engine.typed.text import cut, narrow
from engine.wording import Message

MAX_DIGITS = 15
"""Digits before the decimal point; every database and spreadsheet keeps them exactly."""

EXACT = Context(prec=40, rounding=ROUND_HALF_UP)
UNITS = tuple(Decimal(1).scaleb(-places) for places in range(13))
ZERO = Decimal(0)

_TYPED = re.compile(r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?|[+-]?\.[0-9]+")
_SENT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LIMIT = Decimal(10) ** MAX_DIGITS


def typed_number(text: str, places: int) -> Decimal | None:
    """Read what a person typed, with or without thousands separators. Raises NotAcceptable."""
    plain = narrow(text)
    if not plain:
        return None
    if not _TYPED.fullmatch(plain):
        raise not_a_number(text)
    return exact(Decimal(plain.replace(",", "")), places)


def sent_number(data: object, places: int) -> Decimal | None:
    """Read a JSON number, or the same as plain text. Raises NotAcceptable."""
    if data is None:
        return None
    kind = type(data)
    if kind is str and len(str(data)) <= 60 and _SENT.fullmatch(str(data)):
        return exact(Decimal(str(data)), places)
    if kind is int or kind is Decimal:
        return exact(_bounded(data), places)
    if kind is float:
        return exact(Decimal(repr(data)), places)
    raise NotAcceptable(Message("应为数字"))


def exact(number: Decimal, places: int) -> Decimal:
    """Return a number with so many places, if nothing of it is lost. Raises NotAcceptable."""
    if not number.is_finite():
        raise NotAcceptable(Message("应为数字"))
    if abs(number) >= _LIMIT:
        raise NotAcceptable(Message("整数部分最多 {most} 位", most=MAX_DIGITS))
    rounded = number.quantize(UNITS[places], context=EXACT)
    if rounded != number:
        raise NotAcceptable(_too_fine(places))
    return rounded if rounded else abs(rounded)


def rounded(number: Decimal, places: int) -> Decimal:
    """Return a number rounded half up, as results of formulas are kept."""
    result = number.quantize(UNITS[places], context=EXACT)
    return result if result else abs(result)


def grouped(number: Decimal, places: int | None = None) -> str:
    """Return a number with thousands separators; without places, no zeros at its end."""
    if places is not None:
        return f"{number:,.{places}f}"
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain(number: Decimal) -> str:
    """Return a number as it is typed, without zeros at its end."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def limit(given: float | None) -> Decimal | None:
    """Return a limit of the YAML as an exact number."""
    return None if given is None else Decimal(repr(given))


def not_a_number(text: str) -> NotAcceptable:
    """Return the complaint about a text that is no number."""
    return NotAcceptable(Message("“{text}”不是数字，请填如 1280.50 的数字", text=cut(text)))


def _bounded(data: object) -> Decimal:
    if isinstance(data, int) and abs(data) >= 10**MAX_DIGITS:
        raise NotAcceptable(Message("整数部分最多 {most} 位", most=MAX_DIGITS))
    return Decimal(data) if isinstance(data, int | Decimal) else ZERO


def _too_fine(places: int) -> Message:
    if places == 0:
        return Message("只能填整数")
    return Message("最多 {places} 位小数", places=places)
