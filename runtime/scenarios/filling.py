"""How does somebody outside fill in a page in a scenario?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from engine.app import Public
from engine.definition.scenario_outside import FillStep
from engine.outcomes import Denied, Invalid, Missing, Saved
from engine.wording import Message
from runtime.scenarios.done import Done, Turn
from runtime.scenarios.values import Unplayable, submission
from runtime.scenarios.world import Named
from runtime.store.public_links import PublicLink
from runtime.use_cases.publics.links import Wish, make_links, read_links
from runtime.use_cases.publics.opening import Opened, open_public, token_of
from runtime.use_cases.publics.sending import Sending, TooMuch, send_in

TOO_MUCH = Message("登记的人太多，请稍后再试")


def _fill(turn: Turn, wish: FillStep) -> Done:
    world = turn.world
    public = world.app.publics.get(wish.public)
    if public is None:
        raise Unplayable(wish.public)
    link = _link(turn, public, wish)
    if not isinstance(link, PublicLink):
        return Done(link)
    opened = open_public(world.services, token_of(world.services, link.id))
    if not isinstance(opened, Opened):
        return Done(Missing())
    opened = replace(opened, visitor=f"visit-{len(world.names)}")
    given = submission(world, opened.act(), opened.form, wish.values)
    sent = send_in(world.services, opened, Sending(given=given, agreed=wish.agree))
    if isinstance(sent, TooMuch):
        return Done(Invalid({"": (TOO_MUCH,)}))
    if not isinstance(sent, Saved):
        return Done(sent)
    named = Named(opened.form, sent.record.id)
    if wish.name:
        world.names[wish.name] = named
    return Done(sent, named)


def _link(turn: Turn, public: Public, wish: FillStep) -> PublicLink | Denied | Missing:
    """Return the code that hangs there, made by the person of the step if there is none yet."""
    world = turn.world
    if wish.code_of is not None and wish.code_of not in world.names:
        raise Unplayable(wish.code_of)
    record = world.names[wish.code_of].id if wish.code_of else None
    page = read_links(world.services, turn.act, public)
    if isinstance(page, Denied):
        return page
    now = world.clock.now
    known = (one for one in page.links if one.record == record and one.alive(now))
    link = next(known, None)
    if link is not None:
        return link
    made = make_links(world.services, turn.act, public, Wish(record=record))
    return made[0] if isinstance(made, tuple) else made


PLAYS: Mapping[str, Callable[[Turn, Any], Done]] = {"fill": _fill}
