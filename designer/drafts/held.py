"""Which draft of an app is the present one, and how is it brought up to date cheaply?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import msgspec

from engine.editing.apply import Applied, apply
from engine.editing.draft import Draft
from engine.editing.draft import open_draft as read_draft
from engine.editing.edits import Splice
from runtime.services import Services
from runtime.store import Store
from runtime.store.drafts import DraftHead, DraftStep
from runtime.store.unit import Unit


@dataclass(frozen=True)
class Held:
    """A draft, and how far it has come."""

    head: DraftHead
    draft: Draft


_KNOWN: WeakKeyDictionary[Store, dict[str, Held]] = WeakKeyDictionary()


def held_draft(services: Services, unit: Unit, app: str) -> Held:
    """Return the present draft; it begins with the files of the installed app, when there is none
    yet or the app was installed anew since and nobody has edited."""
    head = unit.drafts.head(app, hold=True)
    revision = _revision(unit, app)
    if head is None or _stale(unit, head, revision):
        return keep(services, begin(unit, app, revision, head))
    return _present(services, unit, head)


def read_held(services: Services, app: str) -> Held:
    """Return the present draft to look at it, without keeping anybody from writing; only where
    there is none yet it is begun."""
    with services.store.reading() as unit:
        head = unit.drafts.head(app)
        if head is not None and not _stale(unit, head, _revision(unit, app)):
            return _present(services, unit, head)
    with services.store.unit() as unit:
        return held_draft(services, unit, app)


def _revision(unit: Unit, app: str) -> int:
    package = unit.packages.one(app)
    return package.revision if package else 0


def _stale(unit: Unit, head: DraftHead, revision: int) -> bool:
    return head.base != revision and not unit.drafts.pending(head.app)


def _present(services: Services, unit: Unit, head: DraftHead) -> Held:
    app = head.app
    known = _KNOWN.get(services.store, {}).get(app)
    if known is None or known.head.rev > head.rev:
        return keep(services, Held(head, read_draft(unit.drafts.files(app))))
    if known.head.rev == head.rev:
        return Held(head, known.draft)
    caught_up = _caught_up(known.draft, unit.drafts.since(app, known.head.rev))
    draft = caught_up or read_draft(unit.drafts.files(app))
    return keep(services, Held(head, draft))


def begin(unit: Unit, app: str, revision: int, former: DraftHead | None) -> Held:
    """Begin the draft of an app with the files that are installed."""
    draft = read_draft(unit.packages.files(app))
    rev = former.rev + 1 if former else 1
    head = DraftHead(app=app, rev=rev, published=rev, base=revision)
    unit.drafts.begin(head, draft.files)
    return Held(head, draft)


def keep(services: Services, held: Held) -> Held:
    """Remember a draft, so that the next one who asks need not read its files."""
    _KNOWN.setdefault(services.store, {})[held.head.app] = held
    return held


def splices_of(step: DraftStep) -> tuple[Splice, ...]:
    """Return what a step changed in the texts."""
    return tuple(msgspec.convert(one, Splice) for one in step.splices)


def changed_texts(draft: Draft, splices: Iterable[Splice]) -> Mapping[str, str | None]:
    """Return the new texts of the files that were changed."""
    return {one.path: draft.files.get(one.path) for one in splices}


def _caught_up(draft: Draft, steps: Iterable[DraftStep]) -> Draft | None:
    made = apply(draft, [splice for step in steps for splice in splices_of(step)])
    return made.draft if isinstance(made, Applied) else None
