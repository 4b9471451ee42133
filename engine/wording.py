"""How is something said to a person, in the language that the person reads?"""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

LOCALES = ("zh", "en")
"""The languages that every text exists in; the first is the default."""

Label: TypeAlias = str | dict[str, str]
"""A text written by the author of an app: plain Chinese, or one text per language."""

Translate: TypeAlias = Callable[[str], str]
"""Turns a Chinese text of the code into the reader's language."""


def words(label: Label | None, locale: str) -> str:
    """Return the author's text in a language, or in Chinese where that language is missing."""
    if label is None:
        return ""
    if isinstance(label, str):
        return label
    return label.get(locale) or label.get("zh") or next(iter(label.values()), "")


class _Filler(string.Formatter):
    """Fills blanks; `{n:day|days}` becomes the first word for one of something, else the second."""

    def format_field(self, value: Any, spec: str) -> str:
        one, parted, several = spec.partition("|")
        if parted:
            return one if str(value) == "1" else several
        return str(super().format_field(value, spec))


_FILLER = _Filler()


class Message:
    """A text with named blanks, and what goes into them; translated when it is shown."""

    __slots__ = ("args", "text")

    def __init__(self, text: str, /, **args: object) -> None:
        self.text = text
        self.args: Mapping[str, object] = args

    def fill(self, translate: Translate | None = None, locale: str = "zh") -> str:
        """Return the finished text; labels and messages among the blanks are put in the locale."""
        text = translate(self.text) if translate else self.text
        filled = {name: _shown(value, translate, locale) for name, value in self.args.items()}
        return _FILLER.vformat(text, (), filled) if filled else text

    def __str__(self) -> str:
        return self.fill()

    def __repr__(self) -> str:
        return f"Message({self.fill()!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and self.text == other.text and self.args == other.args

    def __hash__(self) -> int:
        return hash((self.text, tuple(sorted(map(str, self.args)))))


class Said(Message):
    """A text that the author of an app wrote, used where a message is expected."""

    __slots__ = ("label",)

    def __init__(self, label: Label) -> None:
        super().__init__(words(label, LOCALES[0]))
        self.label = label

    def fill(self, translate: Translate | None = None, locale: str = "zh") -> str:
        """Return the author's text in the locale; it has no blanks and is not translated."""
        return words(self.label, locale)


def _shown(value: object, translate: Translate | None, locale: str) -> object:
    if isinstance(value, Message):
        return value.fill(translate, locale)
    if isinstance(value, dict):
        return words(value, locale)
    if isinstance(value, list | tuple):
        separator = "、" if locale == "zh" else ", "
        return separator.join(str(_shown(item, translate, locale)) for item in value)
    return value
