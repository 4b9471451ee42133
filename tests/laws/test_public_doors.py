"""A page for people outside says the same words as the form inside, of every field that it asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from engine.app import App, Form, Public
from engine.forms.submission import read_json
from engine.loading.load import load_app
from engine.outcomes import Invalid
from runtime.use_cases.act import Act
from runtime.use_cases.create_record import create_record
from runtime.use_cases.publics.links import Wish, make_links, place_of
from runtime.use_cases.publics.opening import Opened, open_public, token_of
from runtime.use_cases.publics.sending import CONSENT, Sending, send_in
from tests.laws.house import House, all_apps, bare_title, open_house

APPS = all_apps()
PUBLICS = [
    (app.id, public.id)
    for app in (load_app(files) for files in APPS.values())
    for public in app.publics.values()
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house"), APPS) as opened:
        yield opened


def test_there_are_public_pages_to_try() -> None:
    assert ("store_sales", "visit_register") in PUBLICS


def opened(house: House, app: App, public: Public) -> Opened:
    """Open a page by a link that the administrator made."""
    services, boss = house.services, house.actor("boss")
    place: Form | None = place_of(services, public)
    record = house.put(place, bare_title(place), owner=boss.id) if place else None
    act = Act(actor=house.actor("boss"), door="form")
    made = make_links(services, act, public, Wish(record=record.id if record else None))
    assert isinstance(made, tuple)
    found = open_public(services, token_of(services, made[0].id))
    assert isinstance(found, Opened)
    return found


@pytest.mark.parametrize(("app", "public"), PUBLICS)
def test_nothing_filled_in_is_answered_as_inside(house: House, app: str, public: str) -> None:
    loaded = house.services.apps[app]
    page = opened(house, loaded, loaded.publics[public])
    nothing = read_json(page.form, {})
    inside = create_record(
        house.services, Act(actor=house.actor("boss"), door="form"), page.form, nothing
    )

    outside = send_in(house.services, page, Sending(given=nothing, agreed=False))

    assert isinstance(inside, Invalid)
    assert isinstance(outside, Invalid)
    asked = {id_: said for id_, said in inside.complaints.items() if id_ in page.public.asked}
    assert {id_: said for id_, said in outside.complaints.items() if id_ != CONSENT} == asked
    assert CONSENT in outside.complaints
