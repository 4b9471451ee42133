"""Was a record chosen that may not be chosen?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from engine.expressions import Env
from engine.field import Field
from engine.forms.plan import Part
from engine.wording import Message


def wrongly_chosen(
    part: Part, row: Mapping[str, Any], stored: Mapping[str, Any], env: Env
) -> Iterator[tuple[Field, Message]]:
    """Yield the references whose new record does not meet their condition; what was right when
    it was saved stays right."""
    for field, condition in part.choices:
        value, target = row.get(field.id), row.get(f"{field.id}.")
        if value is None or value == stored.get(field.id) or not isinstance(target, Mapping):
            continue
        if not condition.holds(target, env):
            yield field, Message("所选记录不符合条件，请重新选择")
