"""The `barcode` field type."""

import re
from typing import Annotated, Any, ClassVar, Literal

from engine.expressions.feel_types import TEXT, Type
from engine.field import Field, NotAcceptable, option
from engine.typed.text import as_text, cut, narrow, tidy
from engine.wording import Message

_EAN = re.compile(r"[0-9]{13}")
_ASCII = re.compile(r"[ -~]{1,80}")


class Barcode(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="barcode"):
    """What a bar code or QR code says, scanned or typed."""

    widget: ClassVar = "barcode"
    group: ClassVar = "other"
    title: ClassVar = {"zh": "条码", "en": "Barcode"}
    about: ClassVar = {
        "zh": "扫描或输入的条形码、二维码内容。",
        "en": "What a bar code or QR code says, scanned or typed.",
    }
    searchable: ClassVar = True

    kind: Annotated[
        Literal["any", "ean13", "code128", "qr"],
        option(
            "码制",
            "Kind",
            "any、ean13（校验末位）、code128 或 qr",
            "any, ean13 with its check digit, code128 or qr",
        ),
    ] = "any"

    def feel_type(self) -> Type:
        return TEXT

    def parse(self, text: str) -> str | None:
        if self.kind in ("any", "qr"):
            return tidy(text, 500) or None
        typed = narrow(text)
        if not typed:
            return None
        if self.kind == "ean13" and not _is_ean(typed):
            message = "“{text}”不是有效的 EAN 条码，应为 13 位数字，请核对"
            raise NotAcceptable(Message(message, text=cut(text)))
        if self.kind == "code128" and not _ASCII.fullmatch(typed):
            raise NotAcceptable(Message("条码应为 80 个以内的字母、数字和符号"))
        return typed

    def read(self, data: Any) -> str | None:
        return None if data is None else self.parse(as_text(data))


def _is_ean(typed: str) -> bool:
    if not _EAN.fullmatch(typed):
        return False
    digits = [int(digit) for digit in reversed(typed)]
    return (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0
