"""Which provinces, cities and districts are there, and which one does a text name?"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec

from engine.field import NotAcceptable
from engine.typed.text import cut, narrow
from engine.wording import Message

REGIONS: dict[str, str] = msgspec.json.decode(
    (Path(__file__).parent / "data" / "regions.json").read_bytes()
)
"""Names by code (GB/T 2260): two digits a province, four a city, six a district."""

_FORMAL = frozenset({"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
_ENDINGS = re.compile(
    r"(?:特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|地区|盟|省|市|区|县)$"
)
_BETWEEN = re.compile(r"[\s/、,，>-]+")
_CODE = re.compile(r"[0-9]{2}(?:[0-9]{2}){0,2}")


def parent(code: str) -> str | None:
    """Return the code of the city or province that a region belongs to."""
    if len(code) == 6 and code[:4] in REGIONS:
        return code[:4]
    return code[:2] if len(code) > 2 else None


@cache
def _all_children() -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for code, name in REGIONS.items():
        found.setdefault(parent(code) or "", []).append((code, name))
    return {code: tuple(below) for code, below in found.items()}


def children(code: str = "") -> tuple[tuple[str, str], ...]:
    """Return code and name of the regions right below one; of all provinces without a code."""
    return _all_children().get(code, ())


def path(code: str) -> tuple[tuple[str, str], ...]:
    """Return code and name of a region and all above it, the province first."""
    if code not in REGIONS:
        return ()
    above = parent(code)
    return (*(path(above) if above else ()), (code, REGIONS[code]))


def full_name(code: str) -> str:
    """Return the names from the province down, without steps that nobody says."""
    return "".join(name for _, name in path(code) if name not in _FORMAL)


def region_in(text: str) -> str | None:
    """Return the code that a text names: itself a code, or names from the province down.

    Raises NotAcceptable.
    """
    if text in REGIONS:
        return text
    plain = narrow(text)
    if not plain:
        return None
    code = (plain[:-4] if plain.endswith("0000") else plain.removesuffix("00")) or plain
    if _CODE.fullmatch(plain):
        if plain in REGIONS or code in REGIONS:
            return plain if plain in REGIONS else code
        raise _unknown(text)
    found, rest = leading_region(plain)
    if found is None or rest:
        raise _unknown(text)
    return found


def leading_region(text: str) -> tuple[str | None, str]:
    """Return the region that a text begins with, and what is left of the text."""
    code, rest = "", _BETWEEN.sub(" ", text).strip()
    while rest:
        step = _step(code, rest)
        if step is None:
            break
        code, rest = step
        rest = rest.lstrip()
    return code or None, rest


def _step(above: str, text: str) -> tuple[str, str] | None:
    for code, name in children(above):
        if name in _FORMAL:
            below = _step(code, text)
            if below:
                return below
        taken = _taken(name, text)
        if taken:
            return code, text[taken:]
    return None


def _taken(name: str, text: str) -> int:
    if text.startswith(name):
        return len(name)
    short = _ENDINGS.sub("", name)
    at_border = text == short or text.startswith(f"{short} ")
    return len(short) if len(short) >= 2 and at_border else 0


def _unknown(text: str) -> NotAcceptable:
    message = "没有“{text}”这个地区，请填如 浙江省/杭州市/西湖区"
    return NotAcceptable(Message(message, text=cut(text)))
