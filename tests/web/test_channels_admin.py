from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.desk import Desk
from tests.runtime.effects.posting import (
    connected,
    deliveries,
    do_all,
    reachable,
    set_up,
    tell,
)
from tests.services.fakes.smtp import FakeSmtp, fake_smtp
from tests.web.visitor import visitor

WORD = "a very secret word"
LATER = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture
def post() -> Iterator[FakeSmtp]:
    with fake_smtp(login="desk", password=WORD) as fake:
        yield fake


def fields(post: FakeSmtp, **more: str) -> dict[str, str]:
    values = {"host": "127.0.0.1", "port": str(post.port), "safety": "none", "login": "desk"}
    return {**values, "sender": "desk@example.com", "active": "1", **more}


def kept(desk: Desk) -> tuple[bool, bytes | None]:
    with desk.services.store.reading() as unit:
        found = unit.notices.channels.one("mail")
    return (found.active, found.secrets) if found else (False, None)


def test_only_administrators_set_up_channels(small_desk: Desk, post: FakeSmtp) -> None:
    who = visitor(small_desk, "chief_north")
    for path in ("/admin/channels", "/admin/channels/mail", "/admin/deliveries"):
        assert who.get(path).status_code == 403
    who.get("/")
    for path in ("/admin/channels/mail", "/admin/channels/mail/try", "/admin/deliveries/x/again"):
        assert who.post(path, **fields(post)).status_code == 403
    assert kept(small_desk) == (False, None)


def test_a_channel_that_was_set_up_and_tried_works(small_desk: Desk, post: FakeSmtp) -> None:
    desk = connected(small_desk, post.port)
    reachable(desk, "admin", email="admin@example.com")
    who = visitor(desk, "admin")
    who.get("/admin/channels/mail")
    assert who.post("/admin/channels/mail", **fields(post, password=WORD)).status_code == 303
    who.post("/admin/channels/mail/try")
    assert "请查收" in who.get("/admin/channels/mail").text
    assert [letter["To"] for letter in post.letters] == ["管理员 <admin@example.com>"]


def test_a_trial_says_what_the_server_said(small_desk: Desk, post: FakeSmtp) -> None:
    desk = connected(small_desk, post.port)
    reachable(desk, "admin", email="admin@example.com")
    who = visitor(desk, "admin")
    who.get("/admin/channels/mail")
    who.post("/admin/channels/mail", **fields(post, password="another word"))
    who.post("/admin/channels/mail/try")
    page = who.get("/admin/channels/mail").text
    assert "535" in page
    assert "wrong password" in page


def test_a_secret_is_written_and_never_read(small_desk: Desk, post: FakeSmtp) -> None:
    who = visitor(small_desk, "admin")
    who.get("/admin/channels/mail")
    who.post("/admin/channels/mail", **fields(post, password=WORD))
    page = who.get("/admin/channels/mail").text
    assert WORD not in page
    assert "已保存，不填则不变" in page
    first = kept(small_desk)[1]
    assert first
    assert WORD.encode() not in first
    with small_desk.services.store.reading() as unit:
        raw = str(unit.notices.channels.one("mail"))
    assert WORD not in raw


def test_a_secret_that_is_left_empty_stays(small_desk: Desk, post: FakeSmtp) -> None:
    desk = connected(small_desk, post.port)
    reachable(desk, "admin", email="admin@example.com")
    who = visitor(desk, "admin")
    who.get("/admin/channels/mail")
    who.post("/admin/channels/mail", **fields(post, password=WORD))
    who.post("/admin/channels/mail", **fields(post, password="", name="New name"))
    who.post("/admin/channels/mail/try")
    assert len(post.letters) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"host": ""}, "开通前请填写"),
        ({"port": "a lot"}, "请填写数字"),
        ({"port": "²"}, "请填写数字"),
        ({"safety": "maybe"}, "请从选项里选"),
    ],
)
def test_what_is_wrong_is_said_at_its_place_and_nothing_is_kept(
    small_desk: Desk, post: FakeSmtp, wrong: dict[str, str], said: str
) -> None:
    who = visitor(small_desk, "admin")
    who.get("/admin/channels/mail")
    answer = who.post("/admin/channels/mail", **fields(post, **wrong))
    assert answer.status_code == 422
    assert said in answer.text
    assert kept(small_desk) == (False, None)


def test_a_channel_may_be_kept_half_filled_while_it_is_off(small_desk: Desk) -> None:
    who = visitor(small_desk, "admin")
    who.get("/admin/channels/mail")
    assert who.post("/admin/channels/mail", host="mail.example.com").status_code == 303
    assert kept(small_desk) == (False, None)
    assert "mail.example.com" in who.get("/admin/channels/mail").text


def test_the_board_and_the_log_tell_what_arrived_and_why_not(desk: Desk, post: FakeSmtp) -> None:
    desk = connected(desk, post.port)
    values = {"host": "127.0.0.1", "port": str(post.port), "safety": "none"}
    set_up(desk, "mail", {**values, "login": "desk", "sender": "d@example.com"}, password=WORD)
    reachable(desk, "ann", email="ann@example.com")
    post.refusals.append("552 5.2.2 mailbox full")
    for number in range(4):
        tell(desk, "ann", key=str(number))
        do_all(desk)
    tell(desk, "ben", key="nowhere to go")
    do_all(desk)
    who = visitor(desk, "admin")
    board = who.get("/admin/channels").text
    assert "75%" in board
    assert "成功 3，失败 1，等待 0，未发 1" in board
    log = who.get("/admin/deliveries?state=failed").text
    found = re.findall(r"/admin/deliveries/([0-9a-f]{32})", log)
    assert len(found) == 1
    assert "552" in log
    one = who.get(f"/admin/deliveries/{found[0]}").text
    assert "mailbox full" in one
    assert "ann@example.com" not in one


def test_what_failed_is_sent_again_by_hand_once(desk: Desk, post: FakeSmtp) -> None:
    desk = connected(desk, post.port)
    values = {"host": "127.0.0.1", "port": str(post.port), "safety": "none"}
    set_up(desk, "mail", {**values, "login": "desk", "sender": "d@example.com"}, password=WORD)
    reachable(desk, "ann", email="ann@example.com")
    post.refusals.append("552 5.2.2 mailbox full")
    tell(desk, "ann")
    do_all(desk)
    (failed,) = deliveries(desk, "ann")
    who = visitor(desk, "admin")
    who.get("/admin/channels")
    assert who.post(f"/admin/deliveries/{failed.id}/again").status_code == 303
    assert who.post(f"/admin/deliveries/{failed.id}/again").status_code == 404
    do_all(desk, LATER)
    (sent,) = deliveries(desk, "ann")
    assert (sent.state, sent.tries, sent.problem) == ("sent", 2, None)
    assert len(post.letters) == 1
    assert who.post(f"/admin/deliveries/{failed.id}/again").status_code == 404


def test_what_waits_for_days_has_lost_its_job_and_can_be_sent_again(
    desk: Desk, post: FakeSmtp
) -> None:
    desk = connected(desk, post.port)
    values = {"host": "127.0.0.1", "port": str(post.port), "safety": "none"}
    set_up(desk, "mail", {**values, "login": "desk", "sender": "d@example.com"}, password=WORD)
    reachable(desk, "ann", email="ann@example.com")
    tell(desk, "ann")
    (waiting,) = deliveries(desk, "ann")
    who = visitor(desk, "admin")
    who.get("/admin/channels")
    assert "重新发送" not in who.get(f"/admin/deliveries/{waiting.id}").text
    assert who.post(f"/admin/deliveries/{waiting.id}/again").status_code == 404
    desk.clock.move(days=2)
    who = visitor(desk, "admin")
    assert "重新发送" in who.get(f"/admin/deliveries/{waiting.id}").text
    assert who.post(f"/admin/deliveries/{waiting.id}/again").status_code == 303
    do_all(desk, LATER)
    assert len(post.letters) == 1
