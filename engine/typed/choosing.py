"""Which options does a field with a list of them know, and which may be chosen?"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from engine.record import Value
from engine.typed.options import Option, by_word, open_to


class Choosing:
    """What the field types with `options` share, one or several of which are chosen."""

    options: tuple[Option, ...]

    @cached_property
    def _words(self) -> dict[str, Option]:
        return by_word(self.options)

    @cached_property
    def _ids(self) -> dict[str, Option]:
        return {one.id: one for one in self.options}

    @cached_property
    def contextual(self) -> bool:
        """Whether other values decide which options are open."""
        return any(one.retired or one.when for one in self.options)

    def option(self, id_: Value) -> Option | None:
        """Return the option with an id."""
        return self._ids.get(id_) if isinstance(id_, str) else None

    def offered(self, row: Mapping[str, Any]) -> tuple[Option, ...]:
        """Return the options that may be chosen next to the other values of a record."""
        return tuple(one for one in self.options if not one.retired and open_to(one, row))
