"""What do the macros of inputs need to know that no template should work out?"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from babel.numbers import get_currency_symbol
from flask import Flask
from markupsafe import Markup

from engine.field import Field
from engine.typed import regions
from engine.typed.rich import harmless
from runtime.web.values import shapes

LEVELS = ("province", "city", "district")
SPANS = ((r"P(\d+(?:\.\d+)?)W", "P#W"), (r"P(\d+(?:\.\d+)?)D", "P#D"))
HOURS = ((r"PT(\d+(?:\.\d+)?)H", "PT#H"), (r"PT(\d+(?:\.\d+)?)M", "PT#M"))
MIB = 1024 * 1024


def equip(app: Flask) -> None:
    """Give the templates the words of this module."""
    app.jinja_env.globals.update(
        currency_sign=currency_sign,
        span_parts=span_parts,
        region_levels=region_levels,
        json_parts=json_parts,
        accept_of=accept_of,
        file_limit=file_limit,
        clean_html=clean_html,
        kind_mark=shapes.kind_mark,
        file_link=shapes.file_link,
        file_url=shapes.file_url,
        readable_size=shapes.readable_size,
    )


def currency_sign(currency: str) -> str:
    """Return the sign before an amount, the code where there is none."""
    return "¥" if currency == "CNY" else get_currency_symbol(currency, locale="zh")


def span_parts(text: str) -> tuple[str, str]:
    """Return number and unit of an ISO duration that has one unit; others in minutes."""
    for pattern, unit in (*SPANS, *HOURS):
        found = re.fullmatch(pattern, text)
        if found:
            return found[1], unit
    parts = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?", text)
    if not text or parts is None:
        return text, "PT#H" if text else "P#D"
    days, hours, minutes = (int(part or 0) for part in parts.groups())
    return str((days * 24 + hours) * 60 + minutes), "PT#M"


def region_levels(field: Field, code: str) -> list[dict[str, Any]]:
    """Return the selects of a region field: what each offers and which part is chosen."""
    deepest = LEVELS.index(getattr(field, "level", "district")) + 1
    chosen = [part for part, _ in regions.path(code)]
    levels: list[dict[str, Any]] = []
    above = ""
    for number in range(deepest):
        mine = chosen[number] if number < len(chosen) else ""
        offered = regions.children(above) if number == 0 or above else ()
        levels.append({"chosen": mine, "parts": offered, "name": LEVELS[number]})
        above = mine
    return levels


def json_parts(text: str) -> Mapping[str, Any]:
    """Return the parts of an input that carries several as JSON; of anything else, none."""
    try:
        parts = json.loads(text) if text else {}
    except ValueError:
        return {}
    return parts if isinstance(parts, dict) else {}


def accept_of(field: Field) -> str:
    """Return what the file dialog offers first."""
    types = getattr(field, "types", ())
    if types:
        return endings(types)
    return "image/*" if field.type == "image" else ""


def endings(types: tuple[str, ...]) -> str:
    """Return file types as the accept attribute takes them."""
    return ",".join(f".{ending}" for ending in types)


def file_limit(field: Field) -> int:
    """Return the greatest size of a file in bytes."""
    return int(getattr(field, "megabytes", 0)) * MIB


def clean_html(text: str) -> Markup:
    """Return formatted text without anything that acts, to be edited."""
    return Markup(harmless(text))  # noqa: S704 - cleaned
