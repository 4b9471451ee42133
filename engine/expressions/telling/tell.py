"""How is a whole expression said in words?"""

from __future__ import annotations

import re

from engine.expressions.telling.conditions import condition
from engine.expressions.telling.names import Names, Teller, Unsayable, Where
from engine.expressions.telling.parts import value
from engine.expressions.tree import And, Cmp, In, Node, Not, Or, Quant
from engine.wording import LOCALES, Message, Translate


class Told(Message):
    """A sentence put together of parts, with the spaces that Chinese has around figures."""

    __slots__ = ()

    def fill(self, translate: Translate | None = None, locale: str = "zh") -> str:
        """Return the sentence; what stands between quotes is a name and stays as it is."""
        said = super().fill(translate, locale)
        if locale != LOCALES[0]:
            return said
        parts = _QUOTED.split(said)
        return "".join(part if part[:1] == "“" else _spaced(part) for part in parts)


def _told(message: Message) -> Told:
    return Told("{words}", words=message)


def _spaced(text: str) -> str:
    return _BEFORE_FIGURE.sub(" ", _AFTER_FIGURE.sub(" ", text))


_QUOTED = re.compile("(“[^”]*”)")
_BEFORE_FIGURE = re.compile(r"(?<=[\u4e00-\u9fff])(?=[¥$€\d])")
_AFTER_FIGURE = re.compile(r"(?<=[\d%])(?=[\u4e00-\u9fff])")


def tell_condition(tree: Node, names: Names) -> Message | None:
    """Return a condition in words; None where a part of it has none."""
    try:
        return _told(condition(Teller(names, condition), tree))
    except Unsayable:
        return None


def tell_conditions(tree: Node, names: Names) -> tuple[Message, ...]:
    """Return the conditions that must all hold, each in words; nothing where one has none."""
    items = tree.items if isinstance(tree, And) else (tree,)
    try:
        return tuple(_told(condition(Teller(names, condition), item)) for item in items)
    except Unsayable:
        return ()


def tell_value(tree: Node, names: Names, like: Where = ()) -> Message | None:
    """Return how a value is worked out, numbers written as those of the field that holds it."""
    if isinstance(tree, And | Cmp | In | Not | Or | Quant):
        return tell_condition(tree, names)
    try:
        return _told(value(Teller(names, condition, like), tree))
    except Unsayable:
        return None
