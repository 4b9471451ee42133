"""Whoever signs out, is shut out or changes the password is out at the next request."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from runtime.app import build_app
from runtime.web.security import safe_next
from runtime.workspace.accounts import new_token
from tests.desk import PASSWORD, Desk, open_desk

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
ELSEWHERE = (
    "//evil.com", "///evil.com", "////evil.com", "/\\evil.com", "\\\\evil.com", "/\\/evil.com",
    "https://evil.com", "http:evil.com", "javascript:alert(1)", "data:text/html,x", "evil.com",
    "/\t/evil.com", "/\n/evil.com", "\t//evil.com", " //evil.com", "/\r\n//evil.com",
    "/\\\t/evil.com", "https:/evil.com", "//evil.com/%2e%2e", "/%5cevil.com\\", "\x00//evil.com",
    "//[::1]/", "//user@evil.com", "https://localhost@evil.com", "//evil.com?localhost",
    "/\x0b/evil.com", "/\x00/evil.com", "／／evil.com", "//evil。com", "ftp://evil.com",
)  # fmt: skip


class Browser:
    """One browser at the desk."""

    def __init__(self, desk: Desk, http: FlaskClient) -> None:
        self.desk = desk
        self.http = http

    def csrf(self, path: str = "/sign-in") -> str:
        found = TOKEN.search(self.http.get(path).text)
        assert found
        return found[1]

    def sign_in(self, login: str, password: str = PASSWORD, **more: str) -> TestResponse:
        typed = {"login": login, "password": password, "csrf_token": self.csrf(), **more}
        return self.http.post("/sign-in", data=typed)

    def session(self) -> str | None:
        cookie = self.http.get_cookie("session")
        return cookie.value if cookie else None

    def is_in(self) -> bool:
        return self.http.get("/me").status_code == 200


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_desk(tmp_path) as opened:
        yield opened


@pytest.fixture
def browser(desk: Desk) -> Browser:
    return Browser(desk, build_app(desk.services).test_client())


def test_a_session_that_was_planted_is_not_taken_over(browser: Browser) -> None:
    browser.http.set_cookie("session", "planted-by-somebody")
    assert browser.sign_in("ann").status_code == 303
    first = browser.session()
    assert first not in (None, "planted-by-somebody")
    token = browser.csrf("/me")
    browser.http.post("/sign-out", data={"csrf_token": token})
    assert browser.sign_in("ann").status_code == 303
    assert browser.session() != first


def test_a_copied_cookie_is_worth_nothing_after_signing_out(browser: Browser) -> None:
    browser.sign_in("ann")
    stolen = browser.session()
    assert stolen
    browser.http.post("/sign-out", data={"csrf_token": browser.csrf("/me")})
    browser.http.set_cookie("session", stolen)
    assert not browser.is_in()


def test_who_is_shut_out_is_out_at_once_with_tokens_too(browser: Browser, desk: Desk) -> None:
    browser.sign_in("ann")
    token = new_token(desk.services, "ann", "test")
    bearer = {"Authorization": f"Bearer {token}"}
    path = "/api/v1/apps/desk/forms/ticket/records"
    assert browser.http.get(path, headers=bearer).status_code == 200
    assert browser.is_in()
    administer(desk, "ann", active="")
    assert not browser.is_in()
    assert browser.http.get(path, headers=bearer).status_code == 401
    administer(desk, "ann", active="yes")
    assert not browser.is_in()


def test_a_new_password_by_the_administrator_ends_sessions_and_tokens(
    browser: Browser, desk: Desk
) -> None:
    browser.sign_in("ann")
    bearer = {"Authorization": f"Bearer {new_token(desk.services, 'ann', 'test')}"}
    admin = Browser(desk, build_app(desk.services).test_client())
    admin.sign_in("admin")
    csrf = admin.csrf(f"/admin/people/{desk.people['ann'].id}")
    where = f"/admin/people/{desk.people['ann'].id}/password"
    answer = admin.http.post(where, data={"csrf_token": csrf})
    assert answer.status_code < 400
    assert not browser.is_in()
    path = "/api/v1/apps/desk/forms/ticket/records"
    assert browser.http.get(path, headers=bearer).status_code == 401


def administer(desk: Desk, login: str, active: str) -> None:
    """Save a person's page as an administrator does."""
    admin = Browser(desk, build_app(desk.services).test_client())
    admin.sign_in("admin")
    where = f"/admin/people/{desk.people[login].id}"
    typed = {
        "csrf_token": admin.csrf(where), "login": login, "name": login, "active": active,
        "department": desk.people[login].department or "",
    }  # fmt: skip
    answer = admin.http.post(where, data={name: text for name, text in typed.items() if text})
    assert answer.status_code < 400, answer.text


@pytest.mark.parametrize("there", ELSEWHERE)
def test_signing_in_leads_nowhere_else(there: str) -> None:
    wanted = safe_next(there)
    assert wanted.startswith("/")
    assert not wanted.startswith("//")
    assert re.search(r"[\x00-\x1f\\]", wanted) is None


def test_the_answer_leads_to_our_own_pages(browser: Browser) -> None:
    for there in ("//evil.com", "/\t/evil.com", "https://evil.com", "/\\evil.com"):
        answer = browser.sign_in("ann", next=there)
        assert answer.status_code == 303
        assert answer.headers["Location"] == "/"
        browser.http.post("/sign-out", data={"csrf_token": browser.csrf("/me")})


def test_wrong_name_and_wrong_password_are_told_alike(browser: Browser) -> None:
    def words(answer: TestResponse) -> str:
        text = TOKEN.sub("", answer.text)
        return re.sub(r'value="(ann|nobody)"', "", text)

    known, unknown = browser.sign_in("ann", "wrong"), browser.sign_in("nobody", "wrong")
    assert known.status_code == unknown.status_code == 422
    assert words(known) == words(unknown)


def test_guessing_is_slowed_down(browser: Browser) -> None:
    answers = [browser.sign_in("ann", f"wrong {n}") for n in range(8)]
    assert "尝试次数过多" in answers[-1].text
    # Not even the right password gets through meanwhile, and nobody else is locked out for it.
    assert browser.sign_in("ann").status_code == 422
