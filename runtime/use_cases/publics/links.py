"""Who makes links for people outside, and what became of them?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from engine.access.sight import sight_of
from engine.app import App, Form, Public
from engine.outcomes import Denied, Missing
from engine.record import Actor, Record
from engine.wording import Message, words
from runtime.services import Services
from runtime.store import Event, Unit
from runtime.store.ids import new_id
from runtime.store.public_links import PublicLink
from runtime.use_cases.act import Act
from runtime.use_cases.list_records import Wanted, query_of
from runtime.use_cases.name_values import target_of
from runtime.use_cases.publics.opening import key_of, token_of
from runtime.use_cases.reach import Work, begin

BATCH = 200
MOST = 500
"""Links that are made at once."""
NOT_YOURS = Message("您没有管理公开登记二维码的权限")


@dataclass(frozen=True, kw_only=True)
class Page:
    """A public form with its links, as somebody sees them who may make them."""

    public: Public
    form: Form
    place: Form | None
    """The form of whose records each has a link of its own."""
    links: tuple[PublicLink, ...]
    without: int
    """Records that have no living link yet."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What links are to be made."""

    label: str = ""
    record: str | None = None
    """For one record; None with `per`: for every one that has none."""
    days: int | None = None


def may_link(form: Form, actor: Actor) -> bool:
    """Tell whether somebody may let people outside fill in a form."""
    return sight_of(form, actor).links


def own_publics(services: Services, actor: Actor, app: str) -> tuple[Public, ...]:
    """Return the public forms of an app for which somebody may make links."""
    found = services.app(app)
    publics = found.publics.values() if found else ()
    return tuple(one for one in publics if found and may_link(found.forms[one.form], actor))


def may_make_codes(app: App, actor: Actor) -> bool:
    """Tell whether somebody may let people outside fill in any form of an app."""
    return any(may_link(app.forms[one.form], actor) for one in app.publics.values())


def codes_of(app: App, form: Form, actor: Actor) -> bool:
    """Tell whether records of a form have codes of their own, which somebody may make."""
    return any(
        _is_place(app, one, form) and may_link(app.forms[one.form], actor)
        for one in app.publics.values()
    )


def _is_place(app: App, public: Public, form: Form) -> bool:
    per = public.definition.per
    asked = app.forms[public.form]
    return per is not None and target_of(asked, asked.fields[per]) == (form.app, form.id)


def place_of(services: Services, public: Public) -> Form | None:
    """Return the form of whose records each has a link of its own."""
    if public.definition.per is None:
        return None
    form = services.apps[public.app].forms[public.form]
    return services.form(*target_of(form, form.fields[public.definition.per]))


def read_links(services: Services, act: Act, public: Public) -> Page | Denied:
    """Return the links of a public form; those of records that the person does not see are left
    out."""
    form = services.apps[public.app].forms[public.form]
    if not may_link(form, act.actor):
        return Denied(NOT_YOURS)
    place = place_of(services, public)
    with services.store.reading() as unit:
        links = unit.public_links.of(public.app, public.id)
        if place is None:
            return Page(public=public, form=form, place=None, links=links, without=0)
        work = begin(services, unit, act, place)
        shown = _seen(work, [link.record for link in links if link.record])
        links = tuple(link for link in links if link.record in shown)
        without = _without_link(work, links, services)
    return Page(public=public, form=form, place=place, links=links, without=len(without))


def make_links(
    services: Services, act: Act, public: Public, wish: Wish
) -> tuple[PublicLink, ...] | Denied | Missing:
    """Make the links that are wished for, in one transaction with the log."""
    form = services.apps[public.app].forms[public.form]
    if not may_link(form, act.actor):
        return Denied(NOT_YOURS)
    place = place_of(services, public)
    with services.store.unit() as unit:
        if place is None:
            label = wish.label.strip() or words(public.definition.label, act.actor.locale)
            return (_made(services, unit, act, public, (label, None), wish),)
        work = begin(services, unit, act, place)
        records = _wanted(work, services, public, wish)
        if not records and wish.record is not None:
            return Missing()
        return tuple(
            _made(services, unit, act, public, (_title(place, one), one.id), wish)
            for one in records
        )


def turn_link(
    services: Services, act: Act, public: Public, id_: str, *, on: bool
) -> PublicLink | Denied | Missing:
    """Turn a link off, or on again."""
    page = read_links(services, act, public)
    if isinstance(page, Denied):
        return page
    link = next((one for one in page.links if one.id == id_), None)
    if link is None:
        return Missing()
    now = services.now()
    with services.store.unit() as unit:
        unit.public_links.turn(id_, None if on else now)
        _note(services, unit, act, public, link, "public_link_on" if on else "public_link_off")
    return link


def count_look(services: Services, link: PublicLink) -> None:
    """Count that somebody looked at the page of a link."""
    with services.store.unit() as unit:
        unit.public_links.opened(link.id)


def _made(
    services: Services,
    unit: Unit,
    act: Act,
    public: Public,
    what: tuple[str, str | None],
    wish: Wish,
) -> PublicLink:
    now = services.now()
    id_ = new_id(now)
    days = wish.days or public.definition.days
    link = PublicLink(
        id=id_,
        key=key_of(token_of(services, id_)),
        app=public.app,
        public=public.id,
        label=what[0][:100],
        record=what[1],
        owner=act.actor.id,
        made_at=now,
        expires_at=now + timedelta(days=days) if days else None,
    )
    unit.public_links.add(link)
    _note(services, unit, act, public, link, "public_link_made")
    return link


def _note(
    services: Services, unit: Unit, act: Act, public: Public, link: PublicLink, kind: str
) -> None:
    now = services.now()
    data = {"public": public.id, "link": link.id, "label": link.label, "record": link.record}
    unit.events.add(
        Event(
            id=new_id(now), at=now, kind=kind, app=public.app, form=public.form,
            actor=act.actor.id, door=act.door, data=data,
        )
    )  # fmt: skip


def _wanted(work: Work, services: Services, public: Public, wish: Wish) -> Sequence[Record]:
    if wish.record is not None:
        ids: Collection[str] = _seen(work, [wish.record])
    else:
        links = work.unit.public_links.of(public.app, public.id)
        ids = _without_link(work, links, services)
    found = work.unit.records.many(work.form, ids)
    return sorted(found.values(), key=lambda record: record.id)[:MOST]


def _without_link(work: Work, links: Sequence[PublicLink], services: Services) -> frozenset[str]:
    now = services.now()
    having = {link.record for link in links if link.alive(now)}
    found: set[str] = set()
    if work.sight.rows.none:
        return frozenset()
    for batch in work.unit.query.batches(query_of(work, Wanted(total=False)), BATCH):
        found |= {record.id for record in batch} - having
        if len(found) >= MOST:
            break
    return frozenset(found)


def _seen(work: Work, ids: Sequence[str]) -> frozenset[str]:
    return work.unit.query.visible(work.form, work.sight, work.act.actor, work.env, ids)


def _title(form: Form, record: Record) -> str:
    return str(record.values.get(form.definition.title) or record.id)
