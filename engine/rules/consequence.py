"""What may an action bring about that sets off another rule?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Consequence:
    """One kind of thing that happens to the records of a form."""

    kind: Literal["created", "changed", "entered"]
    form: str
    name: str = ""
    """The field that changes, or the stage that is entered."""
