"""No page is open unless it says so, and no change happens without a token of ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from runtime.app import build_app
from runtime.web.guard import Guard, Unguarded, admit_all, guard_of
from tests.desk import Desk
from tests.services.routes import fitting
from tests.web.visitor import visitor

NAMES = {"app": "desk", "form": "ticket", "deed": "edit", "name": "app.css"}


def _paths(app: Flask, method: str) -> Iterator[tuple[Rule, str]]:
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or ()):
            values = fitting(rule, NAMES, "x")
            with app.test_request_context():
                _, path = rule.build(values, append_unknown=False) or ("", "")
                yield rule, path


def _guard(app: Flask, rule: Rule) -> Guard | None:
    return guard_of(app.view_functions[rule.endpoint])


def test_a_view_without_a_guard_stops_the_start(small_desk: Desk) -> None:
    app = Flask("open")
    app.add_url_rule("/open", view_func=lambda: "open")

    with pytest.raises(Unguarded):
        admit_all(app, small_desk.services, lambda services, visit: "")


def test_every_page_but_the_open_ones_asks_to_sign_in(small_desk: Desk) -> None:
    app = build_app(small_desk.services)
    closed = {Guard.PERSON, Guard.ADMINISTRATOR}

    opened = [
        path
        for rule, path in _paths(app, "GET")
        if _guard(app, rule) in closed
        and not app.test_client().get(path).headers.get("Location", "").startswith("/sign-in")
    ]

    assert opened == []


def test_only_a_few_pages_are_open_to_everybody(small_desk: Desk) -> None:
    app = build_app(small_desk.services)

    rules = {rule.rule for rule in app.url_map.iter_rules() if _guard(app, rule) is Guard.EVERYBODY}

    assert rules == {
        "/static/<path:name>", "/manifest.webmanifest", "/favicon.ico", "/theme", "/sign-in",
        "/sign-in/again", "/sign-in/language", "/api/v1/openapi.json",
    }  # fmt: skip


def test_every_administration_page_is_shut_to_others(small_desk: Desk) -> None:
    app = build_app(small_desk.services)
    ann = visitor(small_desk, "ann")

    answers = {
        path: ann.get(path).status_code for _, path in _paths(app, "GET") if "/admin" in path
    }

    assert len(answers) >= 5
    assert set(answers.values()) == {403}


def test_every_change_needs_the_token_of_the_session(small_desk: Desk) -> None:
    app = build_app(small_desk.services)
    admin = visitor(small_desk, "admin")

    passed = [
        path
        for rule, path in _paths(app, "POST")
        if _guard(app, rule) is not Guard.PROGRAM
        for answer in [admin.client.post(path, data={"csrf_token": "of another session"})]
        if answer.status_code != 400 and answer.headers.get("Location") != "/sign-in"
    ]

    assert passed == []


def test_a_request_from_another_site_changes_nothing(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")

    answer = ann.post("/me/language", locale="en", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 400
    assert "我的" in ann.get("/me").text


def test_every_answer_carries_the_headers_that_protect_it(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")

    for path in ("/", "/nowhere", "/sign-in", "/a/desk/ticket/"):
        headers = ann.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Request-Id"]


def test_an_error_page_speaks_the_language_of_the_person(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    assert "找不到页面" in ann.get("/nowhere").text

    ann.post("/me/language", locale="en")

    assert "Page not found" in ann.get("/nowhere").text
