"""What do the built-in functions of texts become, counted in code points on both databases?"""

from __future__ import annotations

import sys
from typing import Any

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Integer,
    Text,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    or_,
    true,
)
from sqlalchemy.sql.elements import Grouping

from engine.expressions import INTEGER, TEXT, Kind
from runtime.store.feel.at import NotInDatabase
from runtime.store.feel.calls import function, question
from runtime.store.feel.numbers import to_whole
from runtime.store.feel.part import BIG, Condition, Part, as_type, exact
from runtime.store.feel.writer import Writer
from runtime.store.types import words

Sql = ColumnElement[Any]
_LONGEST = 10**9
"""More characters than any text has."""
_SURROGATES = (0xD800, 0xDFFF)
_ICU = "und-x-icu"


@function("string length")
def length(writer: Writer, text: Part) -> Part:
    """Write how many characters a text has."""
    return Part(
        cast(func.length(text.sql), BIG), INTEGER, text.nullable, 0, _LONGEST, not writer.sqlite
    )


@function("upper case")
def upper(writer: Writer, text: Part) -> Part:
    """Write a text in capitals, as Unicode has them."""
    return _cased(writer, text, func.feel_upper, func.upper)


@function("lower case")
def lower(writer: Writer, text: Part) -> Part:
    """Write a text in small letters, as Unicode has them."""
    return _cased(writer, text, func.feel_lower, func.lower)


def _cased(writer: Writer, text: Part, on_sqlite: Any, on_postgres: Any) -> Part:
    if writer.sqlite:
        return _text(on_sqlite(text.sql), text)
    # The order of the columns, by code point, knows no letters beyond ASCII.
    return _text(on_postgres(Grouping(text.sql).collate(_ICU)).collate("C"), text)


@function("substring")
def substring(writer: Writer, text: Part, start: Part, count: Part | None = None) -> Part:
    """Write the part of a text from a position, from the end if it is negative."""
    whole, first = text.sql, _small(writer, start)
    length_ = func.length(whole)
    wanted = _small(writer, count) if count is not None else None
    outside = func.abs(first) > length_
    if wanted is not None:
        outside = or_(outside, wanted < 1)
    begins = case((first > 0, first), else_=length_ + first + 1)
    part = func.substr(whole, begins) if wanted is None else func.substr(whole, begins, wanted)
    missing = or_(*(sql.is_(None) for sql in (whole, first, wanted) if sql is not None))
    found = case((or_(missing, first == 0), None), (outside, literal("", words)), else_=part)
    return _text(found, text)


def _small(writer: Writer, number: Part) -> Sql:
    """Return a number as a position in a text."""
    whole = to_whole(number, sqlite=writer.sqlite)
    if writer.sqlite:
        return func.max(func.min(cast(whole, Integer), _LONGEST), -_LONGEST)
    # PostgreSQL's least() and greatest() leave nulls out.
    within = whole.between(-_LONGEST, _LONGEST)
    near = case((within, whole), (whole > 0, _LONGEST), (whole < 0, -_LONGEST))
    return cast(near, Integer)


@function("substring before")
def before(writer: Writer, text: Part, match: Part) -> Part:
    """Write what stands in a text before another text."""
    at = place_in(writer, text, match)
    found = case((at > 1, func.substr(text.sql, 1, at - 1)), (at.is_not(None), literal("", words)))
    return _text(found, text)


@function("substring after")
def after(writer: Writer, text: Part, match: Part) -> Part:
    """Write what stands in a text after another text."""
    at = place_in(writer, text, match)
    found = case(
        (at > 0, func.substr(text.sql, at + func.length(match.sql))),
        (at.is_not(None), literal("", words)),
    )
    return _text(found, text)


def place_in(writer: Writer, text: Part, match: Part) -> Sql:
    """Return the first position of a text in another, from 1; 0 if it is not there."""
    found = func.instr if writer.sqlite else func.strpos
    return as_type(found(text.sql, match.sql), Integer())


def _text(sql: Sql, of: Part) -> Part:
    return Part(as_type(sql, words), TEXT)


@question("contains")
def contains(writer: Writer, text: Part, match: Part, wanted: bool) -> Condition:
    """Write whether a text is in another."""
    at = place_in(writer, text, match)
    return at > 0 if wanted else at == 0


@question("starts with")
def starts(writer: Writer, text: Part, match: Part, wanted: bool) -> Condition:
    """Write whether a text begins with another."""
    prefix = _known_text(match)
    if prefix and wanted and isinstance(text.sql, Column):
        return _from_prefix(text.sql, prefix)
    head = func.substr(text.sql, 1, func.length(match.sql))
    return head == match.sql if wanted else head != match.sql


def _known_text(part: Part) -> str | None:
    found = part.sql.value if isinstance(part.sql, BindParameter) else None
    return found if isinstance(found, str) and "\0" not in found else None


def _from_prefix(column: Sql, prefix: str) -> Condition:
    """Return a condition that an index of the column answers: both databases sort by code point."""
    following = _following(prefix)
    least = column >= literal(prefix, words)
    return least if following is None else and_(least, column < literal(following, words))


def _following(prefix: str) -> str | None:
    """Return the first text after all those with a prefix; None if there is none."""
    kept = prefix.rstrip(chr(sys.maxunicode))
    if not kept:
        return None
    code = ord(kept[-1]) + 1
    return kept[:-1] + chr(_SURROGATES[1] + 1 if code == _SURROGATES[0] else code)


@question("ends with")
def ends(writer: Writer, text: Part, match: Part, wanted: bool) -> Condition:
    """Write whether a text ends with another."""
    whole, end = func.length(text.sql), func.length(match.sql)
    tail = func.substr(text.sql, whole - end + 1)
    if wanted:
        return and_(whole >= end, tail == match.sql)
    return or_(whole < end, tail != match.sql)


@function("string")
def string(writer: Writer, value: Part) -> Part:
    """Write a value as people read it."""
    rule = _SHOWN.get(value.kind)
    if rule is None:
        raise NotInDatabase(f"string of {value.kind}")
    return _text(rule(writer, value), value)


def _number_shown(writer: Writer, value: Part) -> Sql:
    if writer.sqlite:
        return func.feel_number_text(value.sql, value.scale)
    return cast(func.trim_scale(exact(value)), Text)


def _day_shown(writer: Writer, value: Part) -> Sql:
    if writer.sqlite:
        return as_type(value.sql, Text())
    return func.to_char(value.sql, "YYYY-MM-DD")


def _flag_shown(writer: Writer, value: Part) -> Sql:
    yes, no = literal("true", words), literal("false", words)
    return case((value.sql == true(), yes), (value.sql == false(), no))


_SHOWN = {
    Kind.TEXT: lambda writer, value: value.sql,
    Kind.NUMBER: _number_shown,
    Kind.DATE: _day_shown,
    Kind.BOOLEAN: _flag_shown,
}
