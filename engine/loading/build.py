"""Which definitions do the checked files hold?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import msgspec

from engine.definition.app import AppDef
from engine.definition.connector import ConnectorDef
from engine.definition.data import DemoFile, DemoRow, LocaleFile
from engine.definition.decision import DecisionDef
from engine.definition.document import DocumentDef
from engine.definition.form import FormDef
from engine.definition.own_type import OwnTypeDef
from engine.definition.public import PublicDef
from engine.definition.rule import RuleDef
from engine.definition.scenario import GivenRow, ScenarioDef
from engine.definition.workflow import WorkflowDef
from engine.loading.folder import FOLDERS
from engine.loading.shapes import KINDS
from engine.loading.source import Source, Spot
from engine.problems import Problem
from engine.wording import Message

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Part(Generic[T]):
    """One definition and the document that it came from."""

    definition: T
    source: Source
    known: dict[str, Any] = field(default_factory=dict, repr=False)
    """What was found out about it, so that it need not be found out again while it is the same."""

    @property
    def spot(self) -> Spot:
        """The document's outermost value."""
        return Spot(self.source)


_UNNAMED = ("data", "locale", "scenario")
NAMED = {folder: kind for folder, kind in FOLDERS.items() if kind not in _UNNAMED}
"""By the folder of each kind of file whose parts are called by paths, what it holds."""


@dataclass
class Built:
    """Everything that an app's files define."""

    app: list[Part[AppDef]] = field(default_factory=list)
    type: list[Part[OwnTypeDef]] = field(default_factory=list)
    form: list[Part[FormDef]] = field(default_factory=list)
    workflow: list[Part[WorkflowDef]] = field(default_factory=list)
    data: list[Part[DemoFile]] = field(default_factory=list)
    locale: list[Part[LocaleFile]] = field(default_factory=list)
    scenario: list[Part[ScenarioDef]] = field(default_factory=list)
    rule: list[Part[RuleDef]] = field(default_factory=list)
    decision: list[Part[DecisionDef]] = field(default_factory=list)
    document: list[Part[DocumentDef]] = field(default_factory=list)
    connector: list[Part[ConnectorDef]] = field(default_factory=list)
    public: list[Part[PublicDef]] = field(default_factory=list)

    def named(self) -> Iterator[tuple[tuple[str, ...], Part[Any]]]:
        """Yield the manifest, the forms and the rules with the paths that they are called by."""
        for app in self.app:
            yield ("app",), app
        for folder, kind in NAMED.items():
            for part in getattr(self, kind):
                yield (folder, getattr(part.definition, kind)), part


def build(sources: Iterable[Source]) -> tuple[Built, list[Problem]]:
    """Turn checked documents into definitions; problems only come of unchecked ones."""
    built = Built()
    problems = []
    for source in sources:
        try:
            definition: Any = msgspec.convert(_closed_rows(source), KINDS[source.kind])
        except msgspec.ValidationError:
            message = Message("内容和“{kind}”的格式不符", kind=source.kind)
            problems.append(Problem(source.at(()), "shape.build", message))
        else:
            getattr(built, source.kind).append(Part(definition, source))
    return built, problems


def _closed_rows(source: Source) -> Any:
    """Put the form's fields of demo rows, which stand beside the row's own keys, under `values`."""
    data = source.data
    if source.kind == "data" and isinstance(data, dict) and isinstance(data.get("rows"), list):
        return {**data, "rows": [_closed(row, DemoRow) for row in data["rows"]]}
    if source.kind == "scenario" and isinstance(data, dict):
        given = data.get("given")
        if isinstance(given, dict) and isinstance(given.get("records"), list):
            records = [_closed(row, GivenRow) for row in given["records"]]
            return {**data, "given": {**given, "records": records}}
    return data


def _closed(row: Any, struct: type[DemoRow]) -> Any:
    if not isinstance(row, dict):
        return row
    own = set(struct.__struct_fields__) - {"values"}
    values = {key: value for key, value in row.items() if key not in own}
    return {**{key: row[key] for key in row if key in own}, "values": values}
