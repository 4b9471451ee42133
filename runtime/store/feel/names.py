"""Where does SQL read what a name or a path stands for?"""

from __future__ import annotations

from sqlalchemy import JSON, ColumnElement, cast, func

from engine.expressions import Kind
from engine.expressions.tree import Name, Node, Path
from runtime.store.feel.at import NotInDatabase, Row
from runtime.store.feel.known import known_later
from runtime.store.feel.part import Part
from runtime.store.feel.properties import property_of
from runtime.store.feel.writer import Writer, valued
from runtime.store.types import words


@valued(Name)
def name(writer: Writer, node: Name) -> Part:
    """Write the reading of a name."""
    bound = node.id in writer.locals
    if node.origin == "field" and not bound:
        return writer.row.value(node.id, node.type)
    if bound:
        held = writer.held(node)
        if isinstance(held, Node):
            return writer.value(held)
        if isinstance(held, Part):
            return held
    raise NotInDatabase(node.id)


@valued(Path)
def path(writer: Writer, node: Path) -> Part:
    """Write one step of a path."""
    if node.how == "property":
        return property_of(writer.value(node.base), node.name, sqlite=writer.sqlite)
    if isinstance(node.base, Name) and node.base.origin == "user":
        return known_later(node, sqlite=writer.sqlite)
    if node.how == "entry" and node.type.kind is Kind.TEXT:
        return _entry(writer, node)
    if node.how != "column":
        raise NotInDatabase(node.name)
    return row_of(writer, node.base).value(node.name, node.type)


def _entry(writer: Writer, node: Path) -> Part:
    """Write the reading of a text inside a column of JSON."""
    around = writer.value(node.base).sql
    if writer.sqlite:
        sql: ColumnElement[str] = func.json_extract(around, f"$.{node.name}", type_=words)
    else:
        sql = func.json_extract_path_text(cast(around, JSON), node.name, type_=words)
    return Part(sql, node.type)


def row_of(writer: Writer, node: Node) -> Row:
    """Return the row that a part points to: an item of a list, or where a reference points."""
    if isinstance(node, Name):
        return _named_row(writer, node)
    if isinstance(node, Path) and node.how == "column":
        return row_of(writer, node.base).row(node.name)
    raise NotInDatabase(type(node).__name__)


def _named_row(writer: Writer, node: Name) -> Row:
    if node.origin == "field":
        return writer.row.row(node.id)
    held = writer.held(node)
    if isinstance(held, Node):
        return row_of(writer, held)
    if isinstance(held, Part):
        raise NotInDatabase(node.id)
    return held
