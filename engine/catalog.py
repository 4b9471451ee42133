"""Which field types exist?"""

from typing import TYPE_CHECKING, Union

from engine.field import Field
from engine.fields import field_types

FIELD_TYPES = field_types()
"""Every field type by its word in the YAML, which is the name of its file."""

if TYPE_CHECKING:
    AnyField = Field
else:
    AnyField = Union[tuple(FIELD_TYPES.values())]  # noqa: UP007 - built from what was found
