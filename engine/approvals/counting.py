"""Have enough people agreed, or can enough never agree any more?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from engine.approvals.facts import Organisation
from engine.approvals.plan import Deciding
from engine.approvals.run import Seat, Visit
from engine.definition.workflow import ApproveStep, Mode

Vote = Literal["agree", "refuse"] | None
Verdict = Literal["agreed", "refused", "handled"] | None

AGREES = ("agree", "kept", "passed", "handled")


@dataclass(frozen=True)
class Group:
    """One voice: somebody who is asked, with everybody who took the place or signs as well."""

    id: str
    seats: tuple[Seat, ...]

    @property
    def vote(self) -> Vote:
        """One refusal is enough; agreeing takes all of them."""
        if any(seat.outcome == "refuse" for seat in self.seats):
            return "refuse"
        return "agree" if all(seat.outcome in AGREES for seat in self.seats) else None


def groups(visit: Visit) -> tuple[Group, ...]:
    """Return the voices of a visit, in the order in which they were asked."""
    by_id = {seat.id: seat for seat in visit.seats}
    replaced = {seat.asked_by for seat in visit.seats if seat.place == "instead"}
    found: dict[str, list[Seat]] = {}
    for seat in visit.seats:
        if counts(seat) and seat.id not in replaced:
            found.setdefault(root(by_id, seat), []).append(seat)
    order = {seat.id: at for at, seat in enumerate(visit.seats)}
    return tuple(Group(id_, tuple(found[id_])) for id_ in sorted(found, key=order.__getitem__))


def counts(seat: Seat) -> bool:
    """Tell whether a seat has a voice: opinions bind nobody, and what is void says nothing."""
    return seat.place != "opinion" and seat.state != "void"


def root(by_id: Mapping[str, Seat], seat: Seat) -> str:
    """Return the seat with which a voice began."""
    while seat.asked_by is not None and seat.asked_by in by_id:
        seat = by_id[seat.asked_by]
    return seat.id


def mode_of(step: Deciding) -> Mode:
    """Return how the people of a step decide together."""
    if step.mode is not None:
        return step.mode
    return "sequential" if any(one.chain is not None for one in step.who) else "all"


def verdict(step: Deciding, visit: Visit, organisation: Organisation) -> Verdict:
    """Return what the people of a step have decided together, if they have."""
    voices = groups(visit)
    votes = [group.vote for group in voices]
    if not isinstance(step, ApproveStep):
        enough = any(votes) if step.mode == "any" else all(votes)
        return "handled" if voices and enough else None
    musts = [_must(role, voices, organisation) for role in step.must]
    if "refuse" in musts or _refused(step, voices, organisation):
        return "refused"
    agreed = voices and None not in musts and _agreed(step, voices, organisation)
    return "agreed" if agreed else None


def _agreed(step: ApproveStep, voices: tuple[Group, ...], organisation: Organisation) -> bool:
    votes = [group.vote for group in voices]
    match mode_of(step):
        case "any":
            return "agree" in votes
        case "ratio" | "weighted":
            yes, total = _weight(step, voices, organisation, ("agree",))
            return yes * 100 >= (step.share or 100) * total
        case _:
            return all(vote == "agree" for vote in votes)


def _refused(step: ApproveStep, voices: tuple[Group, ...], organisation: Organisation) -> bool:
    votes = [group.vote for group in voices]
    mode = mode_of(step)
    veto = step.veto if step.veto is not None else mode not in ("ratio", "weighted")
    if "refuse" not in votes:
        return False
    if veto or mode in ("all", "sequential"):
        return True
    if mode == "any":
        return all(vote == "refuse" for vote in votes)
    possible, total = _weight(step, voices, organisation, ("agree", None))
    return possible * 100 < (step.share or 100) * total


def _weight(
    step: ApproveStep,
    voices: tuple[Group, ...],
    organisation: Organisation,
    wanted: tuple[Vote, ...],
) -> tuple[int, int]:
    weights = [_weight_of(step, group, organisation) for group in voices]
    if not any(weights):
        weights = [1] * len(voices)
    pairs = zip(weights, voices, strict=True)
    return sum(weight for weight, group in pairs if group.vote in wanted), sum(weights)


def _weight_of(step: ApproveStep, group: Group, organisation: Organisation) -> int:
    if mode_of(step) == "ratio":
        return 1
    own = [step.weights[role] for role in roles_of(group, organisation) if role in step.weights]
    return max(own, default=1)


def _must(role: str, voices: tuple[Group, ...], organisation: Organisation) -> Vote:
    """Return what those of a role say: one is enough; without any, everybody must agree."""
    theirs = [group for group in voices if role in roles_of(group, organisation)]
    if not theirs:
        votes = [group.vote for group in voices]
        return None if None in votes else "refuse" if "refuse" in votes else "agree"
    votes = [group.vote for group in theirs]
    if "agree" in votes:
        return "agree"
    return None if None in votes else "refuse"


def roles_of(group: Group, organisation: Organisation) -> frozenset[str]:
    """Return the roles for which a voice speaks; who stands in for somebody has theirs."""
    people = {person for seat in group.seats for person in (seat.instead_of or seat.person,)}
    return frozenset().union(*(organisation.roles(person) for person in people))
