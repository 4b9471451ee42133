"""As whom is a record read for a document?"""

from __future__ import annotations

from dataclasses import replace

from engine.access.sight import Sight, sight_of
from engine.app import Form
from engine.record import Actor

RULES = "rule:"


def made_by_rule(actor: Actor) -> bool:
    """Tell whether no person makes it, so that nobody knows who will read it."""
    return actor.id.startswith(RULES)


def reading_sight(form: Form, actor: Actor) -> Sight:
    """Return what the document may show of a form: what its maker sees. What a rule makes can be
    read by whoever sees the record, so that what is hidden from anybody stays hidden in it."""
    sight = sight_of(form, actor)
    if not made_by_rule(actor):
        return sight
    grants = form.definition.access.values()
    return replace(
        sight,
        hidden=sight.hidden | {name for one in grants for name in one.hide},
        masked=sight.masked | {name for one in grants for name in one.mask},
    )
