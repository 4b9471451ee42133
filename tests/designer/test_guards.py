"""Who may see what an app is made of: administrators, and who holds a role that may design it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from designer.app import build_app
from runtime.app import build_app as build_runtime
from runtime.passwords import Passwords
from runtime.services import Services
from runtime.settings import Settings
from runtime.web.guard import Guard, guard_of
from runtime.workspace.open import install_app, open_workspace
from runtime.workspace.people_file import add_people, read_people
from tests.desk import FILES, PASSWORD
from tests.runtime.pools.spring import WHO
from tests.web.visitor import Visitor

MANIFEST = FILES["app.yaml"].replace(
    b"label: {zh: \xe4\xb8\xbb\xe7\xae\xa1, en: Chief}",
    b"label: {zh: \xe4\xb8\xbb\xe7\xae\xa1, en: Chief}, design: true",
)
SHED = MANIFEST.replace(b"app: desk", b"app: shed")
PEOPLE = """
departments:
  - {code: whole, name: 总部}
people:
  - {login: admin, name: 管理员, department: whole, admin: true}
  - {login: chief, name: 孙主管, department: whole, roles: {desk: [chief]}}
  - {login: agent, name: 安静, department: whole, roles: {desk: [agent], shed: [agent]}}
"""
PAGES = [
    "/design/desk/", "/design/desk/ticket", "/design/desk/ticket/stages",
    "/design/desk/ticket/access", "/design/desk/ticket/lists", "/design/desk/ticket?field=cost",
    "/design/desk/decisions/who",
]  # fmt: skip


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    home = tmp_path_factory.mktemp("desk")
    settings = Settings.from_environment({"HOME_DIR": str(home), "CHEAP_PASSWORDS": "1"})
    made = open_workspace(settings)
    for manifest in (MANIFEST, SHED):
        install_app(made, {**FILES, "decisions/who.yaml": WHO.encode(), "app.yaml": manifest})
    hashed = Passwords(time_cost=1, memory_kib=1024).hash(PASSWORD)
    with made.store.unit() as unit:
        add_people(unit, read_people(PEOPLE, "people.yaml"), hashed, made.now())
    yield made
    made.store.close()


def _somebody(app: Flask, login: str | None) -> Visitor:
    visitor = Visitor(app.test_client())
    if login:
        visitor.sign_in(login)
    return visitor


def _answers(services: Services, login: str | None, paths: list[str]) -> list[int]:
    visitor = _somebody(build_app(services), login)
    return [visitor.get(path).status_code for path in paths]


def test_every_page_of_the_designer_has_the_guard_of_designers(services: Services) -> None:
    app = build_app(services)

    guards = {
        rule.rule: guard_of(app.view_functions[rule.endpoint])
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/design")
    }

    about_no_app = {rule for rule, guard in guards.items() if guard is Guard.PERSON}
    new = {"/design/new", "/design/new/template", "/design/new/sheet", "/design/new/sheet/<file>"}
    assert about_no_app == {"/design/", *new}
    assert {guard for rule, guard in guards.items() if rule not in about_no_app} == {Guard.DESIGNER}


@pytest.mark.parametrize("login", ["admin", "chief"])
def test_who_may_design_sees_every_page(services: Services, login: str) -> None:
    assert _answers(services, login, PAGES) == [200] * len(PAGES)


def test_others_are_turned_away_from_every_page(services: Services) -> None:
    assert _answers(services, "agent", PAGES) == [403] * len(PAGES)


def test_a_role_of_one_app_opens_no_other(services: Services) -> None:
    elsewhere = [path.replace("/desk/", "/shed/") for path in PAGES]

    assert _answers(services, "chief", elsewhere) == [403] * len(PAGES)
    assert _answers(services, "admin", elsewhere) == [200] * len(PAGES)


def test_who_is_not_signed_in_is_asked_to(services: Services) -> None:
    assert _answers(services, None, PAGES) == [303] * len(PAGES)


def test_what_is_not_there_is_not_found(services: Services) -> None:
    paths = [
        "/design/nowhere/", "/design/desk/nothing", "/design/desk/ticket?field=nothing",
        "/design/desk/ticket?field=parts.nothing", "/design/desk/ticket?field=name.cost",
    ]  # fmt: skip

    assert _answers(services, "admin", paths) == [404] * len(paths)


def test_the_frame_leads_to_the_designer_only_who_may_go_there(services: Services) -> None:
    app = build_app(services)
    pages = ("/?app=desk", "/menu")

    led = {
        login: ['href="/design/desk/"' in _somebody(app, login).get(page).text for page in pages]
        for login in ("admin", "chief", "agent")
    }

    assert led == {"admin": [True, True], "chief": [True, True], "agent": [False, False]}


def test_the_runtime_alone_offers_no_designer(services: Services) -> None:
    admin = _somebody(build_runtime(services), "admin")

    assert "/design/" not in admin.get("/?app=desk").text
    assert admin.get("/design/desk/").status_code == 404
