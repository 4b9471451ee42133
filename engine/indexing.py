"""Which columns, searched together, find what a list asks for?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from engine.access.sight import RowScope
from engine.app import Form
from engine.expressions import Compiled, Node
from engine.expressions.settled import settled
from engine.expressions.tree import And, Cmp, In, ListLit, Name, OpTest
from engine.record import SYSTEM_FIELDS

MOST_COLUMNS = 5


def columns_for(
    form: Form, scope: RowScope, where: Iterable[Compiled], sort: Sequence[str]
) -> tuple[str, ...]:
    """Return the columns of an index that goes straight to the first records: those that must
    equal one value, then the one that the list is sorted by. Where all that is known is that a
    column has one of several values, the order can't come from the index: it has that column."""
    conditions = [*_of_scope(scope), *(part for one in where for part in _conjuncts(one.tree))]
    columns = {*SYSTEM_FIELDS, *form.fields}
    one = [name for name, several in map(_equal, conditions) if name in columns and not several]
    many = [name for name, several in map(_equal, conditions) if name in columns and several]
    if scope.own:
        one.insert(0, "owner")
    elif scope.department:
        one.insert(0, "department")
    elif scope.tree:
        many.insert(0, "department")
    ordered = [name.removeprefix("-") for name in sort[:1]]
    found = [*one, *ordered] if one or not many else many[:1]
    return tuple(dict.fromkeys(name for name in found if name in columns))[:MOST_COLUMNS]


def _of_scope(scope: RowScope) -> Iterator[Node]:
    # Grants are alternatives: only a single expression is a condition that always holds.
    alone = not (scope.all or scope.own or scope.department or scope.tree)
    if alone and len(scope.expressions) == 1:
        yield from _conjuncts(scope.expressions[0].tree)


def _conjuncts(tree: Node) -> Iterator[Node]:
    if isinstance(tree, And):
        for item in tree.items:
            yield from _conjuncts(item)
    else:
        yield tree


def _equal(node: Node) -> tuple[str, bool]:
    """Return the column that a condition compares with what is known before, and whether
    several values will do; no name for any other condition."""
    match node:
        case Cmp(op="=", left=Name(origin="field", id=id_), right=known) if settled(known):
            return id_, False
        case Cmp(op="=", left=known, right=Name(origin="field", id=id_)) if settled(known):
            return id_, False
        case In(value=Name(origin="field", id=id_), tests=tests) if all(map(_is_value, tests)):
            return id_, len(tests) > 1 or _is_list(tests[0])
    return "", False


def _is_value(test: Node) -> bool:
    return isinstance(test, OpTest) and test.op in ("=", "in") and settled(test.operand)


def _is_list(test: Node) -> bool:
    return isinstance(test, OpTest) and (test.op == "in" or isinstance(test.operand, ListLit))
