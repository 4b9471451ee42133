"""What does a trigger look at of something that happened to a record?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One thing that happened to a record of the rule's form."""

    kind: str
    """What the log calls it, such as `edited`."""
    changes: Mapping[str, Any] = field(default_factory=dict)
    """By field id: before and after, as JSON values."""
    stage: str | None = None
    """The stage of the record afterwards."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What else the log says of it."""
