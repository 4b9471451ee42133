"""Which rules of a form follow each other while it is filled in, and what does each read?"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from threading import Lock
from typing import Literal

from engine.app import Form
from engine.expressions import Compiled
from engine.fields.lookup import Lookup
from engine.forms.plan import Part, Plan, plan_of

What = Literal[
    "default", "lookup", "formula", "visible", "section", "required", "readonly", "check"
]
Dotted = tuple[str, ...]

RECORD = "record"
"""What the rows of a line field call the record that they stand in."""

ANYTHING = ("*",)
"""What a rule of rows reads that takes the record as a whole."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One thing that follows from what is typed."""

    what: What
    name: str
    """The field, section or check that it is about."""
    line: str | None = None
    """The line field in whose rows it holds, each row for itself."""
    feel: Compiled | None = None
    """None for lookups, which only follow their reference."""
    own: frozenset[Dotted] = frozenset()
    """The paths that it reads of the record, or of its own row."""
    above: frozenset[Dotted] = frozenset()
    """The paths that a rule of rows reads of the record around them."""

    @property
    def place(self) -> Dotted:
        """Where its result stands, seen from the record."""
        return (self.line, self.name) if self.line else (self.name,)

    @property
    def reads(self) -> frozenset[Dotted]:
        """Every path that it reads, seen from the record."""
        if self.line is None:
            return self.own
        return self.above | {(self.line, *path) for path in self.own}


_MOST_KEPT = 2_000
_kept: OrderedDict[int, tuple[Form, tuple[Rule, ...]]] = OrderedDict()
_lock = Lock()


def rules_of(form: Form) -> tuple[Rule, ...]:
    """Return the rules of a form in the order in which a save works them out."""
    found = _kept.get(id(form))
    if found is not None and found[0] is form:
        return found[1]
    made = tuple(_rules(form, plan_of(form)))
    with _lock:
        # The form is kept with it, so that its identity can't be given to another one.
        _kept[id(form)] = (form, made)
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return made


def _rules(form: Form, plan: Plan) -> Iterator[Rule]:
    yield from _defaults(plan.record, None)
    for part in plan.lines:
        yield from _defaults(part.rows, part.field.id)
    yield from _lookups(plan.record, None)
    for part in plan.lines:
        yield from _lookups(part.rows, part.field.id)
    for line, formula, compiled in plan.formulas:
        yield _rule("formula", formula.id, line, compiled)
    for section in form.definition.sections:
        shown = form.logic.visible.get(f"section:{section.id}")
        if shown is not None:
            yield _rule("section", section.id, None, shown)
    yield from _behaviour(plan.record, None)
    for part in plan.lines:
        yield from _behaviour(part.rows, part.field.id)
    for check, compiled, _ in plan.checks:
        yield _rule("check", check.id, None, compiled)


def _defaults(part: Part, line: str | None) -> Iterator[Rule]:
    for field, compiled in part.defaults:
        yield _rule("default", field.id, line, compiled)


def _lookups(part: Part, line: str | None) -> Iterator[Rule]:
    for lookup in part.lookups:
        yield Rule(what="lookup", name=lookup.id, line=line, own=frozenset({path_of(lookup)}))


def path_of(lookup: Lookup) -> Dotted:
    """Return the path that a lookup follows."""
    return (lookup.by, lookup.field)


def _behaviour(part: Part, line: str | None) -> Iterator[Rule]:
    for id_, compiled in part.visible:
        yield _rule("visible", id_, line, compiled)
    for field, need in part.required:
        if need.when is not None:
            yield _rule("required", field.id, line, need.when)
    for id_, locked in part.readonly.items():
        if locked is not None:
            yield _rule("readonly", id_, line, locked)


def _rule(what: What, name: str, line: str | None, compiled: Compiled) -> Rule:
    upwards = {path for path in compiled.reads if line and path[0] == RECORD}
    return Rule(
        what=what,
        name=name,
        line=line,
        feel=compiled,
        own=frozenset(compiled.reads - upwards),
        above=frozenset(path[1:] or ANYTHING for path in upwards),
    )
