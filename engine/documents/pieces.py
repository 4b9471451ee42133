"""What does a document consist of once it is filled in, whatever it is printed with?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Align: TypeAlias = Literal["left", "center", "right"]
"""Where a line stands."""


@dataclass(frozen=True)
class Picture:
    """The bytes of a picture."""

    data: bytes
    format: Literal["png", "jpg", "gif", "webp", "svg"]


@dataclass(frozen=True)
class Heading:
    """A line that says what follows."""

    text: str
    level: int = 1
    align: Align = "left"


@dataclass(frozen=True)
class Paragraph:
    """Some lines of text."""

    text: str
    align: Align = "left"
    small: bool = False


@dataclass(frozen=True)
class Pairs:
    """What things are called, and what they are."""

    items: tuple[tuple[str, str], ...]
    columns: int = 2


@dataclass(frozen=True)
class Column:
    """One column of a table."""

    label: str
    right: bool = False
    """Numbers stand at the right."""
    wide: bool = False
    """Longer texts, which get more room."""


@dataclass(frozen=True)
class Grid:
    """A table whose head is repeated on each page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...] = ()
    caption: str = ""


@dataclass(frozen=True)
class Clause:
    """A text that was taken over word for word, and its version."""

    title: str
    text: str
    version: str = ""


@dataclass(frozen=True)
class Clauses:
    """Texts taken over, numbered."""

    items: tuple[Clause, ...]


@dataclass(frozen=True)
class Signer:
    """Who signs for what, with the drawn signature if there is one."""

    label: str
    name: str = ""
    drawn: Picture | None = None


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on, side by side."""

    signers: tuple[Signer, ...]
    date: str = ""
    """What stands before the line for the date; without it there is none."""


@dataclass(frozen=True)
class Drawing:
    """A picture with a text below."""

    picture: Picture
    width: int
    """In millimetres."""
    align: Align = "left"
    caption: str = ""


@dataclass(frozen=True)
class Gap:
    """Some room, in millimetres."""

    height: int


@dataclass(frozen=True)
class NextPage:
    """What follows begins on a new page."""


Piece: TypeAlias = (
    Heading | Paragraph | Pairs | Grid | Clauses | Signatures | Drawing | Gap | NextPage
)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A whole document, filled in."""

    title: str
    pieces: tuple[Piece, ...]
    locale: str = "zh"
    size: str = "a4"
    landscape: bool = False
    margin: int = 20
    header: str = ""
    footer: str = ""
    numbered: str = ""
    """How pages are numbered, with `{page}` and `{pages}` in it; nothing if they are not."""
    watermark: str = ""
    logo: Picture | None = None
    used: tuple[Mapping[str, str], ...] = ()
    """Which records its texts were taken from, in which version."""


@dataclass(frozen=True)
class Source:
    """What the typesetter is given: its text, and the pictures by the names in it."""

    text: str
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def lines_of(piece: Piece) -> Sequence[str]:
    """Return what a piece says, without its looks."""
    match piece:
        case Heading(text=text) | Paragraph(text=text):
            return text.splitlines()
        case Pairs(items=items):
            return [f"{label}：{value}" for label, value in items]
        case Grid():
            head = [piece.caption] if piece.caption else []
            rows = [[one.label for one in piece.columns], *piece.rows, piece.totals]
            return [*head, *(" | ".join(row) for row in rows if row)]
        case Clauses(items=found):
            return [
                f"{at}. {one.title} {one.version}\n{one.text}" for at, one in enumerate(found, 1)
            ]
        case Signatures(signers=signers):
            return [f"{one.label} {one.name}".strip() for one in signers]
        case Drawing(caption=caption):
            return [caption] if caption else []
    return []


def text_of(sheet: Sheet) -> str:
    """Return what a document says, line by line."""
    around = [sheet.header, sheet.title, *(line for one in sheet.pieces for line in lines_of(one))]
    return "\n".join(filter(None, [*around, sheet.footer, sheet.watermark]))
