"""How does somebody else come to stand where a person who goes stands in records?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from engine.outcomes import Missing, Saved, Submission
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.edit_record import edit_record
from runtime.use_cases.once import part_of
from runtime.use_cases.open_records import ids_of
from runtime.use_cases.stands_in_fields import Seat, seats_at

KIND = "hand_over_fields"
MOST_TOLD = 20
"""Records of which it is said one by one that they stayed as they were."""
Tell = Callable[[int, int | None], None]
"""Told how many records of how many are done. May raise, which ends it."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Who is to follow a person at which seats."""

    person: str
    followers: Mapping[str, str]
    """By the path of a seat."""
    everything: bool = False
    """In finished records as well."""


@dataclass(frozen=True, kw_only=True)
class Given:
    """What became of it."""

    done: int = 0
    left: tuple[tuple[str, str, str], ...] = ()
    """Records that stayed as they were, as (app, form, id)."""


def ask_to_hand_over(services: Services, act: Act, wish: Wish) -> str:
    """Leave it to be done in the background at once, and return the job's id."""
    arguments = {
        "leaver": wish.person,
        "followers": dict(wish.followers),
        "everything": wish.everything,
        "reason": act.reason,
    }
    key = f"{KIND}:{act.actor.id}:{act.key}" if act.key else None
    with services.store.unit() as unit:
        return unit.jobs.save(KIND, arguments, services.now(), person=act.actor.id, key=key)


def hand_over_fields(services: Services, act: Act, wish: Wish, tell: Tell) -> Given:
    """Write the followers into the records, each by the rules of a single change. Doing it again
    goes on where it was left: who has been followed stands there no longer."""
    found = [
        (seat, id_)
        for seat in seats_at(services, wish.followers)
        for id_ in _ids(services, act, seat, wish)
    ]
    done, left = 0, []
    for number, (seat, id_) in enumerate(found, start=1):
        if _followed(services, act, seat, id_, wish):
            done += 1
        else:
            left.append((seat.form.app, seat.form.id, id_))
        tell(number, len(found))
    return Given(done=done, left=tuple(dict.fromkeys(left)))


def _ids(services: Services, act: Act, seat: Seat, wish: Wish) -> Iterator[str]:
    wanted = seat.wanted(wish.person, everything=wish.everything)
    return ids_of(services, act, seat.form, wanted)


def _followed(services: Services, act: Act, seat: Seat, id_: str, wish: Wish) -> bool:
    with services.store.reading() as unit:
        record = unit.records.one(seat.form, id_)
    if record is None:
        return True
    to = wish.followers[seat.path]
    values = {seat.field: seat.value_with(record, wish.person, to)}
    sent = Submission(values=values, complaints={}, typed={})
    part = part_of(act, f"{seat.path}:{id_}")
    # Against the version that was read: what somebody else puts there meanwhile stays.
    outcome = edit_record(services, part, seat.form, id_, sent, record.version)
    return isinstance(outcome, Saved | Missing)
