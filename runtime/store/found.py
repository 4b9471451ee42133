"""How is the index kept by which the search box finds records?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, bindparam, cast, func, text, update
from sqlalchemy.dialects.postgresql import ARRAY

from engine.app import Form
from engine.field import Field
from engine.record import Record, Value, Values
from runtime.store.tables import FOUND, KEY, FormTables, has_column
from runtime.store.wordlist import words_of

MARKS = "abcdefghijklmnopqrstuvwxyz0123456789"
"""One for each searched field, before each of its words: so that a search can leave out the
fields that a person may not see."""


def searched(form: Form) -> dict[str, Field]:
    """Return the fields that the search box looks into, by their mark."""
    ids = form.definition.search or (form.definition.title,)
    fields = [form.fields[id_] for id_ in ids if id_ in form.fields]
    return dict(zip(MARKS, [field for field in fields if has_column(field)], strict=False))


def found_by(form: Form, values: Values) -> list[str]:
    """Return the marked words by which a record is found."""
    return list(
        dict.fromkeys(
            mark + word
            for mark, field in searched(form).items()
            for shown in _shown(field, values.get(field.id))
            for word in words_of(shown)
        )
    )


def index_record(
    connection: Connection, form: Form, tables: FormTables, record: Record, key: int
) -> None:
    """Let a new record be found, where the index is a table of its own."""
    # The driver's own call: this is on the path of every new record.
    connection.exec_driver_sql(
        f'INSERT INTO "{tables.search}" (rowid, words) VALUES (?, ?)',  # noqa: S608 - our name
        (key, " ".join(found_by(form, record.values))),
    )


def vector() -> ColumnElement[Any]:
    """Return the words of a record as PostgreSQL searches them, from the parameter `_words`."""
    return func.array_to_tsvector(cast(bindparam("_words"), ARRAY(Text)))


def reindex_record(
    connection: Connection, form: Form, tables: FormTables, before: Record, after: Record
) -> None:
    """Let a changed record be found by what it says now."""
    fields = searched(form).values()
    if all(before.values.get(field.id) == after.values.get(field.id) for field in fields):
        return
    words = found_by(form, after.values)
    if tables.search is None:
        _set_words(connection, tables, after.id, words)
    else:
        connection.exec_driver_sql(
            f'UPDATE "{tables.search}" SET words = ? WHERE rowid = '  # noqa: S608 - our names
            f'(SELECT {KEY} FROM "{tables.main.name}" WHERE id = ?)',
            (" ".join(words), after.id),
        )


def unindex_record(connection: Connection, tables: FormTables, id_: str) -> None:
    """Let a record no longer be found."""
    if tables.search is not None:
        connection.exec_driver_sql(
            f'DELETE FROM "{tables.search}" WHERE rowid = '  # noqa: S608 - our names
            f'(SELECT {KEY} FROM "{tables.main.name}" WHERE id = ?)',
            (id_,),
        )


def create_index_table(connection: Connection, name: str) -> None:
    """Make the full-text index of a form (SQLite)."""
    # Our words are plain letters and digits in one spelling already: the simplest tokenizer
    # leaves them alone. Without positions the index is a third smaller.
    connection.execute(
        text(f"CREATE VIRTUAL TABLE \"{name}\" USING fts5(words, tokenize='ascii', detail='none')")
    )


def refill_index(
    connection: Connection, tables: FormTables, found: Iterable[tuple[str, list[str]]]
) -> None:
    """Replace all that is indexed of a form by these words of its records (id, words)."""
    if tables.search is None:
        for id_, words in list(found):
            _set_words(connection, tables, id_, words)
        return
    connection.exec_driver_sql(f'DELETE FROM "{tables.search}"')  # noqa: S608 - our name
    filling = (
        f'INSERT INTO "{tables.search}" (rowid, words) '  # noqa: S608 - our names
        f'SELECT {KEY}, ? FROM "{tables.main.name}" WHERE id = ?'
    )
    rows = [(" ".join(words), id_) for id_, words in found]
    if rows:
        connection.exec_driver_sql(filling, rows)


def _set_words(connection: Connection, tables: FormTables, id_: str, words: list[str]) -> None:
    main = tables.main
    connection.execute(
        update(main).where(main.c.id == bindparam("_id")).values({FOUND: vector()}),
        {"_words": words, "_id": id_},
    )


def _shown(field: Field, value: Value) -> Iterator[str]:
    if value is None:
        return
    yield field.show(value)
    if field.type == "phone" and isinstance(value, str):
        # People type the number in one, with or without the country in front.
        number = value.partition(";")[0].removeprefix("+")
        yield number
        yield number.removeprefix("86")
