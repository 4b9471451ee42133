"""Can the documents that rules make be put where the rules want them?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition.rule import RuleDef
from engine.definition.stage import EvidenceDef
from engine.fields.file import File
from engine.loading.build import Built
from engine.loading.links import missing
from engine.loading.nouns import DOCUMENT, EVIDENCE, FILE_FIELD
from engine.loading.outline import Outline
from engine.loading.source import Spot
from engine.problems import Problem
from engine.rules.actions.generate_document import GenerateDocument
from engine.stages.evidence import accepted_types
from engine.wording import Message

MADE = "pdf"


def generating_problems(
    built: Built, form: Outline | None, definition: RuleDef, spot: Spot
) -> Iterator[Problem]:
    """Yield what is wrong with the documents that a rule makes of the records of its form."""
    for at, action in enumerate(definition.do):
        if form is not None and isinstance(action, GenerateDocument):
            yield from _one(built, form, action, spot / "do" / at)


def _one(built: Built, form: Outline, action: GenerateDocument, spot: Spot) -> Iterator[Problem]:
    documents = (part.definition for part in built.document)
    known = [one.document for one in documents if one.form == form.id]
    yield from missing(spot / "document", DOCUMENT, action.document, known, "document")
    yield from missing(spot / "into", FILE_FIELD, action.into, form.of_type("file"), "field")
    field = form.fields.get(action.into or "")
    if isinstance(field, File) and field.types and MADE not in field.types:
        yield _no_pdf(spot / "into", field.types)
    items = {one.id: one for one in _evidence(form)}
    yield from missing(spot / "evidence", EVIDENCE, action.evidence, items, "evidence")
    item = items.get(action.evidence or "")
    types = accepted_types(item) if item else ()
    if types and MADE not in types:
        yield _no_pdf(spot / "evidence", types)


def _no_pdf(spot: Spot, types: tuple[str, ...]) -> Problem:
    message = Message("生成的是 PDF，这里只收 {types}", types=list(types))
    return spot.problem("rule.document", message)


def _evidence(form: Outline) -> Iterator[EvidenceDef]:
    for stage, _ in form.placed_stages:
        for gate in (stage.gate, stage.entry):
            yield from gate.evidence
