"""How is a document told to the typesetter, so that nothing in it can be taken for its code?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from engine.documents.looks import LOOKS
from engine.documents.pieces import (
    Clauses,
    Drawing,
    Gap,
    Grid,
    Heading,
    NextPage,
    Pairs,
    Paragraph,
    Picture,
    Piece,
    Sheet,
    Signatures,
    Source,
)  # fmt: skip

LONGEST_TEXT = 20_000
"""Characters of one text; what is longer is cut, as nobody reads it on paper."""


WIDE_SPACES = "\u3000\u00a0\u2003\u2002"


def typeset(sheet: Sheet) -> Source:
    """Return what the typesetter is given; the same sheet gives the very same text."""
    return _Writing(sheet).source()


def quoted(text: str) -> str:
    """Return a text as the typesetter's code holds one: whatever stands in it stays text."""
    return f'"{"".join(map(_letter, text[:LONGEST_TEXT]))}"'


def _letter(letter: str) -> str:
    if letter in '"\\':
        return f"\\{letter}"
    # What is not printed could hide what a line says, or turn it round.
    return letter if letter.isprintable() or letter in WIDE_SPACES else " " * (letter == "\t")


def _lines(text: str) -> str:
    """Return a text of several lines as content."""
    return f"said({', '.join(quoted(line) for line in text.splitlines() or ('',))})"


@dataclass
class _Writing:
    sheet: Sheet
    pictures: dict[str, bytes] = field(default_factory=dict)

    def source(self) -> Source:
        body = [self._piece(piece) for piece in self.sheet.pieces]
        text = "\n".join([LOOKS, *self._page(), *(f"#{line}" for line in body)])
        return Source(text, self.pictures)

    def _page(self) -> Iterable[str]:
        sheet = self.sheet
        locale = '"zh", region: "cn"' if sheet.locale == "zh" else '"en"'
        yield f"#set document(title: {quoted(sheet.title)})"
        yield (
            f"#set page(paper: {quoted(sheet.size)}, flipped: {_truth(sheet.landscape)}, "
            f"margin: (x: {sheet.margin}mm, top: {sheet.margin + 6}mm, bottom: {sheet.margin}mm), "
            f"header: {self._header()}, footer: {self._footer()}, "
            f"foreground: {self._watermark()})"
        )
        yield f'#set text(font: ("Noto Sans SC",), size: 10pt, fill: ink, lang: {locale})'
        yield '#set par(leading: 0.72em, justify: false, linebreaks: "simple")'
        yield "#set heading(numbering: none)"
        yield "#show heading: it => it.body"

    def _header(self) -> str:
        logo, text = self.sheet.logo, self.sheet.header
        if logo is None and not text:
            return "none"
        left = f"image({quoted(self._kept(logo))}, height: 9mm)" if logo else "[]"
        right = f"text(size: 8.5pt, fill: pale, {_lines(text)})"
        return (
            "{ grid(columns: (auto, 1fr), align: (left + bottom, right + bottom), "
            f"{left}, {right}); v(-4pt); line(length: 100%, stroke: 0.5pt + line-ink) }}"
        )

    def _footer(self) -> str:
        sheet = self.sheet
        if not sheet.footer and not sheet.numbered:
            return "none"
        before, _, rest = sheet.numbered.partition("{page}")
        between, _, after = rest.partition("{pages}")
        number = (
            f"{quoted(before)} + str(counter(page).get().first()) + {quoted(between)} + "
            f"str(counter(page).final().first()) + {quoted(after)}"
        )
        right = f"context text({number})" if sheet.numbered else "[]"
        return (
            "{ set text(size: 8pt, fill: pale); grid(columns: (1fr, auto), "
            f"align: (left, right), column-gutter: 6mm, {_lines(sheet.footer)}, {right}) }}"
        )

    def _watermark(self) -> str:
        text = self.sheet.watermark
        return f"mark({_lines(text)})" if text else "none"

    def _piece(self, piece: Piece) -> str:
        match piece:
            case Heading(text=text, level=level, align=align):
                return f"heading-line({level}, {align}, {_lines(text)})"
            case Paragraph(text=text, align=align, small=small):
                return f"paragraph({align}, {_truth(small)}, {_lines(text)})"
            case Pairs(items=items, columns=columns):
                told = [f"pair({_lines(label)}, {_lines(value)})" for label, value in items]
                return f"pairs({columns}, {_array(told)})"
            case Gap(height=height):
                return f"v({height}mm)"
            case NextPage():
                return "pagebreak(weak: true)"
        return self._larger(piece)

    def _larger(self, piece: Piece) -> str:
        match piece:
            case Grid():
                return _table(piece)
            case Clauses(items=items):
                told = (
                    f"clause({quoted(str(at))}, {quoted(one.title)}, {quoted(one.version)}, "
                    f"{_lines(one.text)})"
                    for at, one in enumerate(items, 1)
                )
                return "{ " + "; ".join(told) + " }"
            case Signatures():
                return self._signatures(piece)
            case Drawing():
                name = quoted(self._kept(piece.picture))
                place, under = piece.align, quoted(piece.caption)
                return f"drawing({place}, {name}, {piece.width}mm, {under})"
        raise TypeError(type(piece).__name__)

    def _signatures(self, piece: Signatures) -> str:
        told = []
        for one in piece.signers:
            drawn = f"image({quoted(self._kept(one.drawn))}, height: 14mm)" if one.drawn else "none"
            told.append(
                f"signer({_lines(one.label)}, {_lines(one.name)}, {drawn}, {quoted(piece.date)})"
            )
        return f"signers({_array(told)})"

    def _kept(self, picture: Picture) -> str:
        name = f"picture-{len(self.pictures)}.{picture.format}"
        self.pictures[name] = picture.data
        return name


def _table(grid: Grid) -> str:
    widths = [_width(at, one.right, one.wide) for at, one in enumerate(grid.columns)]
    if not any(width.endswith("fr") for width in widths):
        widths[0] = "1fr"
    places = ["right" if one.right else "left" for one in grid.columns]
    head = [_lines(one.label) for one in grid.columns]
    rows = [_array(map(_lines, row)) for row in grid.rows]
    table = (
        f"lines-table({_array(widths)}, {_array(places)}, {_array(head)}, {_array(rows)}, "
        f"{_array(map(_lines, grid.totals))})"
    )
    return f"{{ caption-line({_lines(grid.caption)}); {table} }}" if grid.caption else table


def _width(at: int, right: bool, wide: bool) -> str:
    if right:
        return "auto"
    return "2fr" if wide else "1fr"


def _array(items: Iterable[str]) -> str:
    found: Sequence[str] = tuple(items)
    return f"({', '.join(found)},)" if found else "()"


def _truth(value: bool) -> str:
    return "true" if value else "false"
