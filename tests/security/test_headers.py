"""Every answer tells the browser what it may do with it, whoever asks for whatever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from runtime.app import build_app
from runtime.web.security import CONTENT, HEADERS
from tests import desk
from tests.laws.house import House, open_house

PAGES = (
    "/", "/search?q=x", "/me", "/new", "/menu", "/todo", "/admin/people", "/admin/departments",
    "/admin/apps", "/a/desk/ticket/", "/a/desk/ticket/board", "/a/desk/ticket/new",
    "/a/desk/ticket/trash", f"/a/desk/ticket/{'1' * 32}", f"/a/desk/ticket/{'1' * 32}/edit",
    f"/a/desk/ticket/{'1' * 32}/advance", f"/a/desk/ticket/{'9' * 32}", "/no/such/page",
    "/sign-in", "/api/v1/openapi.json", "/api/v1/apps", "/static/none.js", "/files/x/y",
)  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house"), {"desk": desk.FILES}) as opened:
        place = {"pipeline": "main", "stage": "open", "owner": opened.actor("boss").id}
        opened.put(opened.form("desk", "ticket"), {"name": "打印机"}, id="1" * 32, **place)
        yield opened


@pytest.mark.parametrize("path", PAGES)
def test_every_kind_of_answer_has_the_headers(house: House, path: str) -> None:
    for http in (house.visitor("boss").http, house.web.test_client()):
        answer = http.get(path)
        assert {name: answer.headers.get(name) for name in HEADERS} == dict(HEADERS)
        if answer.mimetype == "text/html":
            assert answer.headers["Cache-Control"] == "no-store"
        answer.close()


def test_the_policy_lets_nothing_in_but_our_own_scripts() -> None:
    parts = dict(part.split(" ", 1) for part in CONTENT.split("; "))
    assert parts["default-src"] == parts["base-uri"] == "'none'"
    assert parts["script-src"] == parts["style-src"] == parts["form-action"] == "'self'"
    assert "unsafe" not in CONTENT
    assert "*" not in CONTENT


def test_cookies_are_for_us_alone(house: House) -> None:
    services = replace(house.services, settings=replace(house.services.settings, https=True))
    answer = build_app(services).test_client().get("/sign-in", base_url="https://localhost")
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "max-age" in answer.headers["Strict-Transport-Security"]


@pytest.mark.parametrize(
    "host", ["evil.com", "localhost.evil.com", "evil.com:80", "localhost@evil.com", "127.0.0.1"]
)
def test_other_host_names_are_not_ours(house: House, host: str) -> None:
    settings = replace(house.services.settings, hosts=("localhost",))
    web = build_app(replace(house.services, settings=settings))
    assert web.test_client().get("/sign-in", headers={"Host": "localhost"}).status_code == 200
    answer = web.test_client().get("/sign-in", headers={"Host": host})
    assert answer.status_code == 400
    assert host not in answer.text


def test_no_header_of_the_caller_ends_up_in_an_address(house: House) -> None:
    for name in ("X-Forwarded-Host", "X-Forwarded-Server", "X-Host", "Forwarded", "X-Original-URL"):
        answer = house.web.test_client().get("/a/desk/ticket/", headers={name: "evil.com"})
        assert "evil.com" not in answer.headers["Location"]
        assert "evil.com" not in answer.text
