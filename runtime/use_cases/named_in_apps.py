"""In which definitions of the apps does somebody's login stand?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import msgspec

from engine.app import App
from engine.wording import Label
from runtime.services import Services


@dataclass(frozen=True, kw_only=True)
class Named:
    """One definition that names a person."""

    app: App
    kind: Literal["workflow", "decision"]
    id: str
    label: Label


def named_in_apps(services: Services, login: str) -> tuple[Named, ...]:
    """Return every definition that names a person by their login: workflows, which ask who takes
    over instead, and decision tables, which have to be changed."""
    return tuple(found for app in list(services.apps.values()) for found in _in_app(app, login))


def _in_app(app: App, login: str) -> Iterator[Named]:
    for id_, workflow in app.workflows.items():
        if _names(msgspec.to_builtins(workflow.definition, str_keys=True), login):
            yield Named(app=app, kind="workflow", id=id_, label=workflow.definition.label)
    for id_, decision in app.decisions.items():
        definition = decision.definition
        if _in_cells(msgspec.to_builtins(definition, str_keys=True), login):
            yield Named(app=app, kind="decision", id=id_, label=definition.label)


def _names(built: Any, login: str) -> bool:
    """Tell whether a login stands behind `person` anywhere."""
    if isinstance(built, dict):
        return built.get("person") == login or any(_names(each, login) for each in built.values())
    return isinstance(built, list | tuple) and any(_names(each, login) for each in built)


def _in_cells(built: Any, login: str) -> bool:
    """Tell whether a login stands in a cell, as text of an expression."""
    if isinstance(built, dict):
        return any(_in_cells(each, login) for each in built.values())
    if isinstance(built, list | tuple):
        return any(_in_cells(each, login) for each in built)
    return isinstance(built, str) and (built == login or f'"{login}"' in built)
