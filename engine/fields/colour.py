"""The `colour` field type."""

import re
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from engine.expressions.feel_types import TEXT, Type
from engine.field import Field, NotAcceptable, option
from engine.typed.text import as_text, cut, narrow
from engine.wording import Message

_COLOUR = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})")


class Colour(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="colour"):
    """A colour, kept as #2f6fed."""

    widget: ClassVar = "colour"
    group: ClassVar = "other"
    title: ClassVar = {"zh": "颜色", "en": "Colour"}
    about: ClassVar = {"zh": "一种颜色，如 #2f6fed。", "en": "A colour, such as #2f6fed."}
    sortable: ClassVar = False

    palette: Annotated[
        tuple[Annotated[str, Meta(pattern="^#[0-9a-f]{6}$")], ...],
        option("可选颜色", "Palette", "不填则任意颜色", "Any colour without one"),
    ] = ()

    def feel_type(self) -> Type:
        return TEXT

    def parse(self, text: str) -> str | None:
        typed = narrow(text).lower()
        if not typed:
            return None
        found = _COLOUR.fullmatch(typed)
        if found is None:
            raise NotAcceptable(Message("“{text}”不是颜色，请填如 #2f6fed 的颜色", text=cut(text)))
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        if self.palette and f"#{digits}" not in self.palette:
            raise NotAcceptable(Message("请从这些颜色中选：{palette}", palette=list(self.palette)))
        return f"#{digits}"

    def read(self, data: Any) -> str | None:
        return None if data is None else self.parse(as_text(data))
