from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from runtime.app import build_app
from runtime.store.approvals import Approval
from runtime.use_cases.signed_links import key_of
from tests.runtime.approvals.office import Office, open_office
from tests.runtime.effects.posting import PUBLIC, connected, do_all, reachable, set_up
from tests.services.fakes.smtp import FakeSmtp, fake_smtp
from tests.workspaces import DATABASES

BOSS = "chief_north"


@pytest.fixture
def post() -> Iterator[FakeSmtp]:
    with fake_smtp() as fake:
        yield fake


@pytest.fixture(params=DATABASES)
def office(request: pytest.FixtureRequest, tmp_path: Path, post: FakeSmtp) -> Iterator[Office]:
    """The app with approvals, whose messages go out by mail."""
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_office(tmp_path, url) as opened:
        yield by_mail(opened, post)


@pytest.fixture
def small_office(tmp_path: Path, post: FakeSmtp) -> Iterator[Office]:
    """The same on SQLite."""
    with open_office(tmp_path) as opened:
        yield by_mail(opened, post)


def by_mail(opened: Office, post: FakeSmtp) -> Office:
    services = connected(opened, post.port).services
    made = replace(opened, services=services)
    values = {"host": "127.0.0.1", "port": str(post.port), "safety": "none"}
    set_up(made, "mail", {**values, "sender": "desk@example.com"})
    for login in (BOSS, "audit"):
        reachable(made, login, email=f"{login}@example.com")
    return made


def mailed(office: Office, post: FakeSmtp) -> tuple[Approval, str]:
    """Submit something and return the link that the boss got."""
    approval = office.submitted(cost="10")
    do_all(office, office.clock.moment)
    (letter,) = [each for each in post.letters if BOSS in str(each["To"])]
    body = letter.get_body(("plain",))
    assert body is not None
    (link,) = [word for word in body.get_content().split() if "/act/" in word]
    assert link.startswith(PUBLIC)
    return approval, link.removeprefix(PUBLIC)


def browser(office: Office) -> FlaskClient:
    return build_app(office.services).test_client()


def test_a_mail_lets_its_reader_decide_without_signing_in(office: Office, post: FakeSmtp) -> None:
    approval, link = mailed(office, post)
    page = browser(office).get(link)
    assert page.status_code == 200
    for words in ("孙主管，请您审批", "打印机", "费用", "10.00", "同意"):
        assert words in page.text
    answer = browser(office).post(link, data={"verb": "agree", "opinion": "可以"})
    assert answer.status_code == 200
    assert "您已同意" in answer.text
    assert office.now(approval).outcome == "agreed"
    done = office.task(approval, BOSS, "done")
    assert done is not None
    assert done.outcome == "agree"


def test_opening_a_link_changes_nothing_however_often(office: Office, post: FakeSmtp) -> None:
    approval, link = mailed(office, post)
    for _ in range(3):
        assert browser(office).get(link).status_code == 200
        assert browser(office).head(link).status_code == 200
    assert office.now(approval).state == "running"
    assert office.task(approval, BOSS) is not None


def test_a_link_works_once(office: Office, post: FakeSmtp) -> None:
    approval, link = mailed(office, post)
    first = browser(office).post(link, data={"verb": "refuse", "opinion": "太贵"})
    second = browser(office).post(link, data={"verb": "agree"})
    assert (first.status_code, second.status_code) == (200, 404)
    assert browser(office).get(link).status_code == 404
    assert office.now(approval).outcome == "refused"


def test_a_link_is_shut_by_a_decision_that_came_by_other_ways(
    small_office: Office, post: FakeSmtp
) -> None:
    approval, link = mailed(small_office, post)
    small_office.decide(approval, BOSS, "agree")
    assert browser(small_office).get(link).status_code == 404
    with small_office.services.store.reading() as unit:
        token = link.removeprefix("/act/")
        assert unit.notices.links.alive(key_of(token), small_office.clock()) is None


def test_wrong_used_and_old_links_look_all_alike(small_office: Office, post: FakeSmtp) -> None:
    _, link = mailed(small_office, post)
    client = browser(small_office)
    wrong = client.get(f"{link[:-1]}{'A' if link[-1] != 'A' else 'B'}")
    small_office.clock.move(days=4)
    old = client.get(link)
    assert (wrong.status_code, old.status_code) == (404, 404)
    assert wrong.text == old.text


def test_a_link_of_who_left_opens_nothing(small_office: Office, post: FakeSmtp) -> None:
    approval, link = mailed(small_office, post)
    reachable(small_office, BOSS, active=False)  # type: ignore[arg-type]  # a flag
    assert browser(small_office).post(link, data={"verb": "agree"}).status_code == 404
    assert small_office.now(approval).state == "running"


def test_guessing_is_slowed_down(small_office: Office, post: FakeSmtp) -> None:
    _, link = mailed(small_office, post)
    client = browser(small_office)
    for number in range(12):
        assert client.get(f"/act/{number}").status_code == 404
    assert client.get(link).status_code == 404
    small_office.clock.move(minutes=16)
    assert client.get(link).status_code == 200


def test_only_a_digest_of_the_link_is_kept_and_no_page_leaks_it(
    small_office: Office, post: FakeSmtp
) -> None:
    _, link = mailed(small_office, post)
    page = browser(small_office).get(link)
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Cache-Control"] == "no-store"
    database = small_office.services.settings.home / "dougong.db"
    token = link.removeprefix("/act/").encode()
    assert all(token not in path.read_bytes() for path in database.parent.glob("dougong.db*"))


def test_a_link_does_no_more_than_agree_or_refuse(small_office: Office, post: FakeSmtp) -> None:
    approval, link = mailed(small_office, post)
    client = browser(small_office)
    for verb in ("return", "transfer", "", "take_back"):
        assert "您已" not in client.post(link, data={"verb": verb, "to": "ben"}).text
    assert small_office.now(approval).state == "running"
    assert client.get("/notices").status_code == 303  # the link signs nobody in
