"""The `auto_number` field type."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta

from engine.expressions.feel_types import TEXT, Type
from engine.field import Field, option
from engine.typed.text import as_text, tidy
from engine.wording import Message

_BLANK = re.compile(r"\{([a-z]+)(?::([0-9]{1,2}))?\}")
_BLANKS = frozenset({"yyyy", "yy", "mm", "dd", "department", "seq"})
_PERIODS = {"never": "", "year": "%Y", "month": "%Y%m", "day": "%Y%m%d"}


class AutoNumber(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="auto_number"):
    """A number given to each new record, in turn and never twice."""

    widget: ClassVar = "readonly"
    group: ClassVar = "computed"
    title: ClassVar = {"zh": "自动编号", "en": "Automatic number"}
    about: ClassVar = {
        "zh": "新建时自动生成的编号，可含日期、部门和流水号。",
        "en": "A number that each new record gets, with date, department and sequence.",
    }
    settable: ClassVar = False
    searchable: ClassVar = True

    pattern: Annotated[
        Annotated[str, Meta(min_length=5, max_length=100)],
        option(
            "编号规则",
            "Pattern",
            "如 SB{yyyy}{mm}{dd}-{seq:4}，还可用 {yy}、{department}",
            "As SB{yyyy}{mm}{dd}-{seq:4}; {yy} and {department} are known too",
        ),
    ] = "{yyyy}{mm}{dd}{seq:4}"
    resets: Annotated[
        Literal["never", "year", "month", "day"],
        option("流水号重新开始", "Restarts", "从不、每年、每月或每天", "When it counts anew"),
    ] = "never"
    start: Annotated[
        Annotated[int, Meta(ge=1)], option("起始号", "First", "第一个流水号", "Where it begins")
    ] = 1

    def feel_type(self) -> Type:
        return TEXT

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        names = [blank[1] for blank in _BLANK.finditer(self.pattern)]
        strange = [name for name in names if name not in _BLANKS]
        if strange:
            known = sorted(_BLANKS)
            text = "编号规则里没有 {name}，可用：{known}"
            yield "pattern", "field.pattern", Message(text, name=strange[0], known=known)
        elif names.count("seq") != 1:
            yield "pattern", "field.pattern", Message("编号规则里要有一个 {blank}", blank="{seq}")

    @property
    def uses_department(self) -> bool:
        """Whether each department has a sequence of its own."""
        return "{department" in self.pattern

    def period(self, today: date, department: str = "") -> str:
        """Return what tells this sequence from others of the field: its period and department."""
        period = today.strftime(_PERIODS[self.resets])
        return f"{period}/{department}" if self.uses_department else period

    def number(self, count: int, today: date, department: str = "") -> str:
        """Return the number for the count-th record of a sequence, counted from 1."""
        known = {
            "yyyy": f"{today:%Y}",
            "yy": f"{today:%y}",
            "mm": f"{today:%m}",
            "dd": f"{today:%d}",
            "department": department,
            "seq": str(self.start - 1 + count),
        }
        return _BLANK.sub(
            lambda blank: known[blank[1]].rjust(int(blank[2] or 0), "0"), self.pattern
        )

    def parse(self, text: str) -> str | None:
        return tidy(text, 200) or None

    def read(self, data: Any) -> str | None:
        return None if data is None else self.parse(as_text(data))
