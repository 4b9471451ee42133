"""Nothing is open to a guest, changes without a token, or is changed by looking."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from runtime.web.guard import Guard, guard_of
from tests import desk
from tests.laws.house import House, open_house
from tests.services.routes import fitting

OPEN = {
    "/sign-in", "/sign-in/again", "/sign-in/language", "/theme", "/favicon.ico",
    "/manifest.webmanifest", "/static/<path:name>", "/api/v1/openapi.json",
}  # fmt: skip
"""Everything that a guest may open; what is added here needs a reason in the review."""
BY_SECRET = {
    "/act/<token>", "/p/<token>", "/p/<token>/live", "/p/<token>/opened",
    "/p/<token>/files/<visit>/<name>",
}  # fmt: skip
"""Addresses that are secrets themselves: who is signed in counts for nothing there."""
SIGNED = {"/in/<channel>", "/in/rules/<app>/<rule>"}
"""Where others speak: they sign what they send, and who is signed in counts for nothing."""
ORDINARY = {"app": "desk", "form": "ticket", "deed": "advance", "stage": "open"}
DECORATED = (
    "{path}?next=/sign-in", "{path}?x=/static/a.css", "{path}?login=admin", "{path}/",
    "{path}//", "/{path}", "{path}/.", "{path};a=/static/", "{path}%2f", "{path}?%00",
    "/static/..{path}", "/api/v1/..{path}", "{path}.json",
)  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house"), {"desk": desk.FILES}) as opened:
        form = opened.form("desk", "ticket")
        boss = opened.actor("boss")
        place = {"pipeline": "main", "stage": "open"}
        opened.put(form, {"name": "打印机"}, id="1" * 32, owner=boss.id, **place)
        yield opened


def rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule)


def address(rule: Rule) -> str:
    built = rule.build(fitting(rule, ORDINARY, "1" * 32))
    assert built is not None
    return str(built[1])


def methods(rule: Rule) -> set[str]:
    return (rule.methods or set()) - {"HEAD", "OPTIONS"}


def shut(status: int, location: str) -> bool:
    return status in (401, 404, 405) or (status in (303, 308) and not location.startswith("//"))


def test_every_view_declares_its_guard(house: House) -> None:
    views = {rule.rule: house.web.view_functions[rule.endpoint] for rule in rules(house.web)}
    assert [rule for rule, view in views.items() if guard_of(view) is None] == []
    opened = {rule for rule, view in views.items() if guard_of(view) is Guard.EVERYBODY}
    assert opened == OPEN


def test_a_guest_gets_in_nowhere_however_the_address_is_dressed_up(house: House) -> None:
    guest = house.web.test_client()
    let_in = []
    for rule in rules(house.web):
        if rule.rule in OPEN:
            continue
        for method in methods(rule):
            plain = address(rule)
            for path in (plain, *(how.format(path=plain) for how in DECORATED)):
                answer = guest.open(path, method=method, base_url="http://localhost")
                where = answer.headers.get("Location", "")
                if not shut(answer.status_code, where) or "打印机" in answer.text:
                    let_in.append((method, path, answer.status_code))
                answer.close()
    assert let_in == []


def test_no_change_without_the_token_of_the_session(house: House) -> None:
    boss = house.visitor("boss")
    passed = []
    for rule in rules(house.web):
        if rule.rule.startswith("/api/") or rule.rule in BY_SECRET | SIGNED:
            continue
        for method in methods(rule) - {"GET"}:
            for headers in ({}, {"X-CSRFToken": "wrong"}, {"X-CSRFToken": ""}):
                answer = boss.http.open(address(rule), method=method, headers=headers)
                asked_again = answer.headers.get("Location") == "/sign-in"
                if answer.status_code != 400 and not asked_again:
                    passed.append((rule.rule, headers, answer.status_code))
    assert passed == []


def test_a_change_from_another_site_is_refused_even_with_the_token(house: House) -> None:
    boss = house.visitor("boss")
    headers = {"X-CSRFToken": boss.csrf, "Sec-Fetch-Site": "cross-site"}
    answer = boss.http.post(f"/a/desk/ticket/{'1' * 32}/delete", headers=headers)
    assert answer.status_code == 400


def test_the_api_does_not_know_cookies(house: House) -> None:
    boss = house.visitor("boss")
    for rule in rules(house.web):
        if rule.rule.startswith("/api/") and rule.rule not in OPEN:
            for method in methods(rule):
                answer = boss.http.open(address(rule), method=method, json={})
                assert answer.status_code == 401, rule.rule


def test_looking_at_everything_changes_nothing(house: House) -> None:
    boss = house.visitor("boss")
    boss.get("/")  # the session notes that it was seen
    before = checksum(house)
    for rule in rules(house.web):
        if "GET" in methods(rule):
            for headers in ({}, {"X-Panel": "1"}):
                look(boss.http, address(rule), headers)
            boss.call("GET", address(rule).removeprefix("/api/v1"))
    assert checksum(house) == before


def look(http: FlaskClient, path: str, headers: dict[str, str]) -> None:
    answer = http.get(path, headers=headers)
    assert answer.status_code < 500, path
    answer.close()


def checksum(house: House) -> str:
    """Return a fingerprint of everything in the database but the count of guesses at secrets."""
    path = house.services.settings.home / "dougong.db"
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        kept = (line for line in database.iterdump() if not re.search("fts5|failed_try", line))
        lines = "\n".join(kept)
    return hashlib.sha256(lines.encode()).hexdigest()
