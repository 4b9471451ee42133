"""What do all field types have in common, and what must each be able to do?"""

from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal

from msgspec import Meta, Struct

from engine.expressions.env import Env
from engine.expressions.feel_types import Type
from engine.record import StoredFile, Value
from engine.wording import Label, Message

Id = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,47}$")]
"""A stable name: small letters, digits and underscores."""

Feel = Annotated[str, Meta(min_length=1, max_length=4000, extra_json_schema={"format": "feel"})]
"""An expression in FEEL."""

PICKERS = frozenset({"select", "reference", "person", "department", "region"})
"""Widgets in which people choose rather than type."""


def option(zh: str, en: str, zh_help: str = "", en_help: str = "") -> Meta:
    """Name an option of a type, and say what it does, in both languages."""
    explained = {"x-title": {"zh": zh, "en": en}, "x-help": {"zh": zh_help, "en": en_help}}
    return Meta(title=zh, description=zh_help or zh, extra_json_schema=explained)


class Storage(Enum):
    """In which kind of column a field is kept; the store knows how each database does it."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    DATE = "date"
    DATETIME = "datetime"
    TIME = "time"
    DURATION = "duration"
    JSON = "json"
    """A tuple or mapping, kept as JSON text."""
    LINK = "link"
    """The id of one record, person or department."""
    LINKS = "links"
    """Ids of several records, in a table of their own."""
    LINES = "lines"
    """Rows of a table of their own, with the field's own fields."""
    NONE = "none"
    """Not kept: worked out by the query each time."""


class NotAcceptable(Exception):
    """What was given is not a value of this field; says why and what would be."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


class When(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A condition with the words that are shown while it holds and the field is empty."""

    when: Annotated[Feel, option("条件", "When", "成立时必填", "Needed while it holds")]
    message: Annotated[
        Label | None,
        option("提示", "Message", "未填时显示的话", "Said while it is empty"),
    ] = None


class Unique(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """No two records share the value; `within` limits this to records equal in those fields."""

    within: Annotated[
        tuple[Id, ...],
        option("范围", "Within", "这些字段都相同才算重复", "Only among records equal in these"),
    ] = ()
    message: Annotated[
        Label | None,
        option("提示", "Message", "重复时显示的话", "Said when the value is taken"),
    ] = None


class Computed(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value worked out by an expression."""

    feel: Annotated[
        Feel, option("表达式", "Expression", "如 today()", "Worked out once, as today()")
    ]


Mask = Literal["phone", "id_number", "name", "email", "ends", "all"]


class Field(
    Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type", dict=True
):
    """One thing that a form asks for, shows or works out."""

    storage: ClassVar[Storage] = Storage.TEXT
    widget: ClassVar[str] = "text"
    """Which macro of the pages draws it."""
    group: ClassVar[str] = "basic"
    """Where the palette of the designer shows it: basic, number, time, choice, people, link,
    media, computed or other."""
    title: ClassVar[Mapping[str, str]] = {}
    """What the designer calls it, in each language."""
    about: ClassVar[Mapping[str, str]] = {}
    """One sentence on what it is for, in each language."""
    settable: ClassVar[bool] = True
    """False for what is worked out: never accepted from outside."""
    sortable: ClassVar[bool] = True
    filterable: ClassVar[bool] = True
    multiple: ClassVar[bool] = False
    """The input may give several texts; `parse_all` reads them."""
    searchable: ClassVar[bool] = False
    """Its shown text is found by the search box."""

    id: Annotated[Id, option("标识", "Id", "小写字母、数字和下划线，保存后不改", "Never changes")]
    label: Annotated[Label, option("名称", "Label", "填写的人看到的名字", "What people read")]
    help: Annotated[
        Label | None, option("说明", "Help", "显示在输入框下方", "Stands below the input")
    ] = None
    placeholder: Annotated[
        Label | None,
        option("占位提示", "Placeholder", "输入框为空时显示", "Shown while the input is empty"),
    ] = None
    required: Annotated[
        bool | Feel | When,
        option("必填", "Required", "始终必填，或在条件成立时必填", "Always, or while it holds"),
    ] = False
    unique: Annotated[
        bool | Unique,
        option("不可重复", "Unique", "其他记录不能有相同的值", "No other record has the value"),
    ] = False
    default: Annotated[
        Any,
        option(
            "默认值",
            "Default",
            "新建时填入的值；{feel: …} 由表达式算出",
            "Filled into new records; {feel: ...} works it out",
        ),
    ] = None
    visible: Annotated[
        Feel | None, option("显示条件", "Visible", "不成立时隐藏", "Hidden while it fails")
    ] = None
    readonly: Annotated[
        bool | Feel, option("只读", "Read-only", "不能修改", "Can't be changed by people")
    ] = False
    mask: Annotated[
        Mask | None,
        option("脱敏方式", "Mask", "只能看脱敏值的角色看到的样子", "How masked roles see it"),
    ] = None
    formerly: Annotated[
        Id | None,
        option("曾用标识", "Former id", "旧标识下的数据会移过来", "Its data moves over"),
    ] = None
    width: Annotated[
        Literal["half", "full"] | None,
        option("宽度", "Width", "占半行或整行", "Half of the row or all of it"),
    ] = None
    note: Annotated[
        str | None, option("备注", "Note", "写给维护者，不显示", "For authors, shown nowhere")
    ] = None

    @property
    def type(self) -> str:
        """The word in the YAML."""
        return str(self.__struct_config__.tag)

    @property
    def contextual(self) -> bool:
        """Whether `objection` must be asked: it looks at the moment or at other values."""
        return False

    @cached_property
    def computed_default(self) -> Computed | None:
        """The expression that the default is worked out by, if it is one."""
        given = self.default
        if isinstance(given, Mapping) and set(given) == {"feel"} and isinstance(given["feel"], str):
            return Computed(feel=given["feel"])
        return given if isinstance(given, Computed) else None

    @cached_property
    def fixed_default(self) -> Value:
        """The default that stands in the YAML as a value. Raises NotAcceptable."""
        return None if self.computed_default else self.read(self.default)

    def feel_type(self) -> Type:
        """Return the type that expressions see."""
        raise TypeError(type(self).__name__)

    def scale(self) -> int:
        """Return the digits after the decimal point that a DECIMAL column keeps."""
        return 0

    def follows(self) -> tuple[str, ...]:
        """Return what `objection` reads of the record that this field points to."""
        return ()

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        """Yield what is wrong with the options together: option, code and words for authors."""
        try:
            _ = self.fixed_default
        except NotAcceptable as refused:
            yield "default", "field.default", refused.message

    def wanted(self) -> Message:
        """Return what a person reads while the field is empty and must not be."""
        if self.multiple or self.widget in PICKERS:
            return Message("请选择“{field}”", field=self.label)
        return Message("请填写“{field}”", field=self.label)

    def parse(self, text: str) -> Value:
        """Read what a person typed or a cell holds. Empty is None. Raises NotAcceptable."""
        raise NotAcceptable(Message("“{text}”不能填在这里", text=text[:40]))

    def parse_all(self, texts: tuple[str, ...]) -> Value:
        """Read all the texts that a form gave for this field. Raises NotAcceptable."""
        return self.parse(texts[0] if texts else "")

    def read(self, data: Any) -> Value:
        """Read a JSON value. Wrong kinds are refused, never bent. Raises NotAcceptable."""
        if data is None:
            return None
        if not isinstance(data, str):
            raise NotAcceptable(Message("应为文字"))
        return self.parse(data)

    def write(self, value: Value) -> str:
        """Return the text that `parse` reads back: what stands in the input while editing."""
        return "" if value is None else str(value)

    def write_all(self, value: Value) -> tuple[str, ...]:
        """Return the texts that `parse_all` reads back, one per input."""
        return () if value is None else (self.write(value),)

    def data(self, value: Value) -> Any:
        """Return the JSON value that `read` reads back."""
        return None if value is None else self.write(value)

    def show(self, value: Value, locale: str = "zh") -> str:
        """Return the text that a person reads; ids of people and records are shown by the page."""
        return self.write(value)

    def objection(
        self, value: Value, row: Mapping[str, Any], env: Env, before: Value
    ) -> Message | None:
        """Return what is wrong with a value next to the others and at this moment, if anything.

        What was right when it was saved stays right: `before` is the value that stands there.
        """
        return None

    def refusal_of(self, file: StoredFile) -> Message | None:
        """Return why a file can't be put here, if it can't."""
        return Message("这里不能放文件")
