"""What do all blocks of documents have in common?"""

from collections.abc import Iterator, Mapping
from typing import ClassVar, Literal

import msgspec
from msgspec import Struct

from engine.documents.pieces import Piece
from engine.documents.reader import Reader
from engine.field import Feel, Id

Align = Literal["left", "center", "right"]


class Block(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="type"):
    """One part of a document."""

    title: ClassVar[Mapping[str, str]] = {}
    """What it is called, in each language."""
    about: ClassVar[Mapping[str, str]] = {}
    """One sentence on what it is for, in each language."""
    titles: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """What its keys are called and do: Chinese, English, and help in both where it is needed."""
    icon: ClassVar[str] = "file-text"

    id: Id | None = None
    """What translations call it; its type, if it is not said."""
    only_if: Feel | None = msgspec.field(default=None, name="if")
    """Left out unless this holds for the record."""

    @property
    def type(self) -> str:
        """The word in the YAML."""
        return str(self.__struct_config__.tag)

    def drawn(self, reader: Reader) -> Iterator[Piece]:
        """Yield what it becomes for a record. Raises Unmakeable."""
        yield from ()
