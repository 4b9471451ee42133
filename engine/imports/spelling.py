"""How would somebody type into a form what stands in the cell of a sheet?"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime, timedelta
from decimal import Decimal

from engine.field import Field, NotAcceptable
from engine.wording import Message

FAILED = re.compile(r"#(?:N/A|REF!|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)")
NO_RESULT = "#FORMULA!"
BETWEEN = re.compile(r"[,，、;；\n]")
NUMBERS = frozenset({"number", "integer", "money", "rating"})
_TIMES: dict[str, Decimal] = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SERIAL = re.compile(r"[1-9][0-9]{4}(?:\.[0-9]+)?")
_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00(?:\.0+)?)?$")
_NO_CLOCK = re.compile(r"[0-9]{4}(?:-|/|\.|年)[0-9]{1,2}(?:-|/|\.|月)[0-9]{1,2}日?")
_CURRENCY = re.compile(r"^(?:[¥￥$€£]|CNY|RMB|USD|EUR|HKD|GBP|JPY)\s*|\s*(?:元|CNY|RMB|USD|EUR)$")
_FIRST = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's days have no zone


def typed_text(field: Field, text: str) -> str:
    """Return a cell's text as it would be typed into the field. Raises NotAcceptable for what a
    formula left behind."""
    if FAILED.fullmatch(text):
        raise NotAcceptable(Message("单元格里是公式错误 {text}", text=text))
    if text == NO_RESULT:
        message = "公式还没有算出结果，请用 Excel 或 WPS 打开并保存后再上传"
        raise NotAcceptable(Message(message))
    if field.type in NUMBERS:
        return typed_figure(text, str(getattr(field, "unit", None) or ""))
    if field.type == "date":
        return typed_day(text)
    if field.type == "datetime":
        return typed_instant(text)
    return text


def typed_day(text: str) -> str:
    """Return a day without the midnight and not as the number that sheets keep for it."""
    if _SERIAL.fullmatch(text):
        moment = _of_serial(text)
        return moment.date().isoformat() if moment.time() == datetime.min.time() else text
    return _MIDNIGHT.sub("", text)


def typed_instant(text: str) -> str:
    """Return a moment; a mere day begins at midnight."""
    if _SERIAL.fullmatch(text):
        return _of_serial(text).strftime("%Y-%m-%d %H:%M:%S")
    return f"{text} 00:00" if _NO_CLOCK.fullmatch(text) else text


def typed_figure(text: str, unit: str = "") -> str:
    """Return a number without currency, unit, 万 and 亿, share sign and brackets."""
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return text
    plain = unicodedata.normalize("NFKC", text).strip()
    plain = _CURRENCY.sub("", plain).strip()
    if unit and plain.endswith(unit):
        plain = plain.removesuffix(unit).strip()
    if plain.startswith("(") and plain.endswith(")"):
        plain = f"-{_CURRENCY.sub('', plain[1:-1]).strip()}"
    return _times(plain) or plain


def pieces(field: Field, text: str) -> tuple[str, ...]:
    """Return the parts of a cell for a field that holds several things."""
    parts = tuple(part.strip() for part in BETWEEN.split(text) if part.strip())
    return parts or (text,) if field.multiple else (text,)


def _times(plain: str) -> str | None:
    by = Decimal("0.01") if plain.endswith("%") else _TIMES.get(plain[-1:])
    number = plain[:-1].replace(",", "").strip()
    if by is None or not re.fullmatch(r"-?[0-9]{1,15}(?:\.[0-9]{1,12})?", number):
        return None
    return f"{(Decimal(number) * by).normalize():f}"


def _of_serial(text: str) -> datetime:
    return _FIRST + timedelta(seconds=round(Decimal(text) * 86_400))
