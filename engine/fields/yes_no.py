"""The `yes_no` field type."""

from typing import Annotated, Any, ClassVar, Literal

from engine.expressions.feel_types import BOOLEAN, Type
from engine.field import Field, NotAcceptable, Storage, option
from engine.record import Value
from engine.typed.text import cut, narrow
from engine.wording import Label, Message, words

_YES = frozenset({"true", "1", "on", "yes", "y", "是", "对", "√", "✓"})
_NO = frozenset({"false", "0", "off", "no", "n", "否", "不", "×", "✗"})
_SHOWN = {True: {"zh": "是", "en": "Yes"}, False: {"zh": "否", "en": "No"}}


class YesNo(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="yes_no"):
    """Yes or no, or not answered yet."""

    storage: ClassVar = Storage.YES_NO
    widget: ClassVar = "yes_no"
    group: ClassVar = "choice"
    title: ClassVar = {"zh": "是/否", "en": "Yes or no"}
    about: ClassVar = {
        "zh": "一个开关，或必须回答的是与否。",
        "en": "A switch, or a question that must be answered.",
    }

    yes: Annotated[
        Label | None, option("“是”的文字", "Yes as", "如 已验收", "What yes is called")
    ] = None
    no: Annotated[Label | None, option("“否”的文字", "No as", "如 未验收", "What no is called")] = (
        None
    )
    ask: Annotated[
        Literal["switch", "question"],
        option(
            "样式",
            "Asked as",
            "switch：未打开即为否；question：不回答即为空",
            "A switch that is off is no; a question can stay open",
        ),
    ] = "switch"

    def feel_type(self) -> Type:
        return BOOLEAN

    def parse(self, text: str) -> bool | None:
        typed = narrow(text).lower()
        if typed in _YES or (typed and typed in self._called(self.yes)):
            return True
        if typed in _NO or (typed and typed in self._called(self.no)):
            return False
        if not typed:
            return False if self.ask == "switch" else None
        raise NotAcceptable(Message("“{text}”不是“是”或“否”", text=cut(text)))

    def read(self, data: Any) -> bool | None:
        if data is None or type(data) is bool:
            return data
        raise NotAcceptable(Message("应为 true 或 false"))

    def write(self, value: Value) -> str:
        return "" if value is None else "true" if value else "false"

    def data(self, value: Value) -> bool | None:
        return value if isinstance(value, bool) else None

    def show(self, value: Value, locale: str = "zh") -> str:
        if not isinstance(value, bool):
            return ""
        return words((self.yes if value else self.no) or _SHOWN[value], locale)

    @staticmethod
    def _called(label: Label | None) -> tuple[str, ...]:
        if label is None:
            return ()
        return tuple(
            text.lower() for text in ((label,) if isinstance(label, str) else label.values())
        )
