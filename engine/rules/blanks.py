"""Which fields does a text of a rule name, and what does it say once they are filled in?"""

from __future__ import annotations

import re
from collections.abc import Callable

from engine.wording import LOCALES, Label, words

_BLANK = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def blanks(label: Label) -> tuple[str, ...]:
    """Return the fields that stand in braces, in any language."""
    texts = [label] if isinstance(label, str) else label.values()
    return tuple(dict.fromkeys(name for text in texts for name in _BLANK.findall(text)))


def filled(label: Label, shown: Callable[[str, str], str]) -> Label:
    """Return the text in each language, with what `shown(field, locale)` gives in the blanks."""
    return {locale: _in(words(label, locale), locale, shown) for locale in LOCALES}


def filled_with(text: str, shown: Callable[[str], str]) -> str:
    """Return one text with what `shown(name)` gives in the blanks."""
    return _BLANK.sub(lambda blank: shown(blank[1]), text)


def _in(text: str, locale: str, shown: Callable[[str, str], str]) -> str:
    return _BLANK.sub(lambda blank: shown(blank[1], locale), text)
