"""What stands in the braces of a document's texts, and what does such a text say in the end?

`{amount}` is a field as the record page shows it, `{amount:capitals}` its money in Chinese
capitals, `{maker}` and the like tell of the making, and anything else is an expression, as
`{site.city}`. A brace that is meant stands twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.wording import Label, Message, words

MADE = ("maker", "maker_no", "made_at", "made_on")
"""What texts can tell of the making: by whom, under which login, when, on which day."""
CAPITALS = "capitals"

_PART = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_NAME = re.compile(r"([a-z][a-z0-9_]*)(?::([a-z]+))?")


@dataclass(frozen=True)
class Blank:
    """What stands in one pair of braces."""

    text: str
    at: int
    """Where in the text it begins."""
    name: str | None = None
    """The field or word, if it is no expression."""
    way: str | None = None
    """What follows a colon."""


def blanks(text: str) -> tuple[Blank, ...]:
    """Return what is to be filled in."""
    return tuple(part for part in parts(text) if isinstance(part, Blank))


def of_label(label: Label | None) -> Iterator[tuple[str, str]]:
    """Yield a text in each language that it is written in."""
    if isinstance(label, str):
        yield "zh", label
    elif label:
        yield from label.items()


def torn(text: str) -> int | None:
    """Return where a brace stands alone."""
    for found in _PART.finditer(text):
        if found[0] in ("{", "}"):
            return found.start()
    return None


def filled(label: Label | None, locale: str, say: Callable[[Blank], str]) -> str:
    """Return the text in a language, with what `say` gives in place of each blank."""
    text = words(label, locale)
    return "".join(part if isinstance(part, str) else say(part) for part in parts(text))


def parts(text: str) -> Iterator[str | Blank]:
    """Yield a text piece by piece: what stands there, and what is to be filled in."""
    done = 0
    for found in _PART.finditer(text):
        yield text[done : found.start()]
        done = found.end()
        yield _blank(found) if found[1] is not None else found[0][:1]
    yield text[done:]


def _blank(found: re.Match[str]) -> Blank:
    inside = found[1].strip()
    at = found.start(1) + len(found[1]) - len(found[1].lstrip())
    named = _NAME.fullmatch(inside)
    if named is None:
        return Blank(inside, at)
    return Blank(inside, at, named[1], named[2])


WRONG_BRACE = Message("花括号没有成对；要写花括号本身，请写两个")
WRONG_WAY = Message("冒号后面只能写 capitals（金额大写）")
NO_MONEY = Message("只有金额和数字可以写成大写")
