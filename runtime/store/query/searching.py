"""Which records does the search box find?"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Integer, Text, cast, column, false, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from engine.access.sight import Sight
from engine.app import Form
from runtime.store.found import searched
from runtime.store.query.fields import Fields
from runtime.store.tables import FOUND, KEY
from runtime.store.wordlist import asked_words

_MOST_WORDS = 12


def search_condition(fields: Fields, text: str) -> ColumnElement[bool]:
    """Return the condition for records in which each word stands, in a field that the person
    may see; nothing is found by words without a letter or digit."""
    query = fields.query
    marks = _visible_marks(query.form, query.sight)
    words = asked_words(text)[:_MOST_WORDS]
    if not marks or not words:
        return false()
    if fields.store.dialect == "sqlite":
        return _in_table(fields, marks, words)
    asked = _all_of(words, marks, ("'", "':*"), (" | ", " & "))
    return fields.main.c[FOUND].bool_op("@@")(cast(asked, TSQUERY))


def _in_table(fields: Fields, marks: Iterable[str], words: Iterable[str]) -> ColumnElement[bool]:
    name = fields.store.tables(fields.query.form).search
    assert name is not None
    index = table(name, column("rowid", Integer), column("words", Text), column(name, Text))
    asked = _all_of(words, marks, ('"', '"*'), (" OR ", " AND "))
    found = select(index.c.rowid).where(index.c[name].op("MATCH")(asked))
    return fields.main.c[KEY].in_(found)


def _all_of(
    words: Iterable[str], marks: Iterable[str], quotes: tuple[str, str], joints: tuple[str, str]
) -> str:
    """Return: the beginning of each word, behind any of the marks, in the database's own way."""
    before, after = quotes
    any_of, all_of = joints
    return all_of.join(
        "(" + any_of.join(f"{before}{mark}{word}{after}" for mark in marks) + ")" for word in words
    )


def _visible_marks(form: Form, sight: Sight) -> list[str]:
    shut = sight.hidden | sight.masked
    return [mark for mark, field in searched(form).items() if field.id not in shut]
