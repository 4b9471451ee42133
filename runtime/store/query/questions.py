"""What can be asked about the records that a person may see?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runtime.store.unit import Unit


class Questions:
    """Every question about records, with what the asking person may see of them."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
