"""What does a loaded app hold: its definitions, and everything compiled from them once?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engine.decisions import Table
from engine.definition.app import AppDef
from engine.definition.connector import ConnectorDef, OperationDef
from engine.definition.data import DemoRow
from engine.definition.decision import DecisionDef
from engine.definition.document import DocumentDef
from engine.definition.form import FormDef
from engine.definition.own_type import OwnTypeDef
from engine.definition.public import PublicDef
from engine.definition.rule import RuleDef
from engine.definition.scenario import ScenarioDef
from engine.definition.stage import PipelineDef, StageDef
from engine.definition.workflow import WorkflowDef
from engine.expressions import Compiled, Scope
from engine.field import Field
from engine.problems import Location
from engine.record import Value
from engine.rules.actions.freeze import Freeze
from engine.wording import Label


@dataclass(frozen=True)
class Need:
    """When a field must be filled; without a condition, always."""

    when: Compiled | None = None
    message: Label | None = None


@dataclass(frozen=True, kw_only=True)
class Logic:
    """The compiled expressions of a form, or of the rows of a line field."""

    visible: Mapping[str, Compiled] = field(default_factory=dict)
    """By field id; sections stand as `section:<id>`."""
    required: Mapping[str, Need] = field(default_factory=dict)
    readonly: Mapping[str, Compiled | None] = field(default_factory=dict)
    """None: always."""
    defaults: Mapping[str, Compiled] = field(default_factory=dict)
    formulas: Mapping[str, Compiled] = field(default_factory=dict)
    """In an order in which each one's inputs come before it."""
    formula_order: tuple[tuple[str, ...], ...] = ()
    """All formulas of the record and of its lines, each after what it reads: ("total",) is the
    record's, ("items", "amount") that of every row of a line field."""
    checks: Mapping[str, Compiled] = field(default_factory=dict)
    gates: Mapping[str, Compiled] = field(default_factory=dict)
    """By `<stage>/<gate|entry>/<that|evidence>/<id>`."""
    pipelines: Mapping[str, Compiled] = field(default_factory=dict)
    grants: Mapping[str, Compiled] = field(default_factory=dict)
    """Row expressions, by `<role>/<rows|edit|delete|advance|transfer>`."""
    conversions: Mapping[str, Compiled] = field(default_factory=dict)
    """By `<conversion>/when` and `<conversion>/<step>/<field>`."""
    routing: Compiled | None = None
    """Which new records are given to somebody by themselves."""
    choices: Mapping[str, Compiled] = field(default_factory=dict)
    """By reference field, which records may be chosen; compiled for the form that it points to."""
    lines: Mapping[str, Logic] = field(default_factory=dict)
    """By line field; a row sees its own fields, and its record's under `record`."""
    reads: frozenset[tuple[str, ...]] = frozenset()
    """Every path that crosses a reference, as ("site", "position")."""


@dataclass(frozen=True, kw_only=True)
class Form:
    """One form of a loaded app."""

    app: str
    id: str
    definition: FormDef
    fields: Mapping[str, Field]
    """In the order of the form."""
    scope: Scope
    logic: Logic
    pipelines: tuple[PipelineDef, ...]
    """A form with plain `stages` has one, called `main`; a form without stages has none."""

    own_types: Mapping[str, str] = field(default_factory=dict)
    """By field, or `<lines>.<cell>`, the app's own type that it names."""
    watched: tuple[str, ...] = ()
    """What rules ask the database for as time passes, so that it is worth an index."""

    def stage(self, id_: str | None) -> StageDef | None:
        """Return a stage of any pipeline by its id, which is unique in the form."""
        return self.stages.get(id_ or "")

    @cached_property
    def writers(self) -> Mapping[str, Callable[[Value], Any] | None]:
        """By field id, what turns its value into JSON; None where the value is that already."""
        plain = (Field.data, Field.write)
        return {
            id_: None if (type(field).data, type(field).write) == plain else field.data
            for id_, field in self.fields.items()
        }

    @cached_property
    def stages(self) -> Mapping[str, StageDef]:
        """All stages of all pipelines."""
        return {stage.id: stage for pipeline in self.pipelines for stage in pipeline.stages}


@dataclass(frozen=True, kw_only=True)
class Workflow:
    """One approval of a loaded app."""

    app: str
    id: str
    form: str
    version: str
    """Tells this definition from every other: approvals run to their end by the one they began
    with."""
    definition: WorkflowDef
    logic: Mapping[str, Compiled] = field(default_factory=dict)
    """By `start/when`, `<step>/when`, `<step>/that`, `<step>/paths/<path>`,
    `after/<outcome>/<field>`, and `<step>/who/<n>` (also `<step>/ladder/<n>/to/<m>` and
    `keepers/<n>`) with `/feel` or `/covers` behind it."""
    reads: frozenset[tuple[str, ...]] = frozenset()
    """Every path that crosses a reference."""
    labels: Mapping[str, Label] = field(default_factory=dict)
    """What the fields of the form are called."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of a loaded app."""

    app: str
    id: str
    form: str
    definition: RuleDef
    condition: Compiled | None = None
    logic: Mapping[str, Compiled] = field(default_factory=dict)
    """By the number of the action: `<n>/if`, and `<n>/<field>` for the values that it sets;
    `on/that` is what a trigger asks of the records of another form."""
    reads: frozenset[tuple[str, ...]] = frozenset()
    """Every path that its expressions read."""

    @property
    def actor(self) -> str:
        """By which id the log calls what the rule does."""
        return f"rule:{self.app}.{self.id}"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """One decision table of a loaded app."""

    app: str
    id: str
    form: str
    definition: DecisionDef
    table: Table
    reads: frozenset[tuple[str, ...]] = frozenset()
    """Every path that its cells read."""


@dataclass(frozen=True, kw_only=True)
class Connector:
    """Another system that a loaded app can ask."""

    app: str
    id: str
    definition: ConnectorDef
    logic: Mapping[str, Compiled] = field(default_factory=dict)
    """By `headers/<name>`, `<operation>/query/<name>`, `<operation>/body` and
    `<operation>/failed_if`."""

    def operation(self, id_: str | None) -> OperationDef | None:
        """Return one thing that can be asked there."""
        return next((one for one in self.definition.operations if one.id == id_), None)


@dataclass(frozen=True, kw_only=True)
class Document:
    """One document of a loaded app."""

    app: str
    id: str
    form: str
    definition: DocumentDef
    logic: Mapping[str, Compiled] = field(default_factory=dict)
    """By their own text: what stands in braces, and the conditions."""
    reads: frozenset[tuple[str, ...]] = frozenset()
    """Every path that its expressions read."""


@dataclass(frozen=True, kw_only=True)
class Public:
    """One page of a loaded app that people outside fill in without signing in."""

    app: str
    id: str
    form: str
    definition: PublicDef
    logic: Mapping[str, Compiled] = field(default_factory=dict)
    """By `set/<field>`, and `owner`."""
    reads: frozenset[tuple[str, ...]] = frozenset()
    """Every path that its expressions read."""
    cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By sub-table that is asked, its columns that are."""

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The fields that are asked, in their order."""
        return tuple(one.field for one in self.definition.fields)


@dataclass(frozen=True, kw_only=True)
class App:
    """An app that was read, checked, built and linked."""

    id: str
    definition: AppDef
    forms: Mapping[str, Form]
    places: Mapping[str, Location]
    """Where each thing stands in the files, by `forms/<form>/fields/<field>` and the like."""
    types: Mapping[str, OwnTypeDef] = field(default_factory=dict)
    """The field types of its own."""
    data: Mapping[str, tuple[DemoRow, ...]] = field(default_factory=dict)
    """Demo data by form, in the order of the files."""
    scenarios: tuple[ScenarioDef, ...] = ()
    workflows: Mapping[str, Workflow] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    documents: Mapping[str, Document] = field(default_factory=dict)
    connectors: Mapping[str, Connector] = field(default_factory=dict)
    publics: Mapping[str, Public] = field(default_factory=dict)

    @cached_property
    def listeners(self) -> Mapping[str, tuple[Rule, ...]]:
        """By form, the rules that wait for something to happen to its records."""
        found: dict[str, tuple[Rule, ...]] = {}
        for rule in self.rules.values():
            if not rule.definition.paused and not rule.definition.on.by_clock:
                heard_at = rule.definition.on.heard_at or rule.form
                found[heard_at] = (*found.get(heard_at, ()), rule)
        return found

    @cached_property
    def watchers(self) -> tuple[Rule, ...]:
        """The rules that wait for time to pass."""
        rules = self.rules.values()
        return tuple(
            rule for rule in rules if rule.definition.on.by_clock and not rule.definition.paused
        )

    @cached_property
    def freezers(self) -> Mapping[str, tuple[Freeze, ...]]:
        """By form, the actions that can let nothing new be made of it."""
        found: dict[str, tuple[Freeze, ...]] = {}
        for rule in self.rules.values():
            for action in rule.definition.do:
                if isinstance(action, Freeze):
                    found[action.form] = (*found.get(action.form, ()), action)
        return found

    def at(self, *path: str) -> Location:
        """Return the place of a thing, or of the nearest thing around it."""
        for length in range(len(path), 0, -1):
            place = self.places.get("/".join(path[:length]))
            if place:
                return place
        return Location("app.yaml")
