"""What does a page carry so that the browser itself can work out how a form behaves?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from markupsafe import Markup

from engine.app import Form
from engine.expressions import Node, to_json
from engine.expressions.to_json import VERSION
from engine.expressions.tree import Name, children
from engine.field import Field
from engine.fields.lines import Lines
from engine.forms.plan import LinesPart, Part, plan_of
from engine.forms.rules import RECORD, Rule
from engine.wording import Label
from runtime.services import Services
from runtime.use_cases.followed import Followed, followed
from runtime.use_cases.live_rules import LiveRules, live_rules
from runtime.use_cases.preview_record import Preview
from runtime.web.forms.live_values import Json, reading, showing, wired
from runtime.web.visit import Visit

NUMBERS = frozenset({"number", "integer", "money", "percent"})
"""Types that are shown in one piece where nobody types; formulas are plain text."""


def form_logic(services: Services, visit: Visit, preview: Preview) -> Logic:
    """Put together the logic of a form for a person, with what it needs to know at first."""
    rules = live_rules(services, visit.person, preview.form)
    known = followed(services, visit.act("form"), preview, rules)
    return Logic(preview=preview, rules=rules, known=known, locale=visit.locale)


def followed_data(known: Followed) -> dict[str, Json]:
    """Return what references point to, by the reference and the id."""
    return {
        ".".join(place): {
            id_: None if row is None else {name: wired(inner) for name, inner in row.items()}
            for id_, row in rows.items()
        }
        for place, rows in known.items()
    }


@dataclass(frozen=True, kw_only=True)
class Logic:
    """The rules of a form as one person's browser gets them."""

    preview: Preview
    rules: LiveRules
    known: Followed
    locale: str

    @property
    def form(self) -> Form:
        """The form."""
        return self.preview.form

    @property
    def fresh(self) -> bool:
        """Whether the record is not saved yet: only then do defaults fill anything."""
        return self.preview.stored is None

    def of_rows(self, lines: Iterable[str]) -> Logic:
        """Return only what is worked out within each row of line fields: what a sheet can do that
        shows these of the whole form."""
        shown = set(lines)
        sent = (
            rule
            for rule in self.rules.sent
            if rule.what == "formula"
            and rule.line in shown
            and not rule.above
            and all(len(path) == 1 for path in rule.own)
        )
        none: frozenset[Any] = frozenset()
        rules = LiveRules(sent=tuple(sent), kept=none, asks=none, follows={})
        return replace(self, rules=rules, known={})

    def check_places(self) -> Mapping[str, tuple[tuple[str, Label], ...]]:
        """Return the checks that the browser makes, by the last of the fields that each reads."""
        order = list(self.form.fields)
        messages = {check.id: check.message for check in self.form.definition.checks}
        places: dict[str, list[tuple[str, Label]]] = {}
        for rule in self.rules.sent:
            read = {path[0] for path in rule.own} & self.form.fields.keys()
            if rule.what == "check" and read:
                last = max(read, key=order.index)
                places.setdefault(last, []).append((rule.name, messages[rule.name]))
        return {id_: tuple(found) for id_, found in places.items()}

    def unsaid(self) -> frozenset[str]:
        """Return the fields and cells whose need only the server can tell, and its words."""
        return frozenset(".".join(r.place) for r in self.rules.kept if r.what == "required")

    def text(self) -> Markup:
        """Return the data block of the page."""
        text = msgspec.json.encode(self.data()).decode()
        # Nothing in a data block may look like the end of it.
        return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - JSON without a tag

    def data(self) -> dict[str, Json]:
        """Return everything as plain data."""
        env, fields = self.preview.env, dict(self._fields())
        return {
            "version": VERSION,
            "locale": self.locale,
            "fresh": self.fresh,
            "env": {"today": wired(env.today), "now": wired(env.now), "user": self._user()},
            "rules": [_ruled(rule) for rule in self._rules()],
            "kept": sorted(set(self._kept())),
            "asks": sorted(self.rules.asks),
            "row": dict(self._row()),
            "known": followed_data(self.known),
            "fields": fields,
            "asked": _asked(
                [one for id_, one in self.form.fields.items() if "read" in fields.get(id_, ())],
                self.preview.record.values,
            ),
            "lines": dict(self._lines()),
            "sections": dict(self._sections()),
            "needed": sorted(self._always_needed()),
        }

    def _rules(self) -> Iterator[Rule]:
        return (rule for rule in self.rules.sent if self.fresh or rule.what != "default")

    def _user(self) -> Json:
        """Return who fills the form in, if any rule looks at that."""
        trees = (rule.feel.tree for rule in self._rules() if rule.feel is not None)
        return wired(self.preview.env.user)["c"] if any(map(_names_user, trees)) else {}

    def _kept(self) -> Iterator[str]:
        """Yield what the server decides, as `formula:items.amount`."""
        sections = set()
        for rule in self.rules.kept:
            yield f"{rule.what}:{'.'.join(rule.place)}"
            if rule.what == "section":
                sections.add(rule.name)
        for section in self.form.definition.sections:
            if section.id in sections:
                yield from (f"visible:{field.id}" for field in section.fields)

    def _typed(self, field: Field) -> bool:
        shut = self.preview.sight.readonly | self.preview.sight.masked | self.preview.sight.hidden
        return field.settable and field.id not in shut and field.readonly is not True

    def _wanted(self) -> set[str]:
        """Return the names of the record that the rules read."""
        paths = (rule.above if rule.line else rule.own for rule in self._rules())
        return {path[0] for each in paths for path in each}

    def _row(self) -> Iterator[tuple[str, Json]]:
        """Yield what stands in the record and nobody types, or is there when typing is shut."""
        plan = plan_of(self.form)
        row = self.preview.row
        made = {rule.name for rule in self._rules() if rule.what in ("formula", "lookup")}
        for name in sorted(self._wanted() - made):
            field = self.form.fields.get(name)
            if field is None or not self._typed(field):
                value = row.get(name)
                yield (
                    name,
                    wired(self._with_known(name, value) if name in plan.line_fields else value),
                )
        for id_ in plan.record.readonly:
            if self._typed(self.form.fields[id_]):
                yield f"={id_}", wired(_fallback(plan.record, self.preview.before, id_))

    def _with_known(self, line: str, rows: Any) -> list[Mapping[str, Any]]:
        """Return rows that nobody types, with what their references point to."""
        places = [place[1] for place in self.known if place[:1] == (line,) and len(place) > 1]
        return [
            {name: value for name, value in row.items() if name[-1] != "." and name != RECORD}
            | {f"{name}.": self.known[line, name].get(row.get(name) or "") for name in places}
            for row in rows or ()
        ]

    def _fields(self) -> Iterator[tuple[str, Json]]:
        wanted = self._wanted() | {rule.name for rule in self._rules() if not rule.line}
        shown = {rule.name for rule in self._rules() if rule.what in ("formula", "default")}
        for id_, field in self.form.fields.items():
            if id_ not in wanted or isinstance(field, Lines):
                continue
            spec = self._spec(field, self._typed(field), id_ in shown)
            if "show" in spec and field.type in NUMBERS:
                spec["show"] = {**spec["show"], "whole": True}
            yield id_, spec

    def _spec(self, field: Field, typed: bool, shown: bool) -> dict[str, Json]:
        spec: dict[str, Json] = {"read": reading(field)} if typed else {}
        if shown and not typed:
            spec["show"] = showing(field, self.locale)
        return spec

    def _lines(self) -> Iterator[tuple[str, Json]]:
        read = {path[0] for rule in self._rules() for path in rule.reads}
        for id_, part in plan_of(self.form).line_fields.items():
            inner = [rule for rule in self._rules() if rule.line == id_]
            if not self._typed(part.field) or not (inner or id_ in read or part.field.totals):
                continue
            yield id_, self._line(part, {r.name for r in inner if r.what in ("formula", "default")})

    def _line(self, part: LinesPart, shown: set[str]) -> Json:
        field = part.field
        cells = {
            id_: self._spec(cell, cell.settable and cell.readonly is not True, id_ in shown)
            for id_, cell in field.cells.items()
        }
        paths = {
            path[1]
            for rule in self._rules()
            for path in rule.reads
            if path[0] == field.id and len(path) > 1
        }
        read = [one for id_, one in field.cells.items() if id_ in paths and "read" in cells[id_]]
        # What can be shut stands in the stored row, or begins with its default.
        shut = [id_ for id_ in part.rows.readonly if field.cells[id_].settable]
        return {
            "cells": cells,
            "quiet": shut,
            "totals": {id_: showing(field.cells[id_], self.locale) for id_ in field.totals},
            "stored": {
                str(row["id"]): {id_: wired(row.get(id_)) for id_ in shut}
                for row in self._stored_rows(field.id)
            },
            "blank": {id_: wired(part.rows.fixed[id_]) for id_ in shut if id_ in part.rows.fixed},
            "asked": [_asked(read, row) for row in self._rows_of(field.id)],
            "begins": sorted(part.rows.fixed),
            "needed": [cell.id for cell, need in part.rows.required if need.when is None],
        }

    def _rows_of(self, line: str) -> Iterable[Mapping[str, Any]]:
        rows: Any = self.preview.record.values.get(line)
        return rows or ()

    def _stored_rows(self, line: str) -> Iterable[Mapping[str, Any]]:
        rows: Any = self.preview.before.get(line)
        return rows or ()

    def _sections(self) -> Iterator[tuple[str, Json]]:
        """Yield the fields of each section that can disappear, with its own rule or without."""
        ruled = {rule.name for rule in self.rules.sent if rule.what == "visible"}
        ruled |= {rule.name for rule in self.rules.kept if rule.what == "visible"}
        own = {rule.name for rule in (*self.rules.sent, *self.rules.kept) if rule.what == "section"}
        for section in self.form.definition.sections:
            seen = [one.id for one in section.fields if one.id not in self.preview.sight.hidden]
            if section.id in own or all(id_ in ruled for id_ in seen):
                yield section.id, seen

    def _always_needed(self) -> Iterator[str]:
        for field, need in plan_of(self.form).record.required:
            if need.when is None and field.id not in self.preview.sight.hidden:
                yield field.id


def _names_user(node: Node) -> bool:
    user = isinstance(node, Name) and node.origin == "user"
    return user or any(map(_names_user, children(node)))


def _ruled(rule: Rule) -> Json:
    tree: Json = None if rule.feel is None else to_json(rule.feel.tree)["tree"]
    return [
        rule.what,
        rule.name,
        rule.line,
        tree,
        sorted(".".join(path) for path in rule.own),
        sorted(".".join(path) for path in rule.above),
    ]


def _asked(fields: Iterable[Field], values: Mapping[str, Any]) -> dict[str, Json]:
    """Return what stands in inputs whose texts only the server can read."""
    return {
        field.id: wired(values[field.id])
        for field in fields
        if reading(field)["as"] == "asked" and values.get(field.id) is not None
    }


def _fallback(part: Part, before: Mapping[str, Any], id_: str) -> Any:
    return before[id_] if before else part.fixed.get(id_)


def auto_names(logic: Logic, given: Iterable[str]) -> str:
    """Return the fields whose default follows others until somebody types there."""
    taken = set(given)
    rules = (*logic.rules.sent, *logic.rules.kept)
    return " ".join(
        rule.name
        for rule in rules
        if rule.what == "default" and rule.line is None and rule.reads and rule.name not in taken
    )
