"""By which words is a text found, also by two Chinese characters or by the initials of pinyin?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUNS = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
_HAN_RUN = re.compile(rf"[{HAN}]")
LONGEST_INITIALS = 16
LONGEST_WORD = 64
_LAST_DIGITS = 4
_NUMBER = 7


def plain(text: str) -> str:
    """Return the text in one spelling: full-width as half-width, capitals as small letters."""
    return unicodedata.normalize("NFKC", text).casefold()


def typed_form(text: str) -> str:
    """Return what a person typed, as `spelled` spells it."""
    return plain(text).strip()


def spelled(text: str) -> tuple[str, ...]:
    """Return the text, its pinyin and its initials: short texts are searched in these."""
    written = plain(text)
    syllables = [s for run in _RUNS.findall(written) for s in _pinyin(run)]
    if not _HAN_RUN.search(written):
        return (written,)
    return (written, "".join(syllables), "".join(s[0] for s in syllables))


def words_of(text: str) -> Iterator[str]:
    """Yield every word by which a text is found; a search asks for beginnings of these."""
    for run in _RUNS.findall(plain(text)):
        if _HAN_RUN.match(run):
            yield from _of_han(run)
        else:
            yield run[:LONGEST_WORD]
            if run.isdigit() and len(run) >= _NUMBER:
                yield run[-_LAST_DIGITS:]


def asked_words(text: str) -> tuple[str, ...]:
    """Return the beginnings of words that must all be there for what a person typed."""
    asked: list[str] = []
    for run in _RUNS.findall(plain(text)):
        if _HAN_RUN.match(run) and len(run) > 1:
            asked += _pairs(run)
        else:
            asked.append(run[:LONGEST_WORD])
    return tuple(dict.fromkeys(asked))


def _of_han(run: str) -> Iterator[str]:
    # Every character begins a pair or is the last one, so that one character is found as well.
    yield from _pairs(run)
    yield run[-1]
    syllables = _pinyin(run)
    letters = "".join(syllable[0] for syllable in syllables)
    for start in range(max(len(letters) - 1, 1)):
        yield letters[start : start + LONGEST_INITIALS]
    yield "".join(syllables)[:LONGEST_WORD]


def _pairs(run: str) -> Iterable[str]:
    return (run[i : i + 2] for i in range(len(run) - 1))


@lru_cache(maxsize=8192)
def _pinyin(run: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - takes 0.2 s that few commands need

    return tuple(plain(syllable) for syllable in lazy_pinyin(run) if syllable)
