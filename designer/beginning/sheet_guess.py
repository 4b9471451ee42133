"""Which fields does a sheet seem to have: what is each column called, and of which type is it?"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count

from designer.forms.seeds import Seed, free_id

LOOKED_AT = 5000
"""Rows that are read to tell what the columns are."""
FIRST = 10
"""The names of the columns stand in one of so many rows."""
MOST_OPTIONS = 8
LONGEST_OPTION = 20
LONG_TEXT = 60
SAMPLES = 3
COLOURS = ("blue", "green", "amber", "violet", "cyan", "red", "grey")
TYPES = (
    "text", "long_text", "select", "number", "integer", "money", "percent", "date", "datetime",
    "time", "yes_no", "phone", "email", "url",
)  # fmt: skip
"""What a column may be taken as."""

DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
MOMENT = re.compile(DATE.pattern + r"[ T]\d{1,2}:\d{2}(:\d{2})?")
TIME = re.compile(r"\d{1,2}:\d{2}")
NUMBER = re.compile(r"[¥￥$]?-?\d{1,3}(,\d{3})*(\.\d+)?|[¥￥$]?-?\d+(\.\d+)?")
WHOLE = re.compile(r"-?(0|[1-9]\d{0,8})")
SHARE = re.compile(r"-?\d+(\.\d+)?%")
PHONE = re.compile(r"(\+?86)?1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]{2,}")
URL = re.compile(r"https?://\S+")
YES_NO = frozenset({"是", "否", "有", "无", "yes", "no", "true", "false", "√", "×"})
OF_MONEY = re.compile(r"金额|价|费|款|成本|预算|薪|工资|元|amount|price|cost|fee|budget", re.I)
OF_PHONE = re.compile(r"电话|手机|phone|mobile|tel", re.I)
OF_CODE = re.compile(r"编号|编码|代码|单号|账号|型号|code|number|no\.?$", re.I)


@dataclass(frozen=True)
class Column:
    """One column of a sheet, and what it is taken as."""

    at: int
    heading: str
    type: str
    samples: tuple[str, ...]
    values: tuple[str, ...]
    """The different texts in it, as far as they were read."""
    full: bool
    """No row is without it."""


def columns_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> tuple[Column, ...]:
    """Return every column that has a heading or anything in it, each by a name of its own, with
    the type that its cells fit."""
    looked = list(rows)[:LOOKED_AT]
    found: list[Column] = []
    for at in range(max(map(len, (headings, *looked)), default=0)):
        heading = headings[at].strip() if at < len(headings) else ""
        cells = [row[at].strip() if at < len(row) else "" for row in looked]
        if heading or any(cells):
            taken = {one.heading for one in found}
            found.append(_column(at, _own_name(heading or letters(at), taken), cells))
    return tuple(found)


def _own_name(heading: str, taken: Container[str]) -> str:
    numbered = (f"{heading} {n}" for n in count(2))
    return next(name for name in chain((heading,), numbered) if name not in taken)


def letters(at: int) -> str:
    """Return what a sheet calls a column without a heading: A to Z, AA and on."""
    before, last = divmod(at, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)


def heading_row(rows: Sequence[Sequence[str]]) -> int:
    """Return which of the first rows names the columns: above it may stand what the sheet is
    about, in a cell or two."""
    filled = [sum(1 for cell in row if cell.strip()) for row in rows[:FIRST]]
    wide = max(filled, default=0)
    return next((at for at, n in enumerate(filled) if 2 * n > wide), 0)


def _column(at: int, heading: str, cells: Sequence[str]) -> Column:
    filled = [cell for cell in cells if cell]
    values = tuple(dict.fromkeys(filled))
    return Column(
        at=at,
        heading=heading,
        type=_type(heading, filled, values),
        samples=values[:SAMPLES],
        values=values,
        full=bool(filled) and len(filled) == len(cells),
    )


def _type(heading: str, filled: Sequence[str], values: Sequence[str]) -> str:
    if not filled:
        return "phone" if OF_PHONE.search(heading) else "text"
    for type_, fits in _KINDS:
        if all(fits(value) for value in values):
            return _of_numbers(heading, values) if type_ == "number" else type_
    if _are_options(filled, values):
        return "select"
    return "long_text" if max(map(len, values)) > LONG_TEXT else "text"


def _are_options(filled: Sequence[str], values: Sequence[str]) -> bool:
    """Tell whether a few short words come again and again; one alone is no choice."""
    few = 2 <= len(values) <= MOST_OPTIONS and max(map(len, values)) <= LONGEST_OPTION
    return few and len(filled) >= max(4, 2 * len(values))


def _of_numbers(heading: str, values: Sequence[str]) -> str:
    if OF_MONEY.search(heading) or any(value[0] in "¥￥$" for value in values):
        return "money"
    if OF_CODE.search(heading) or any(_is_code(value) for value in values):
        return "text"
    return "integer" if all(WHOLE.fullmatch(value) for value in values) else "number"


def _is_code(value: str) -> bool:
    """Tell whether digits are a name rather than a number: they begin with a nought, or go on."""
    return bool(re.fullmatch(r"0\d+|\d{12,}", value))


def _all_of(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.fullmatch(value) is not None


_KINDS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("yes_no", lambda value: value.lower() in YES_NO),
    ("date", _all_of(DATE)),
    ("datetime", _all_of(MOMENT)),
    ("time", _all_of(TIME)),
    ("email", _all_of(EMAIL)),
    ("url", _all_of(URL)),
    ("phone", _all_of(PHONE)),
    ("percent", _all_of(SHARE)),
    ("number", _all_of(NUMBER)),
)


def fields_of(columns: Sequence[Column]) -> list[Seed]:
    """Return a field for each column; the first of text that every row has is the title."""
    taken: set[str] = set()
    fields: list[Seed] = []
    for column in columns:
        id_ = free_id(column.type, taken)
        taken.add(id_)
        fields.append({"id": id_, "type": column.type, "label": column.heading, **_more(column)})
    title = title_of(columns)
    fields[title]["required"] = True
    return fields


def title_of(columns: Sequence[Column]) -> int:
    """Return which column names a record."""
    texts = [n for n, one in enumerate(columns) if one.type == "text"]
    full = [n for n in texts if columns[n].full]
    return next(iter([*full, *texts]), 0)


def _more(column: Column) -> Seed:
    if column.type == "select":
        options = [
            {"id": f"o{n}", "label": value, "colour": COLOURS[(n - 1) % len(COLOURS)]}
            for n, value in enumerate(column.values, 1)
        ]
        return {"options": options or [{"id": "o1", "label": column.heading}]}
    if column.type == "money":
        return {"currency": "CNY"}
    return {}
