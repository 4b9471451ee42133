"""Which filter does a FEEL text show, where it can be drawn?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.app import App, Form
from engine.expressions import FeelError, FeelErrors, Node, Slot, compile_expression, parse
from engine.expressions.tree import And, Call, Name, Not, Or, Path, children
from engine.filters.known import Known, known_at
from engine.filters.recognising import candidates
from engine.filters.sameness import shape
from engine.filters.visual import BadFilter, Condition, Group, Part, Written, conditions_of
from engine.filters.writing import condition_text


def from_feel(app: App, form: Form, text: str) -> Group | None:
    """Return what a filter shows, parts that can't be drawn as Written; None if nothing can.

    The text must be right: what is wrong with it is for `compile_expression` to say.
    """
    if not text.strip():
        return Group()
    try:
        compile_expression(text, form.scope, Slot.ROWS)
        node = parse(text)
    except (FeelError, FeelErrors):
        return None
    drawn = _Drawing(app, form, text).part(node)
    group = drawn if isinstance(drawn, Group) else Group(items=(drawn,))
    return group if any(True for _ in conditions_of(group)) else None


class _Drawing:
    """The drawing of one text."""

    def __init__(self, app: App, form: Form, text: str) -> None:
        self._app = app
        self._form = form
        self._text = text

    def part(self, node: Node) -> Part:
        """Return what a node shows."""
        condition = self._condition(node)
        if condition is not None:
            return condition
        if isinstance(node, And | Or):
            items = tuple(map(self.part, node.items))
            return Group(isinstance(node, And), items)
        return Written(self._written(node))

    def _condition(self, node: Node) -> Condition | None:
        path = _path(node)
        if path is None:
            return None
        known = self._known(path) or self._known(path.rpartition(".")[0])
        if known is None:
            return None
        wanted = shape(_as_comparison(node))
        for op, values in candidates(known, node):
            # The pattern only guesses: what counts is that it would be written like this.
            try:
                same = shape(parse(condition_text(known, op, values))) == wanted
            except (BadFilter, FeelError):
                continue
            if same:
                return Condition(known.path, op, values)
        return None

    def _known(self, path: str) -> Known | None:
        try:
            return known_at(self._app, self._form, path)
        except BadFilter:
            return None

    def _written(self, node: Node) -> str:
        start, end = node.span
        text = self._text[start:end]
        return text[1:-1].strip() if _in_brackets(text, node) else text


def _in_brackets(text: str, node: Node) -> bool:
    if not (text.startswith("(") and text.endswith(")")):
        return False
    try:
        return shape(parse(text[1:-1])) == shape(node)
    except FeelError:
        return False


def _as_comparison(node: Node) -> Node:
    """A field that is yes or no may stand alone: `active`, `not(active)`."""
    match node:
        case Name() | Path():
            return parse(f"{_dotted(node)} = true")
        case Not(operand=Name() | Path() as field):
            return parse(f"{_dotted(field)} = false")
    return node


def _path(node: Node) -> str | None:
    """Return the one field that a condition is about, None if there are others."""
    found = set(_fields(node, frozenset()))
    return found.pop() if len(found) == 1 else None


def _fields(node: Node, bound: frozenset[str]) -> Iterator[str]:
    if isinstance(node, Name | Path):
        dotted = _dotted(node)
        if dotted is not None:
            first = dotted.partition(".")[0]
            if first not in bound and first != "user":
                yield dotted
            return
    if isinstance(node, Call) and node.function == "today":
        return
    inside = bound | {node.var} if hasattr(node, "var") else bound
    for child in children(node):
        yield from _fields(child, inside)


def _dotted(node: Node | None) -> str | None:
    if isinstance(node, Name):
        return node.id
    if isinstance(node, Path):
        base = _dotted(node.base)
        return f"{base}.{node.name}" if base else None
    return None
