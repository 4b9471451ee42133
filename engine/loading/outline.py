"""Which fields and stages does each form have, and where do they stand?"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.definition.app import AppDef
from engine.definition.form import FormDef
from engine.definition.stage import PipelineDef, StageDef
from engine.field import Field
from engine.loading.build import Built, Part
from engine.loading.source import Spot
from engine.record import SYSTEM_FIELDS

MAIN = "main"
"""The pipeline of a form that has plain stages."""

LISTED_SYSTEM_FIELDS = tuple(name for name in SYSTEM_FIELDS if name not in ("version",))
"""The system fields that lists can show, filter and sort by."""


@dataclass(frozen=True, eq=False)
class Outline:
    """The names of one form, and their places."""

    definition: FormDef
    spot: Spot
    known: dict[str, Any] = dataclasses.field(default_factory=dict, repr=False)
    """What was found out about the form while it was the same."""

    @property
    def id(self) -> str:
        """The form's id."""
        return self.definition.form

    @cached_property
    def placed_fields(self) -> tuple[tuple[Field, Spot], ...]:
        """Every field in the order of the form."""
        return tuple(
            (field, self.spot / "sections" / at / "fields" / index)
            for at, section in enumerate(self.definition.sections)
            for index, field in enumerate(section.fields)
        )

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Fields by id; of two with one id the first."""
        found: dict[str, Field] = {}
        for field, _ in self.placed_fields:
            found.setdefault(field.id, field)
        return found

    @cached_property
    def pipelines(self) -> tuple[PipelineDef, ...]:
        """The form's pipelines; plain stages are one called `main`."""
        if self.definition.stages:
            main = PipelineDef(id=MAIN, label=self.definition.label, stages=self.definition.stages)
            return (main,)
        return self.definition.pipelines

    @cached_property
    def placed_stages(self) -> tuple[tuple[StageDef, Spot], ...]:
        """Every stage of every pipeline."""
        plain = [
            (stage, self.spot / "stages" / index)
            for index, stage in enumerate(self.definition.stages)
        ]
        return (
            *plain,
            *(
                (stage, self.spot / "pipelines" / at / "stages" / index)
                for at, pipeline in enumerate(self.definition.pipelines)
                for index, stage in enumerate(pipeline.stages)
            ),
        )

    @cached_property
    def stage_ids(self) -> tuple[str, ...]:
        """The ids of all stages."""
        return tuple(stage.id for stage, _ in self.placed_stages)

    @cached_property
    def listed(self) -> tuple[str, ...]:
        """What a list can show: the form's fields and the system's."""
        return (*self.fields, *LISTED_SYSTEM_FIELDS)

    def of_type(self, *types: str) -> tuple[str, ...]:
        """Return the ids of the fields of some types."""
        return tuple(id_ for id_, field in self.fields.items() if field.type in types)


@dataclass(frozen=True, eq=False)
class Outlines:
    """The names of a whole app."""

    app: AppDef
    spot: Spot
    forms: Mapping[str, Outline]

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """The ids of the app's roles."""
        return tuple(role.id for role in self.app.roles)

    def of(self, form: str | None) -> Outline | None:
        """Return the outline of a form, if there is such a form."""
        return self.forms.get(form or "")

    def placed(self) -> Iterator[Outline]:
        """Return all outlines in the order of the files."""
        yield from self.forms.values()


def outlines(built: Built) -> Outlines:
    """Gather the names of an app; of two forms with one id the first counts."""
    app: Part[AppDef] = built.app[0]
    forms: dict[str, Outline] = {}
    for part in built.form:
        if "outline" not in part.known:
            part.known["outline"] = Outline(part.definition, part.spot, part.known)
        forms.setdefault(part.definition.form, part.known["outline"])
    return Outlines(app.definition, app.spot, forms)
