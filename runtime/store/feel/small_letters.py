"""How is a text searched without minding capitals, as fast as the database can?"""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, literal, or_

from engine.expressions.settled import constant
from engine.expressions.tree import Call, Node
from runtime.store.feel.calls import TESTS, answer_of
from runtime.store.feel.known import constant_value
from runtime.store.feel.part import Condition
from runtime.store.feel.writer import Writer
from runtime.store.types import words

_PATTERNS = {"contains": "%{}%", "starts with": "{}%"}
_WITH_A_DOT = "\u0307"
"""What the capital i with a dot leaves behind the small letter."""
_STRANGE = {"i": "\u0130", "k": "\u212a"}
"""The only signs beyond ASCII whose small letter is one of ASCII."""
_LONGEST = 1_000
_ESCAPE = "/"


def _search(writer: Writer, node: Call, wanted: bool) -> Condition:
    """Write `contains(lower case(text), …)` with LIKE, where LIKE means the same: it takes only
    the capitals of ASCII for small letters."""
    found = _searched(writer, node) if wanted else None
    return answer_of(writer, node, wanted) if found is None else found


def _searched(writer: Writer, node: Call) -> Condition | None:
    text, match = node.arguments
    if not (isinstance(text, Call) and text.function == "lower case"):
        return None
    sought = _constant(writer, match)
    if sought is None or not _is_plain(sought):
        return None
    place = writer.value(text.arguments[0]).sql
    pattern = _PATTERNS[node.function].format(_escaped(sought))
    alike: ColumnElement[bool] = _like(writer, place, pattern)
    strange = [sign for letter, sign in _STRANGE.items() if letter in sought]
    if not strange:
        return alike
    odd = or_(*(_like(writer, place, f"%{sign}%") for sign in strange))
    return or_(alike, and_(odd, answer_of(writer, node, True)))


def _like(writer: Writer, place: ColumnElement[str], pattern: str) -> Condition:
    said = literal(pattern, words)
    if writer.sqlite:
        return place.like(said, escape=_ESCAPE)
    return place.collate("C").ilike(said, escape=_ESCAPE)


def _constant(writer: Writer, node: Node) -> str | None:
    if not (writer.folds(node) and constant(node)):
        return None
    value = constant_value(node)
    return value if isinstance(value, str) and 0 < len(value) <= _LONGEST else None


def _is_plain(text: str) -> bool:
    """Whether nothing but capitals of ASCII can become these signs as small letters."""
    return text == text.lower() and all(
        sign.isascii() or (sign.upper() == sign and sign != _WITH_A_DOT) for sign in text
    )


def _escaped(text: str) -> str:
    for sign in (_ESCAPE, "%", "_"):
        text = text.replace(sign, _ESCAPE + sign)
    return text


TESTS.update(dict.fromkeys(_PATTERNS, _search))
