"""Which keys of the definitions name something of the app, and what: a field, a form, a role?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from designer.panels.shapes import keys_of

T = TypeVar("T")
HERE = ""
"""The form that the file is about."""


@dataclass(frozen=True)
class Refers:
    """What a key names."""

    kind: str
    """field, column, number, date, person, department, reference, lines, cell, position, form,
    role, stage, pipeline, workflow, decision, connector, conversion, item, step, tab, view, login,
    record or
    sort; form_here and reference_here are forms and fields that refer to the form of the file."""
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
    "SectionDef.tab": Refers("tab"),
    "IndexDef.fields": C,
    "ListDef.columns": C,
    "ListDef.sort": Refers("sort"),
    "ListDef.filters": C,
    "ViewDef.sort": Refers("sort"),
    "ViewDef.columns": C,
    "ViewDef.roles": ROLE,
    "BoardDef.card": C,
    "BoardDef.total": Refers("number"),
    "RelatedDef.form": Refers("form_here"),
    "RelatedDef.by": Refers("reference_here", "form"),
    "RelatedDef.columns": Refers("column", "form"),
    "MenuDef.forms": FORM,
    "MenuDef.roles": ROLE,
    "SetupStepDef.form": FORM,
    "SetupStepDef.role": ROLE,
    "SetupStepDef.roles": ROLE,
    "SetupStepDef.decision": Refers("decision"),
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
    "CreateDef.set": Refers("settable", "form"),
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
    "GateDef.approval": Refers("workflow_here"),
    "GateDef.override": ROLE,
    "BackDef.to": STAGE,
    "Reference.to": FORM,
    "Reference.match": Refers("field", "to"),
    "Reference.columns": Refers("field", "to"),
    "ReferenceList.to": FORM,
    "ReferenceList.columns": Refers("field", "to"),
    "Lookup.by": Refers("reference"),
    "Lookup.field": Refers("field", ">by"),
    "Rollup.form": Refers("single_form_here"),
    "Rollup.by": Refers("single_reference_here", "form"),
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
    "AfterDef.agreed": Refers("settable"),
    "AfterDef.refused": Refers("settable"),
    "AfterDef.withdrawn": Refers("settable"),
    "DecisionDef.form": FORM,
    "DocumentDef.form": FORM,
    "PublicDef.form": FORM,
    "PublicDef.consent_field": Refers("yes_no"),
    "PublicDef.per": Refers("reference"),
    "PublicDef.set": Refers("settable"),
    "PublicFieldDef.field": F,
    "DocumentDef.roles": ROLE,
    "FieldsBlock.fields": C,
    "FieldsBlock.capitals": Refers("number"),
    "LinesBlock.field": Refers("lines"),
    "LinesBlock.columns": Refers("cell_named"),
    "LinesBlock.totals": Refers("cell_named"),
    "RelatedBlock.form": Refers("form_here"),
    "RelatedBlock.by": Refers("reference_here", "form"),
    "RelatedBlock.columns": Refers("column", "form"),
    "RelatedBlock.sort": Refers("sort", "form"),
    "ClausesBlock.form": FORM,
    "ClausesBlock.heading": THEIRS,
    "ClausesBlock.text": THEIRS,
    "ClausesBlock.version": THEIRS,
    "ClausesBlock.per": THEIRS,
    "ClausesBlock.newest": Refers("column", "form"),
    "ClausesBlock.sort": Refers("sort", "form"),
    "ImageBlock.field": Refers("picture"),
    "SignerDef.field": Refers("picture"),
    "GenerateDocument.document": Refers("document_here"),
    "GenerateDocument.into": Refers("file"),
    "GenerateDocument.evidence": Refers("item"),
    "RuleDef.form": FORM,
    "Who.fields": Refers("person"),
    "Who.managers_of": Refers("person"),
    "Who.heads_of": Refers("department"),
    "Who.roles": ROLE,
    "Advance.stage": STAGE,
    "CallConnector.connector": Refers("connector"),
    "CallConnector.set": Refers("settable"),
    "CalledIn.find": F,
    "CreateRecord.form": FORM,
    "CreateRecord.set": Refers("settable", "form"),
    "CreateRecord.by": Refers("reference_here", "form"),
    "SetFields.set": Refers("settable"),
    "StartApproval.workflow": Refers("workflow_here"),
    "UpdateReferred.through": Refers("reference"),
    "UpdateReferred.set": Refers("settable", ">through"),
    "UpdateRelated.form": Refers("form_here"),
    "UpdateRelated.by": Refers("reference_here", "form"),
    "UpdateRelated.set": Refers("settable", "form"),
    "ApprovalEnded.workflow": WORKFLOW,
    "Button.roles": ROLE,
    "Button.ask": F,
    "Changed.fields": C,
    "DateComes.field": Refers("date"),
    "EvidenceReviewed.items": Refers("item"),
    "InARow.of": Refers("form_here"),
    "InARow.by": Refers("reference_here", "of"),
    "Overdue.stages": STAGE,
    "Silent.of": Refers("form_here"),
    "Silent.by": Refers("reference_here", "of"),
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
"""Keys of the kinds; a type that is not here names things by the words of ALIKE."""

ALIKE: Mapping[str, Refers] = {
    "form": FORM,
    "role": ROLE,
    "roles": ROLE,
    "stage": STAGE,
    "stages": STAGE,
    "workflow": WORKFLOW,
    "record": Refers("record"),
}
"""What a key names wherever it stands, unless it is said otherwise above."""
KINDS_OWN_IDS = frozenset({"FormDef.form", "WorkflowDef.workflow"})
"""Where such a word is the id of the thing itself."""

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
    "SetupStepDef.where": "form",
    "ListStep.where": "form",
    "ClausesBlock.where": "form",
    "InARow.that": "of",
}
"""Conditions about the records of another form: the key beside them that names it."""

VALUES = frozenset(
    {
        "Formula.feel", "CreateDef.set", "CreateRecord.set", "SetFields.set", "UpdateReferred.set",
        "UpdateRelated.set", "Webhook.send", "CallConnector.send", "CallConnector.set",
        "CalledIn.find", "ConnectorDef.headers", "OperationDef.query", "OperationDef.body",
        "PublicDef.set", "PublicDef.owner", "AfterDef.agreed", "AfterDef.refused",
        "AfterDef.withdrawn", "AddPoints.points", "WhoDef.covers",
        "WhoDef.feel", "DecisionInputDef.value",
        "DecisionInputDef.allowed", "DecisionOutputDef.order", "DecisionOutputDef.default",
    }
)  # fmt: skip
"""Expressions that are worked out; all others are conditions."""


def refers(owner: type | None, key: str) -> Refers | None:
    """Return what a key of a struct names."""
    if owner is None or f"{owner.__name__}.{key}" in KINDS_OWN_IDS:
        return None
    found = _found(REFERS, owner, key)
    return found or (ALIKE.get(key) if _is_word(owner, key) else None)


def _is_word(owner: type, key: str) -> bool:
    """Tell if a key of something else than a field holds words, not things."""
    known = keys_of(owner).get(key)
    if known is None or any(each.__name__ == "Field" for each in owner.__mro__):
        return False
    shape = known.shape.item if known.shape.kind == "list" else known.shape
    return shape is not None and shape.kind == "text"


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
