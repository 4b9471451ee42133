"""How do values travel to the browser, and how does it read and show those of each field?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from engine.expressions.builtins.text import number_text, shown
from engine.field import Field
from engine.fields.formula import Formula
from engine.typed.currencies import SIGNS
from engine.typed.numbers import limit
from engine.typed.results import scale_of
from engine.wording import words

Json = Any

SECOND = "second"

_PLAIN = r"[\w ,:;@#%&=<>~'\"-]"
_IN_CLASS = r"\w .,:;@#%&=<>~'\"()+*?|$/{}"
_SAME_EVERYWHERE = re.compile(
    rf"(?>{_PLAIN}|\\[dw.()\[\]{{}}+*?|^$/]|\((?!\?)|\(\?:|[.)+*?|^$]|\{{[0-9]+(?:,[0-9]*)?\}}"
    rf"|\[\^?(?:[{_IN_CLASS}-]|\\[\]\\^.-])+\]|\[\^?(?:[{_IN_CLASS}]|\\[dw\]\\^.-])+\])*+"
)
"""Patterns that mean the same to RE2 and to browsers: plain groups, classes and counts."""


def wired(value: Any) -> Json:
    """Return a value as JSON that says of which kind it is, where JSON itself does not."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | Decimal):
        return {"n": number_text(value)}
    if isinstance(value, date | time | timedelta):
        return {"@": shown(value)}
    if isinstance(value, Mapping):
        return {"c": {name: wired(inner) for name, inner in value.items()}}
    return [wired(item) for item in value]


def reading(field: Field) -> dict[str, Json]:
    """Return how the browser reads the texts in an input; `asked` where only the server can."""
    found = _READING.get(field.type)
    spec = found(field) if found else {"as": "asked"}
    return {name: value for name, value in spec.items() if value not in (None, "", False)}


def showing(field: Field, locale: str) -> dict[str, Json] | None:
    """Return how the browser shows a value as the server would; None where it can't."""
    plain = field.like if isinstance(field, Formula) else field
    found = _SHOWING.get(plain.type)
    if found is None:
        return None
    spec = {"as": plain.type, **found(plain, locale)}
    if isinstance(field, Formula):
        spec |= {"as": field.result, "scale": scale_of(field.result, field.places)}
    return spec


def number_limit(given: float | None) -> str | None:
    """Return a limit as exact text."""
    found = limit(given)
    return None if found is None else number_text(found)


def _number(field: Any) -> dict[str, Json]:
    low, high = number_limit(field.min), number_limit(field.max)
    return {"as": "number", "places": field.places, "low": low, "high": high}


def _money(field: Any) -> dict[str, Json]:
    low = None if field.allow_negative else "0"
    return {**_number(field), "money": True, **({"low": low} if field.min is None else {})}


def _percent(field: Any) -> dict[str, Json]:
    return {**_number(field), "percent": True}


def _integer(field: Any) -> dict[str, Json]:
    low, high = (None if one is None else str(one) for one in (field.min, field.max))
    return {"as": "number", "whole": True, "low": low, "high": high}


def _rating(field: Any) -> dict[str, Json]:
    return {"as": "number", "whole": True, "low": "1", "high": str(field.max)}


def _text(field: Any) -> dict[str, Json]:
    pattern = getattr(field, "pattern", None)
    if pattern and not _SAME_EVERYWHERE.fullmatch(pattern):
        return {"as": "asked"}
    return {
        "as": "text",
        "lines": field.type == "long_text",
        "low": field.min_length,
        "high": field.max_length,
        "pattern": pattern,
        "upper": getattr(field, "uppercase", False),
    }


def _moments(field: Any) -> dict[str, Json]:
    low, high = (None if one is None else shown(one) for one in (field.min, field.max))
    return {"as": field.type, "low": low, "high": high}


def _time(field: Any) -> dict[str, Json]:
    low, high = (
        None if one is None else shown(one.replace(tzinfo=None)) for one in (field.min, field.max)
    )
    return {"as": "time", "low": low, "high": high, "seconds": field.precision == SECOND}


def _datetime(field: Any) -> dict[str, Json]:
    return {"as": "datetime", "zone": field.zone, "seconds": field.precision == SECOND}


def _yes_no(field: Any) -> dict[str, Json]:
    return {"as": "yes_no", "off": field.ask == "switch"}


def _select(field: Any) -> dict[str, Json]:
    return {"as": "asked" if field.allow_other else "id"}


def _multi_select(field: Any) -> dict[str, Json]:
    ids = [one.id for one in field.options]
    return {"as": "ids", "order": ids, "low": field.min_items, "high": field.max_items}


def _ids(field: Any) -> dict[str, Json]:
    low = getattr(field, "min_items", None)
    high = getattr(field, "max_items", None) or getattr(field, "max_files", None)
    return {"as": "ids", "low": low, "high": high}


def _tags(field: Any) -> dict[str, Json]:
    only = list(field.suggestions) if field.only_suggestions else None
    return {"as": "tags", "only": only, "high": field.max_items, "longest": field.max_length}


def _id(field: Any) -> dict[str, Json]:
    return {"as": "id"}


_READING = {
    "text": _text,
    "long_text": _text,
    "number": _number,
    "money": _money,
    "percent": _percent,
    "integer": _integer,
    "rating": _rating,
    "date": _moments,
    "time": _time,
    "datetime": _datetime,
    "duration": _moments,
    "yes_no": _yes_no,
    "select": _select,
    "multi_select": _multi_select,
    "tags": _tags,
    "reference": _id,
    "person": _id,
    "department": _id,
    "reference_list": _ids,
    "file": _ids,
    "image": _ids,
}


def _with_unit(field: Any, locale: str) -> dict[str, Json]:
    return {"unit": words(field.unit, locale)}


def _amount(field: Any, locale: str) -> dict[str, Json]:
    return {"places": field.places, "sign": SIGNS.get(field.currency) or f"{field.currency} "}


def _answer(field: Any, locale: str) -> dict[str, Json]:
    return {"yes": field.show(True, locale), "no": field.show(False, locale)}


def _in_zone(field: Any, locale: str) -> dict[str, Json]:
    return {"zone": field.zone, "seconds": field.precision == SECOND}


def _to_the(field: Any, locale: str) -> dict[str, Json]:
    return {"seconds": field.precision == SECOND}


def _plain(field: Any, locale: str) -> dict[str, Json]:
    return {}


_SHOWING = {
    "number": _with_unit,
    "integer": _with_unit,
    "money": _amount,
    "percent": _plain,
    "text": _plain,
    "yes_no": _answer,
    "date": _plain,
    "datetime": _in_zone,
    "time": _to_the,
    "duration": _plain,
}
