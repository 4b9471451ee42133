"""What happens when the same thing is done to many records at once?"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.app import Form
from engine.outcomes import Outcome, Submission
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.advance_record import Step, advance_record
from runtime.use_cases.delete_record import delete_record
from runtime.use_cases.edit_record import edit_record
from runtime.use_cases.transfer_record import transfer_record

MOST = 200
"""Records in one go."""

Results = tuple[tuple[str, Outcome], ...]


def bulk_edit(
    services: Services, act: Act, form: Form, ids: Iterable[str], submission: Submission
) -> Results:
    """Change the same fields of each record, each by the rules of a single change."""
    return _each(ids, lambda id_: edit_record(services, act, form, id_, submission, None))


def bulk_advance(
    services: Services, act: Act, form: Form, ids: Iterable[str], target: str | None = None
) -> Results:
    """Move each record, each through its own gate."""
    return _each(ids, lambda id_: advance_record(services, act, form, id_, Step(target=target)))


def bulk_transfer(
    services: Services, act: Act, form: Form, ids: Iterable[str], owner: str
) -> Results:
    """Give each record to the same person."""
    return _each(ids, lambda id_: transfer_record(services, act, form, id_, owner))


def bulk_delete(services: Services, act: Act, form: Form, ids: Iterable[str]) -> Results:
    """Put each record into the recycle bin."""
    return _each(ids, lambda id_: delete_record(services, act, form, id_))


def _each(ids: Iterable[str], do: Callable[[str], Outcome]) -> Results:
    unique = list(dict.fromkeys(ids))[:MOST]
    return tuple((id_, do(id_)) for id_ in unique)
