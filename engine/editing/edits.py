"""Which changes can be made to an app that is being designed?"""

from __future__ import annotations

from typing import Any, TypeAlias

import msgspec

Step: TypeAlias = str | int
Target: TypeAlias = tuple[Step, ...]
"""The address of a value: the file, then a key of a map or the id of a thing in a list, and so on;
a number counts the items of a list whose items have no id."""


class Edit(msgspec.Struct, frozen=True, tag_field="op", forbid_unknown_fields=True):
    """One change."""


class Add(Edit, frozen=True, tag="add", kw_only=True):
    """Put something new into a list, or with a key into a map; a list that is not there begins."""

    target: Target
    value: Any
    key: str | None = None
    before: Step | None = None
    """What it goes in front of; at the end if nothing is said."""


class Set(Edit, frozen=True, tag="set", kw_only=True):
    """Give a value another content; a key that is not there is added to its map."""

    target: Target
    value: Any


class Remove(Edit, frozen=True, tag="remove", kw_only=True):
    """Take a value away, with all that is inside."""

    target: Target


class Move(Edit, frozen=True, tag="move", kw_only=True):
    """Put a thing of a list elsewhere in its list, or into another one of the same file or of
    another."""

    target: Target
    into: Target
    before: Step | None = None


class AddFile(Edit, frozen=True, tag="add_file", kw_only=True):
    """Begin a new file with this content."""

    path: str
    value: Any


class RemoveFile(Edit, frozen=True, tag="remove_file", kw_only=True):
    """Take a file away."""

    path: str


class Splice(Edit, frozen=True, tag="splice", kw_only=True):
    """Characters of a file that give way to others: what every edit comes to, and how one is
    undone. A file that begins or ends has None before or after."""

    path: str
    at: int
    removed: str | None
    added: str | None

    @property
    def inverse(self) -> Splice:
        """What undoes it."""
        return Splice(path=self.path, at=self.at, removed=self.added, added=self.removed)


AnyEdit: TypeAlias = Add | Set | Remove | Move | AddFile | RemoveFile
"""What designers send."""
