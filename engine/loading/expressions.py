"""What is wrong with an expression, said at its place in the file?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.expressions import (
    Compiled,
    FeelErrors,
    Node,
    Scope,
    Slot,
    Type,
    compile_expression,
)  # fmt: skip
from engine.expressions.checker.names import type_label
from engine.expressions.tree import If, Str
from engine.loading.complaints import unknown
from engine.loading.nouns import OPTION
from engine.loading.scalar_places import place_in_text
from engine.loading.scopes import fits
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message


@dataclass
class Compiling:
    """The compiling of expressions in one scope; gathers what is wrong with them."""

    scope: Scope
    problems: list[Problem] = field(default_factory=list)
    done: list[Compiled] = field(default_factory=list)

    def compile(self, text: str, spot: Spot, slot: Slot, begins: int = 0) -> Compiled | None:
        """Return an expression ready to run, or None if something is wrong with it; it begins
        somewhere in the text at the spot."""
        try:
            compiled = compile_expression(text, self.scope, slot)
        except FeelErrors as wrong:
            for error in wrong.errors:
                at = place_in_text(spot, begins + error.start)
                message = _with_suggestion(error.message, error.suggestion)
                self.problems.append(Problem(at, error.code, message))
            return None
        self.done.append(compiled)
        return compiled

    def fill(self, text: str, spot: Spot, slot: Slot, wanted: Type) -> Compiled | None:
        """Return an expression whose value can fill a field of a type."""
        compiled = self.compile(text, spot, slot)
        if compiled is None:
            return None
        strange = next(_strange_options(compiled.tree, wanted.options), None)
        if strange is not None:
            at = place_in_text(spot, strange.span[0])
            message = unknown(OPTION, strange.value, wanted.options or ())
            self.problems.append(Problem(at, "link.option", message))
            return None
        if fits(wanted, compiled.type):
            return compiled
        message = Message(
            "这里要的是{wanted}，算出来的是{given}",
            wanted=type_label(wanted),
            given=type_label(compiled.type),
        )
        self.problems.append(spot.problem("feel.result", message))
        return None


def _with_suggestion(message: Message, suggestion: str | None) -> Message:
    if suggestion is None or suggestion.strip('"') in str(message):
        return message
    return Message("{message}（可写成 {suggestion}）", message=message, suggestion=suggestion)


def _strange_options(node: Node, options: tuple[str, ...] | None) -> Iterator[Str]:
    """Yield the texts that would become the value although they are not among the options."""
    if options is None:
        return
    if isinstance(node, Str) and node.value not in options:
        yield node
    elif isinstance(node, If):
        yield from _strange_options(node.then, options)
        yield from _strange_options(node.otherwise, options)
