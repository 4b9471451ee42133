"""Which rules of a form may run in this person's browser, and which stay here?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.access.sight import Sight, sight_of
from engine.app import Form
from engine.expressions import Target
from engine.field import Field, Storage
from engine.fields.lookup import Lookup
from engine.forms.plan import plan_of
from engine.forms.rules import ANYTHING, Dotted, Rule, path_of, rules_of
from engine.record import Actor
from runtime.services import Services
from runtime.store.links import Target as Goal
from runtime.store.links import field_target, target_of, target_of_people

Tree = dict[str, Any]
"""Names below a reference, each with the names below it."""

TYPED = frozenset(
    {
        "text", "long_text", "number", "integer", "money", "percent", "date", "datetime", "time",
        "yes_no", "select", "rating",
    }
)  # fmt: skip
"""Types whose input the browser can fill; what an id is called, only the server knows."""

SHOWN = frozenset({"text", "number", "integer", "money", "percent"})
"""Types whose value the browser can draw where nobody may type; others are more than a text."""

DEEPEST = 5
"""So many references and lookups one behind the other; what goes deeper stays here."""


@dataclass(frozen=True, kw_only=True)
class LiveRules:
    """How the rules of a form are shared between the browser and the server."""

    sent: tuple[Rule, ...]
    """In the order in which they are worked out."""
    kept: frozenset[Rule]
    """Read what the person may not know, or what only the server can work out."""
    asks: frozenset[str]
    """Fields whose change may change what is kept: then the server is asked."""
    follows: Mapping[Dotted, Tree]
    """What the browser must know of the records that references point to, by the reference:
    ("site",), or ("items", "product") in the rows of a line field."""


def live_rules(services: Services, actor: Actor, form: Form) -> LiveRules:
    """Share out the rules of a form for a person who fills it in."""
    return _Sharing(services, actor, form).shared()


class _Sharing:
    def __init__(self, services: Services, actor: Actor, form: Form) -> None:
        self._services = services
        self._actor = actor
        self._form = form
        self._sight = sight_of(form, actor)
        self._lines = plan_of(form).line_fields
        self._shut: set[Dotted] = {(name,) for name in (*self._sight.hidden, *self._sight.masked)}
        """Places whose value the browser does not get, or can't work out."""

    def shared(self) -> LiveRules:
        rules = [rule for rule in rules_of(self._form) if self._concerns(rule)]
        kept = self._kept(rules)
        kept |= set(self._in_kept_sections(rules, kept))
        sent = tuple(rule for rule in rules if rule not in kept)
        return LiveRules(
            sent=sent,
            kept=frozenset(kept),
            asks=frozenset(self._asks(kept)) | frozenset(self._option_asks()),
            follows=self._follows(sent),
        )

    def _concerns(self, rule: Rule) -> bool:
        """Nobody needs to know how a field behaves that is not drawn, or not to be changed."""
        top = rule.line or rule.name
        if rule.what in ("section", "check"):
            return True
        if top in self._sight.hidden:
            return False
        typed = top not in self._sight.masked | self._sight.readonly
        return typed or rule.what in ("formula", "lookup", "visible", "default")

    def _kept(self, rules: list[Rule]) -> set[Rule]:
        kept: set[Rule] = set()
        found = True
        while found:
            found = False
            for rule in rules:
                if rule not in kept and self._is_shut(rule):
                    kept.add(rule)
                    found = True
                    if rule.what in ("formula", "lookup"):
                        self._shut.add(rule.place)
        return kept

    def _in_kept_sections(self, rules: list[Rule], kept: set[Rule]) -> Iterator[Rule]:
        names = {rule.name for rule in kept if rule.what == "section"}
        fields = {
            field.id
            for section in self._form.definition.sections
            if section.id in names
            for field in section.fields
        }
        for rule in rules:
            if rule.what == "visible" and rule.line is None and rule.name in fields:
                yield rule

    def _is_shut(self, rule: Rule) -> bool:
        if rule.feel is not None and Target.BROWSER not in rule.feel.targets:
            return True
        if rule.place[:1] in self._shut and rule.what != "visible":
            return True
        if rule.what == "default" and not self._can_be_typed(rule):
            return True
        return not all(self._open(path) for path in rule.reads)

    def _can_be_typed(self, rule: Rule) -> bool:
        part = self._lines.get(rule.line or "")
        field = (part.field.cells if part else self._form.fields)[rule.name]
        shut = field.readonly is True or (part is None and field.id in self._sight.readonly)
        return field.type in (SHOWN if shut else TYPED)

    def _open(self, path: Dotted) -> bool:
        """Tell whether the browser may have what stands at the end of a path."""
        if path == ANYTHING or path[:1] in self._shut or path[:2] in self._shut:
            return False
        part = self._lines.get(path[0])
        if part is not None:
            inner = path[1:]
            cell = part.field.cells.get(inner[0]) if inner else None
            if inner and cell is None and inner[0] != "id":
                # A column that is not on this page, as on one for people outside.
                return False
            return cell is None or self._open_beyond(field_target(cell), inner[1:], self._form.app)
        return self._open_beyond(target_of(self._form, path[0]), path[1:], self._form.app)

    def _open_beyond(self, goal: Goal | None, rest: Dotted, app: str, depth: int = 0) -> bool:
        if goal is None or not rest:
            return True
        if depth > DEEPEST:
            return False
        if goal.form is None:
            return self._open_beyond(target_of_people(goal.kind, rest[0]), rest[1:], app, depth + 1)
        form = self._form_of(app, goal.form)
        if form is None:
            return False
        sight = sight_of(form, self._actor)
        return self._open_there(form, sight, rest, depth)

    def _open_there(self, form: Form, sight: Sight, rest: Dotted, depth: int) -> bool:
        if sight.rows.none or rest[0] in sight.hidden or rest[0] in sight.masked:
            return False
        field = form.fields.get(rest[0])
        if isinstance(field, Lookup):
            return self._open_there(form, sight, path_of(field), depth + 1) and len(rest) == 1
        if field is not None and field.storage is Storage.LINES:
            return False
        return self._open_beyond(target_of(form, rest[0]), rest[1:], form.app, depth + 1)

    def _form_of(self, app: str, name: str) -> Form | None:
        own, _, form = name.rpartition(".")
        return self._services.form(own or app, form)

    def _asks(self, kept: Iterable[Rule]) -> Iterator[str]:
        """Yield the inputs on which kept rules depend, through what is worked out between."""
        made = {rule.place: rule for rule in rules_of(self._form) if rule.what in _MAKES}
        seen: set[Dotted] = set()
        waiting = [path for rule in kept for path in rule.reads]
        while waiting:
            path = waiting.pop()
            if path in seen:
                continue
            seen.add(path)
            if path[0] not in self._sight.hidden | self._sight.masked:
                yield path[0]
            for place in (path[:1], path[:2]):
                if place in made:
                    waiting.extend(made[place].reads)

    def _option_asks(self) -> Iterator[str]:
        """Yield the fields on which the options of others depend."""
        for field in _fields_and_cells(self._form):
            for one in getattr(field, "options", ()):
                yield from one.when or ()

    def _follows(self, sent: Iterable[Rule]) -> Mapping[Dotted, Tree]:
        follows: dict[Dotted, Tree] = {}
        for rule in sent:
            for path in rule.reads:
                self._follow(path, follows)
        return follows

    def _follow(self, path: Dotted, follows: dict[Dotted, Tree]) -> None:
        part = self._lines.get(path[0])
        cells = part.field.cells if part else None
        length = 2 if cells is not None else 1
        if len(path) <= length:
            return
        goal = field_target(cells[path[1]]) if cells else target_of(self._form, path[0])
        if goal is None:
            return
        tree = follows.setdefault(path[:length], {})
        for name in path[length:]:
            tree = tree.setdefault(name, {})


_MAKES = ("default", "lookup", "formula")


def _fields_and_cells(form: Form) -> Iterator[Field]:
    for field in form.fields.values():
        yield field
        yield from getattr(field, "fields", ())
