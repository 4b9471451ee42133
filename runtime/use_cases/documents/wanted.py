"""What is left as work when somebody, or a rule, wants a document?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from runtime.use_cases.act import Door

KIND = "make_document"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """One document of one record."""

    app: str
    form: str
    record: str
    document: str
    door: Door = "form"
    rule: str | None = None
    """The rule that wants it, instead of a person."""
    cause: str | None = None
    depth: int = 0
    into: str | None = None
    """The file field that it is put into."""
    evidence: str | None = None
    """The item of a gate that it is handed in for."""


def left_wish(wish: Wish) -> dict[str, Any]:
    """Return the arguments of the job."""
    return vars(wish)


def read_wish(arguments: Mapping[str, Any]) -> Wish:
    """Read back what was left."""
    return msgspec.convert(dict(arguments), Wish)
