"""The `id_number` field type."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from stdnum.cn import ric, uscc

from engine.expressions.feel_types import TEXT, Type
from engine.field import Field, NotAcceptable, option
from engine.typed.regions import REGIONS
from engine.typed.text import as_text, cut, narrow
from engine.wording import Message

_BETWEEN = re.compile(r"[\s-]+")
_SHAPES = {
    "uscc": re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}"),
    "resident": re.compile(r"[0-9]{17}[0-9X]"),
}

Kind = Literal["uscc", "resident"]


class IdNumber(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="id_number"):
    """An official number with a check digit."""

    widget: ClassVar = "id_number"
    group: ClassVar = "people"
    title: ClassVar = {"zh": "证件号码", "en": "Official number"}
    about: ClassVar = {
        "zh": "统一社会信用代码或身份证号，按校验码核对。",
        "en": "A credit code of an organisation or a resident's number, with its check digit.",
    }
    searchable: ClassVar = True

    kind: Annotated[
        Kind,
        option(
            "证件种类",
            "Kind",
            "uscc 统一社会信用代码，resident 居民身份证",
            "uscc for organisations, resident for people",
        ),
    ]

    def feel_type(self) -> Type:
        return TEXT

    def parse(self, text: str) -> str | None:
        number = _BETWEEN.sub("", narrow(text)).upper()
        if not number:
            return None
        if not _SHAPES[self.kind].fullmatch(number) or not _CHECKS[self.kind](number):
            raise NotAcceptable(_refusal(self.kind, text))
        return number

    def read(self, data: Any) -> str | None:
        return None if data is None else self.parse(as_text(data))


def _is_resident(number: str) -> bool:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    known = number[:2] in REGIONS or number[:2] in ("83", "91")
    return known and born.year >= 1850 and str(ric.calc_check_digit(number)) == number[-1]


def _is_credit_code(number: str) -> bool:
    return bool(uscc.is_valid(number))


_CHECKS: dict[str, Callable[[str], bool]] = {"uscc": _is_credit_code, "resident": _is_resident}


def _refusal(kind: Kind, text: str) -> Message:
    if kind == "uscc":
        message = "“{text}”不是有效的统一社会信用代码，应为 18 位，请核对"
        return Message(message, text=cut(text))
    return Message("“{text}”不是有效的身份证号，应为 18 位，请核对", text=cut(text))
