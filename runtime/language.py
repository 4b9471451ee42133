"""How is a Chinese text of the code said in another language?"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from engine.wording import LOCALES, Translate

LOCALES_FOLDER = Path(__file__).parent / "locales"


@cache
def catalogue(locale: str) -> Mapping[str, str]:
    """Return every translated text of a language; read once."""
    texts: dict[str, str] = {}
    for path in sorted((LOCALES_FOLDER / locale).glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, locale=locale):
                if isinstance(entry.id, str) and entry.id and entry.string:
                    texts[entry.id] = str(entry.string)
    return texts


def translate(locale: str) -> Translate:
    """Return what turns a text of the code into the language; unknown texts stay as they are."""
    if locale == LOCALES[0]:
        return lambda text: text
    texts = catalogue(locale)
    return lambda text: texts.get(text, text)


def known_locale(wanted: str | None) -> str:
    """Return the language asked for if we speak it, else the first."""
    return wanted if wanted in LOCALES else LOCALES[0]
