"""In which ways can a field of each sort be asked about?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from engine.app import App, Form
from engine.filters.known import Known, Sort, known_at
from engine.filters.visual import BadFilter
from engine.wording import Message

Takes = Literal["nothing", "one", "two", "several", "days", "period"]

_FILLED = ("filled", "empty")
_EQUAL = ("=", "!=")
_ORDERED = (*_EQUAL, ">", ">=", "<", "<=", "between")
_CHOSEN = ("in", "not_in", *_EQUAL)
_NEAR = ("in_period", "last_days", "next_days", "older_than", "later_than")
_SPOKEN = ("contains", "not_contains", "starts_with")
_ANY = ("has_any", "has_all", "has_none")

OFFERED: Mapping[Sort, tuple[str, ...]] = {
    Sort.TEXT: (*_SPOKEN, *_EQUAL, "in", "not_in", *_FILLED),
    Sort.CHOICE: (*_CHOSEN, *_FILLED),
    Sort.NUMBER: (*_ORDERED, *_FILLED),
    Sort.YES_NO: (*_EQUAL, *_FILLED),
    Sort.DATE: (*_NEAR, *_ORDERED, *_FILLED),
    Sort.MOMENT: (*_NEAR, *_ORDERED, *_FILLED),
    Sort.TIME: (*_ORDERED, *_FILLED),
    Sort.DURATION: (*_ORDERED, *_FILLED),
    Sort.RECORD: (*_CHOSEN, *_FILLED),
    Sort.PERSON: ("mine", *_CHOSEN, *_FILLED),
    Sort.DEPARTMENT: ("mine", "mine_under", *_CHOSEN, *_FILLED),
    Sort.MANY: (*_ANY, *_FILLED),
    Sort.RECORDS: (*_ANY, *_FILLED),
    Sort.ADDRESS: ("starts_with", "contains", *_FILLED),
    Sort.ROWS: _FILLED,
    Sort.OTHER: _FILLED,
}
"""As a menu shows them."""

_MORE: Mapping[Sort, tuple[str, ...]] = {
    Sort.TEXT: (">", ">=", "<", "<=", "between"),
    Sort.CHOICE: (*_SPOKEN, ">", ">=", "<", "<=", "between"),
    Sort.NUMBER: ("in", "not_in"),
    Sort.YES_NO: ("in", "not_in"),
    Sort.DATE: ("in", "not_in"),
    Sort.MOMENT: ("in", "not_in"),
    Sort.TIME: ("in", "not_in"),
    Sort.DURATION: ("in", "not_in"),
}
"""Accepted beside them."""

TAKES: Mapping[str, Takes] = {
    **dict.fromkeys((*_FILLED, "mine", "mine_under"), "nothing"),
    **dict.fromkeys((*_EQUAL, ">", ">=", "<", "<=", *_SPOKEN), "one"),
    "between": "two",
    **dict.fromkeys(("in", "not_in", *_ANY), "several"),
    **dict.fromkeys(("last_days", "next_days", "older_than", "later_than"), "days"),
    "in_period": "period",
}
"""What stands behind each operator."""

MOST = 100
_COUNTS: Mapping[Takes, tuple[int, int]] = {
    "nothing": (0, 0),
    "one": (1, 1),
    "two": (2, 2),
    "several": (0, MOST),
    "days": (1, 1),
    "period": (1, 1),
}


def operators_of(app: App, form: Form, field: str) -> tuple[str, ...]:
    """Return the operators that a menu offers for a field. Raises BadFilter."""
    return OFFERED[known_at(app, form, field).sort]


def require(known: Known, op: str, values: tuple[str, ...]) -> None:
    """Refuse an operator that the field does not have, and values that it does not take."""
    if op not in OFFERED[known.sort] and op not in _MORE.get(known.sort, ()):
        raise BadFilter(Message("“{field}”不能这样筛选", field=known.label))
    least, most = _COUNTS[TAKES[op]]
    if least <= len(values) <= most:
        return
    if TAKES[op] == "two":
        raise BadFilter(Message("“介于”要两个值"))
    if TAKES[op] == "several":
        raise BadFilter(Message("这里应为一组值，最多 {most} 个", most=MOST))
    raise BadFilter(Message("筛选的值写得不对"))
