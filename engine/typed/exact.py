"""How is a field read and written that holds an exact decimal between two limits?"""

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar

from engine.expressions.feel_types import Type, number
from engine.field import Field, NotAcceptable, Storage
from engine.record import Value
from engine.typed.numbers import sent_number, typed_number
from engine.wording import Message


class Exact(Field, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field with a decimal; each type has its own limits and its own way to show it."""

    storage: ClassVar = Storage.DECIMAL
    group: ClassVar = "number"
    crossed: ClassVar = "min"
    """The key to which an author is sent whose limits cross."""

    @cached_property
    def low(self) -> Decimal | None:
        """The least value."""
        return None

    @cached_property
    def high(self) -> Decimal | None:
        """The greatest value."""
        return None

    def feel_type(self) -> Type:
        return number(self.scale())

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        if self.low is not None and self.high is not None and self.low > self.high:
            yield self.crossed, "field.range", Message("最小值不能大于最大值")
            return
        yield from super().mistakes()

    def parse(self, text: str) -> Decimal | None:
        return self.limited(typed_number(text, self.scale()))

    def read(self, data: Any) -> Decimal | None:
        return self.limited(sent_number(data, self.scale()))

    def write(self, value: Value) -> str:
        return f"{value:f}" if isinstance(value, Decimal) else ""

    def data(self, value: Value) -> str | None:
        return f"{value:f}" if isinstance(value, Decimal) else None

    def limited(self, value: Decimal | None) -> Decimal | None:
        """Return the value if it is between the limits. Raises NotAcceptable."""
        if value is None:
            return None
        if self.low is not None and value < self.low:
            raise NotAcceptable(Message("不能小于 {limit}", limit=self.show(self.low)))
        if self.high is not None and value > self.high:
            raise NotAcceptable(Message("不能大于 {limit}", limit=self.show(self.high)))
        return value
