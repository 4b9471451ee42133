"""How is XML of a stranger read, piece by piece and without entities?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NoReturn
from xml.parsers import expat

from runtime.sheets.archives import broken

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def read_xml(chunks: Iterable[bytes], start: Start, end: End, text: Text) -> Iterator[None]:
    """Tell the three about the elements, whose names come without prefixes; yield after each
    chunk. Raises Unreadable."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    # A prefix is the exception, so a name without one is not touched.
    parser.StartElementHandler = lambda name, attributes: start(_local(name), attributes)
    parser.EndElementHandler = lambda name: end(_local(name))
    parser.CharacterDataHandler = text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise broken() from error
    yield


def read_whole(chunks: Iterable[bytes], start: Start, end: End, text: Text) -> None:
    """Do the same to the end at once."""
    for _ in read_xml(chunks, start, end, text):
        pass


def nothing(*_: Any) -> None:
    """Take no notice."""


def attribute(attributes: dict[str, str], name: str) -> str | None:
    """Return an attribute, whatever the prefix of its name."""
    if name in attributes:
        return attributes[name]
    return next((text for key, text in attributes.items() if key.endswith(f":{name}")), None)


def _local(name: str) -> str:
    return name if ":" not in name else name.rpartition(":")[2]


def _refuse(*_: Any) -> NoReturn:
    raise broken()
