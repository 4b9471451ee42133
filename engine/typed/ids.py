"""Is a text fit to be the id of a record, person, department or file?"""

from __future__ import annotations

import re

from engine.field import NotAcceptable
from engine.typed.lists import counted, without_repeats
from engine.typed.text import as_text
from engine.wording import Message

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def one_id(text: str) -> str | None:
    """Return the id, or None for nothing. Raises NotAcceptable."""
    if _ID.fullmatch(text):
        return text
    if not text or (len(text) < 100 and not text.strip()):
        return None
    raise NotAcceptable(Message("请从列表中选择"))


def sent_id(data: object) -> str | None:
    """Return the id that a JSON value is. Raises NotAcceptable."""
    return None if data is None else one_id(as_text(data))


def some_ids(texts: tuple[str, ...], most: int | None) -> tuple[str, ...] | None:
    """Return the ids, each once. Raises NotAcceptable."""
    complaint = counted(len(texts), None, most)
    if complaint:
        raise NotAcceptable(complaint)
    return without_repeats(id_ for id_ in map(one_id, texts) if id_) or None
