"""How is a field read, kept and shown whose value is worked out?"""

from abc import abstractmethod
from typing import Annotated, Any, ClassVar

from msgspec import Meta

from engine.expressions.feel_types import Type
from engine.field import Field, Storage, option
from engine.record import Value
from engine.typed.results import STORAGES, Result, kept, scale_of, type_of
from engine.wording import Label

Places = Annotated[
    Annotated[int, Meta(ge=0, le=6)],
    option("小数位", "Decimal places", "四舍五入到几位", "Rounded half up to so many"),
]
Currency = Annotated[
    Annotated[str, Meta(pattern="^[A-Z]{3}$")],
    option("币种", "Currency", "结果为金额时的币种", "Of a result that is money"),
]
Unit = Annotated[Label | None, option("单位", "Unit", "显示在数字后面", "Stands behind the number")]


class WorkedOut(Field, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field like the one that would hold its result if people typed it."""

    widget: ClassVar = "readonly"
    group: ClassVar = "computed"
    settable: ClassVar = False

    @property
    @abstractmethod
    def gives(self) -> Result:
        """Of which kind the result is."""

    @property
    @abstractmethod
    def like(self) -> Field:
        """The field that would hold such a value if people typed it."""

    @property
    @abstractmethod
    def digits(self) -> int:
        """To how many decimal places the result is rounded."""

    @property
    def storage(self) -> Storage:  # type: ignore[override]  # depends on the result
        """The column that fits the result."""
        return STORAGES[self.gives]

    def feel_type(self) -> Type:
        return type_of(self.gives, self.digits)

    def scale(self) -> int:
        return scale_of(self.gives, self.digits)

    def kept(self, value: Any) -> Value:
        """Return what is stored of a result; None where it is of another kind."""
        return kept(self.gives, self.digits, value)

    def parse(self, text: str) -> Value:
        return self.like.parse(text)

    def read(self, data: Any) -> Value:
        return self.like.read(data)

    def write(self, value: Value) -> str:
        return self.like.write(value)

    def data(self, value: Value) -> Any:
        return self.like.data(value)

    def show(self, value: Value, locale: str = "zh") -> str:
        return self.like.show(value, locale)
