"""Which keys of the definitions name something of the app, and what: a field, a form, a role?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")
HERE = ""
"""The form that the file is about."""


@dataclass(frozen=True)
class Refers:
    """What a key names."""

    kind: str
    """field, column, number, date, person, department, reference, lines, cell, position, form,
    role, stage, pipeline, workflow, decision, conversion, item, step, view, login or sort."""
    form: str = HERE
    """The key beside it that names the form of the field; `>by` where that key is a reference
    field whose form is meant."""


F = Refers("field")
C = Refers("column")
ROLE, FORM, STAGE = Refers("role"), Refers("form"), Refers("stage")
WORKFLOW, LOGIN = Refers("workflow"), Refers("login")
THEIRS = Refers("field", "form")

REFERS: Mapping[str, Refers] = {
    "FormDef.title": F,
    "FormDef.subtitle": F,
    "FormDef.search": F,
    "FormDef.access": ROLE,
    "IndexDef.fields": C,
    "ListDef.columns": C,
    "ListDef.sort": Refers("sort"),
    "ListDef.filters": C,
    "ViewDef.sort": Refers("sort"),
    "ViewDef.columns": C,
    "ViewDef.roles": ROLE,
    "BoardDef.card": C,
    "BoardDef.total": Refers("number"),
    "RelatedDef.form": FORM,
    "RelatedDef.by": Refers("reference", "form"),
    "RelatedDef.columns": Refers("column", "form"),
    "MenuDef.forms": FORM,
    "MenuDef.roles": ROLE,
    "Card.form": FORM,
    "Card.of": Refers("number", "form"),
    "Card.sort": Refers("sort", "form"),
    "Card.roles": ROLE,
    "GrantDef.hide": F,
    "GrantDef.readonly": F,
    "GrantDef.mask": F,
    "ConversionDef.roles": ROLE,
    "ConversionDef.stage": STAGE,
    "ConversionDef.keep": Refers("reference"),
    "CreateDef.form": FORM,
    "CreateDef.existing": Refers("reference"),
    "CreateDef.set": THEIRS,
    "CreateDef.refer": Refers("reference", "form"),
    "CreateDef.lines": Refers("lines", "form"),
    "PoolDef.roles": ROLE,
    "PoolDef.hide": F,
    "RoutingDef.decision": Refers("decision"),
    "RoutingDef.role": ROLE,
    "RoutingDef.stage": STAGE,
    "GeofenceDef.of": Refers("position"),
    "EvidenceDef.review": ROLE,
    "GateDef.fields": F,
    "GateDef.approval": WORKFLOW,
    "GateDef.override": ROLE,
    "BackDef.to": STAGE,
    "Reference.to": FORM,
    "Reference.match": Refers("field", "to"),
    "Reference.columns": Refers("field", "to"),
    "ReferenceList.to": FORM,
    "ReferenceList.columns": Refers("field", "to"),
    "Lookup.by": Refers("reference"),
    "Lookup.field": Refers("field", ">by"),
    "Rollup.form": FORM,
    "Rollup.by": Refers("reference", "form"),
    "Rollup.of": THEIRS,
    "Unique.within": F,
    "Option.when": F,
    "Lines.totals": Refers("cell"),
    "DeadlineDef.until": Refers("date"),
    "DeadlineDef.before": Refers("date"),
    "WorkflowDef.form": FORM,
    "WorkflowDef.lock": F,
    "WhoDef.person": LOGIN,
    "WhoDef.role": ROLE,
    "WhoDef.field": Refers("person"),
    "WhoDef.chosen": ROLE,
    "LimitDef.role": ROLE,
    "BackToDef.to": Refers("step"),
    "PeopleStep.sees": F,
    "ApproveStep.edit": F,
    "ApproveStep.need": F,
    "ApproveStep.weights": ROLE,
    "ApproveStep.must": ROLE,
    "HandleStep.edit": F,
    "HandleStep.need": F,
    "SubStep.workflow": WORKFLOW,
    "SubStep.of": Refers("reference"),
    "StartDef.stage": STAGE,
    "StartDef.roles": ROLE,
    "AfterDef.agreed": F,
    "AfterDef.refused": F,
    "AfterDef.withdrawn": F,
    "DecisionDef.form": FORM,
    "RuleDef.form": FORM,
    "Who.fields": Refers("person"),
    "Who.managers_of": Refers("person"),
    "Who.heads_of": Refers("department"),
    "Who.roles": ROLE,
    "Advance.stage": STAGE,
    "CreateRecord.form": FORM,
    "CreateRecord.set": THEIRS,
    "CreateRecord.by": Refers("reference", "form"),
    "SetFields.set": F,
    "StartApproval.workflow": WORKFLOW,
    "UpdateReferred.through": Refers("reference"),
    "UpdateReferred.set": Refers("field", ">through"),
    "UpdateRelated.form": FORM,
    "UpdateRelated.by": Refers("reference", "form"),
    "UpdateRelated.set": THEIRS,
    "ApprovalEnded.workflow": WORKFLOW,
    "Button.roles": ROLE,
    "Button.ask": F,
    "Changed.fields": C,
    "DateComes.field": Refers("date"),
    "EvidenceReviewed.items": Refers("item"),
    "InARow.of": FORM,
    "InARow.by": Refers("reference", "of"),
    "Overdue.stages": STAGE,
    "Silent.of": FORM,
    "Silent.by": Refers("reference", "of"),
    "StageEntered.stages": STAGE,
    "StageLeft.stages": STAGE,
    "DemoFile.form": FORM,
    "DemoRow.owner": LOGIN,
    "DemoRow.stage": STAGE,
    "DemoRow.pipeline": Refers("pipeline"),
    "DemoRow.approval": WORKFLOW,
    "DemoRow.agreed": LOGIN,
    "GivenRow.form": FORM,
    "GivenRow.stage": Refers("stage", "form"),
    "DemoEvidence.item": Refers("item"),
    "DemoEvidence.by": LOGIN,
    "DemoComment.by": LOGIN,
    "CreateStep.form": FORM,
    "CreateStep.values": THEIRS,
    "ListStep.form": FORM,
    "SubmitStep.workflow": WORKFLOW,
    "TransferStep.to": LOGIN,
    "StepDef.as": LOGIN,
    "StepDef.leave": LOGIN,
    "ThenDef.owner": LOGIN,
}
"""Every other key holds its own value."""

MAP_VALUES: Mapping[str, Refers] = {
    "Reference.match": F,
    "ConversionDef.keep": FORM,
    "CreateDef.refer": FORM,
    "CreateDef.lines": Refers("lines"),
}
"""What the values of a map name, where they name something too."""

CONDITIONS: Mapping[str, str] = {
    "Reference.where": "to",
    "ReferenceList.where": "to",
    "Rollup.where": "form",
    "Card.where": "form",
    "ListStep.where": "form",
    "InARow.that": "of",
}
"""Conditions about the records of another form: the key beside them that names it."""

VALUES = frozenset(
    {
        "Formula.feel", "CreateDef.set", "CreateRecord.set", "SetFields.set", "UpdateReferred.set",
        "UpdateRelated.set", "Webhook.send", "AfterDef.agreed", "AfterDef.refused",
        "AfterDef.withdrawn", "WhoDef.covers", "WhoDef.feel", "DecisionInputDef.value",
        "DecisionInputDef.allowed", "DecisionOutputDef.order", "DecisionOutputDef.default",
    }
)  # fmt: skip
"""Expressions that are worked out; all others are conditions."""


def refers(owner: type | None, key: str) -> Refers | None:
    """Return what a key of a struct names."""
    return _found(REFERS, owner, key)


def map_value_refers(owner: type | None, key: str) -> Refers | None:
    """Return what the values of a map name."""
    return _found(MAP_VALUES, owner, key)


def condition_form(owner: type | None, key: str) -> str:
    """Return the key that names the form which a condition is about; empty for the file's own."""
    return _found(CONDITIONS, owner, key) or HERE


def is_value(owner: type | None, key: str) -> bool:
    """Tell if an expression says what something is worth rather than whether something holds."""
    return any(f"{each.__name__}.{key}" in VALUES for each in _line(owner))


def _found(table: Mapping[str, T], owner: type | None, key: str) -> T | None:
    names = (f"{each.__name__}.{key}" for each in _line(owner))
    return next((table[name] for name in names if name in table), None)


def _line(owner: type | None) -> tuple[type, ...]:
    return owner.__mro__ if owner else ()
