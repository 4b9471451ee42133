"""Which values does one record of a sheet have, and which of its cells can't be read?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from engine.app import Form
from engine.field import Field, NotAcceptable
from engine.fields.lines import Lines
from engine.forms.rows import complain
from engine.forms.submission import about, read_typed
from engine.imports.drafts import Draft, LineDraft
from engine.imports.plan import ImportPlan
from engine.imports.spelling import pieces, typed_text
from engine.imports.targets import Target
from engine.outcomes import Submission
from engine.wording import Message

Meant: TypeAlias = Callable[[Field, str], str]
"""Returns the id of the person, department or record that a text means. Raises NotAcceptable."""

NAMED = frozenset({"person", "department", "reference", "reference_list"})
"""Fields whose cells hold names."""


class MadeEarlier(Exception):
    """An earlier row of the same sheet will have made what a cell names: it is left out as long
    as rows are only tried."""


def read_draft(
    form: Form, targets: Mapping[str, Target], plan: ImportPlan, draft: Draft, meant: Meant
) -> Submission:
    """Read a record as the form reads what is typed, in the form's own words for what is wrong."""
    typed: dict[str, tuple[str, ...]] = {}
    complaints: dict[str, tuple[Message, ...]] = {}
    for id_, text in draft.texts.items():
        field = targets[id_].field if id_ in targets and targets[id_].kind == "field" else None
        if field is not None:
            try:
                typed[id_] = _typed(field, text, meant)
            except MadeEarlier:
                continue
            except NotAcceptable as refused:
                complaints[id_] = (about(field, refused.message),)
    for line, rows in draft.lines.items():
        _type_lines(form, line, rows, typed, complaints, meant)
    if plan.empty == "clear":
        typed["_fields"] = tuple(_cleared(targets, plan, draft))
    submission = read_typed(form, typed)
    return Submission(
        values=submission.values,
        complaints={**submission.complaints, **complaints},
        typed={},
    )


def _typed(field: Field, text: str, meant: Meant) -> tuple[str, ...]:
    if field.type == "reference_list":
        return _listed(field, text, meant)
    if field.type in NAMED:
        return (meant(field, text),)
    if field.type == "multi_select":
        return pieces(field, text)
    return (typed_text(field, text),)


def _listed(field: Field, text: str, meant: Meant) -> tuple[str, ...]:
    parts = pieces(field, text)
    if len(parts) > 1:
        try:
            return (meant(field, text),)  # a title may hold a comma
        except NotAcceptable:
            pass
    return tuple(meant(field, part) for part in parts)


def _type_lines(
    form: Form,
    line: str,
    rows: list[LineDraft],
    typed: dict[str, tuple[str, ...]],
    complaints: dict[str, tuple[Message, ...]],
    meant: Meant,
) -> None:
    field = form.fields[line]
    assert isinstance(field, Lines)
    for place, row in enumerate(rows):
        # A row without anything that can be read stays, so that the others keep their places.
        typed[f"{line}-{place}-_"] = ("1",)
        for id_, text in row.texts.items():
            try:
                typed[f"{line}-{place}-{id_}"] = _typed(field.cells[id_], text, meant)
            except NotAcceptable as refused:
                complain(field, place, field.cells[id_], refused.message, complaints)


def _cleared(targets: Mapping[str, Target], plan: ImportPlan, draft: Draft) -> list[str]:
    return [
        id_
        for id_ in plan.columns.values()
        if id_ not in draft.texts and id_ in targets and targets[id_].kind == "field"
    ]
