"""Which telephone number is meant, of what kind is it, and how is it shown?"""

from __future__ import annotations

import re
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from engine.field import NotAcceptable
from engine.typed.text import cut, narrow
from engine.wording import Message

_CN_MOBILE = re.compile(r"(?:\+?86)?[ -]?(1[3-9][0-9])[ -]?([0-9]{4})[ -]?([0-9]{4})")
_ALLOWED = re.compile(r"[+(]?[0-9][0-9 ()./-]{3,24}(?:(?:转|ext\.?|x|#) ?[0-9]{1,7})?")
_EXTENSION = re.compile(r"转")


def typed_phone(text: str, country: str) -> str | None:
    """Return the number as +8613812345678, an extension behind ";ext=". Raises NotAcceptable."""
    plain = narrow(text)
    if not plain:
        return None
    mobile = _CN_MOBILE.fullmatch(plain) if country == "CN" or plain[0] == "+" else None
    if mobile:
        return f"+86{mobile[1]}{mobile[2]}{mobile[3]}"
    return _parsed(plain.replace(";ext=", "转"), country, text)


def _parsed(plain: str, country: str, text: str) -> str:
    if not _ALLOWED.fullmatch(plain):
        raise _refused(text)
    try:
        number = phonenumbers.parse(_EXTENSION.sub(" ext. ", plain), country)
    except phonenumbers.NumberParseException:
        raise _refused(text) from None
    if not phonenumbers.is_valid_number(number) and not _is_service(number):
        raise _refused(text)
    stored = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{stored};ext={number.extension}" if number.extension else stored


def _is_service(number: phonenumbers.PhoneNumber) -> bool:
    national = str(number.national_number)
    return number.country_code == 86 and bool(re.fullmatch(r"(400|800)[0-9]{7}", national))


@lru_cache(maxsize=1024)
def kind_of(stored: str) -> str:
    """Return mobile, landline, either or other."""
    match phonenumbers.number_type(phonenumbers.parse(stored.partition(";")[0])):
        case PhoneNumberType.MOBILE:
            return "mobile"
        case PhoneNumberType.FIXED_LINE:
            return "landline"
        case PhoneNumberType.FIXED_LINE_OR_MOBILE:
            return "either"
        case _:
            return "other"


@lru_cache(maxsize=8192)
def grouped(stored: str) -> str:
    """Return a number as people read it; the country's code is left out for China."""
    mobile = _CN_MOBILE.fullmatch(stored)
    if mobile:
        return f"{mobile[1]} {mobile[2]} {mobile[3]}"
    base, _, extension = stored.partition(";ext=")
    try:
        number = phonenumbers.parse(base)
    except phonenumbers.NumberParseException:
        return stored
    home = number.country_code == 86
    style = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
    shown = phonenumbers.format_number(number, style)
    return f"{shown}-{extension}" if extension else shown


def is_region(country: str) -> bool:
    """Tell if two letters are a country with telephone numbers."""
    return country in phonenumbers.SUPPORTED_REGIONS


def _refused(text: str) -> NotAcceptable:
    message = "“{text}”不是有效的电话号码，请填如 13800138000 或 021-62345678"
    return NotAcceptable(Message(message, text=cut(text)))
