"""How is a field read and written that holds several values?"""

from typing import Any, ClassVar

from engine.expressions.feel_types import TEXT, Type, list_of
from engine.field import Field, Storage
from engine.record import Value
from engine.typed.lists import sent_texts


class Several(Field, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field with a list of texts; `parse_all` of each type says which ones it takes."""

    storage: ClassVar = Storage.JSON
    sortable: ClassVar = False
    multiple: ClassVar = True

    def feel_type(self) -> Type:
        return list_of(TEXT)

    def parse(self, text: str) -> Value:
        return self.parse_all(tuple(part.strip() for part in text[:40_000].split(",")))

    def read(self, data: Any) -> Value:
        return self.parse_all(tuple(sent_texts(data)))

    def write(self, value: Value) -> str:
        return ",".join(self.write_all(value))

    def write_all(self, value: Value) -> tuple[str, ...]:
        return tuple(map(str, value)) if isinstance(value, tuple) else ()

    def data(self, value: Value) -> list[Any] | None:
        return list(value) if isinstance(value, tuple) else None
