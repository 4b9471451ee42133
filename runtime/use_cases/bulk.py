"""What happens when the same thing is done to many records at once?"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.app import Form
from engine.outcomes import Denied, Outcome, Submission
from runtime.limits import MOST_AT_ONCE
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.advance_record import Step, advance_record
from runtime.use_cases.delete_record import delete_record
from runtime.use_cases.edit_record import edit_record
from runtime.use_cases.once import Trace, once_for_key, part_of
from runtime.use_cases.transfer_record import transfer_record

Results = tuple[tuple[str, Outcome], ...]


def used_otherwise(services: Services, act: Act) -> Denied | None:
    """Say whether the key of an act on many records was used for another one; if not, it is
    taken. Its records follow, each in a transaction of its own: what was not done with one the
    first time is tried again the next."""
    with services.store.unit() as unit:
        trace: Trace[None, None] = Trace(left=lambda _: "", found=lambda _: None)
        outcome = once_for_key(unit, act, services.now(), trace, lambda: None)
        return outcome if isinstance(outcome, Denied) else None


def bulk_edit(
    services: Services, act: Act, form: Form, ids: Iterable[str], submission: Submission
) -> Results:
    """Change the same fields of each record, each by the rules of a single change."""
    return _each(
        act, ids, lambda part, id_: edit_record(services, part, form, id_, submission, None)
    )


def bulk_advance(
    services: Services, act: Act, form: Form, ids: Iterable[str], target: str | None = None
) -> Results:
    """Move each record, each through its own gate."""
    step = Step(target=target)
    return _each(act, ids, lambda part, id_: advance_record(services, part, form, id_, step))


def bulk_transfer(
    services: Services, act: Act, form: Form, ids: Iterable[str], owner: str
) -> Results:
    """Give each record to the same person."""
    return _each(act, ids, lambda part, id_: transfer_record(services, part, form, id_, owner))


def bulk_delete(services: Services, act: Act, form: Form, ids: Iterable[str]) -> Results:
    """Put each record into the recycle bin."""
    return _each(act, ids, lambda part, id_: delete_record(services, part, form, id_))


def _each(act: Act, ids: Iterable[str], do: Callable[[Act, str], Outcome]) -> Results:
    unique = list(dict.fromkeys(ids))[:MOST_AT_ONCE]
    return tuple((id_, do(part_of(act, id_), id_)) for id_ in unique)
