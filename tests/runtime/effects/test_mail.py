from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from engine.wording import Message
from runtime.store.channels import NoticeWish
from tests.desk import Desk
from tests.runtime.effects.posting import (
    attempts,
    connected,
    deliveries,
    do_all,
    reachable,
    set_up,
    tell,
    told,
)
from tests.services.fakes.smtp import FakeSmtp, fake_smtp

LATER = datetime(2099, 1, 1, tzinfo=UTC)


@pytest.fixture
def post() -> Iterator[FakeSmtp]:
    with fake_smtp(login="desk", password="a good word") as fake:
        yield fake


def with_mail(desk: Desk, post: FakeSmtp, word: str = "a good word") -> Desk:
    desk = connected(desk, post.port)
    values = {"host": "127.0.0.1", "port": str(post.port), "safety": "none", "login": "desk"}
    values |= {"sender": "desk@example.com", "name": "服务台"}
    set_up(desk, "mail", values, password=word)
    reachable(desk, "ann", email="ann@example.com")
    return desk


def test_a_message_arrives_with_its_words_and_its_link(desk: Desk, post: FakeSmtp) -> None:
    desk = with_mail(desk, post)
    tell(desk, "ann")
    do_all(desk)
    (letter,) = post.letters
    assert letter["To"] == "安静 <ann@example.com>"
    assert letter["From"] == "服务台 <desk@example.com>"
    assert letter["Subject"] == "待办任务 · 工单：本田 请您处理“空调”"
    for kind in ("plain", "html"):
        body = letter.get_body((kind,))
        assert body is not None
        assert "本田 请您处理“空调”" in body.get_content()
        assert "https://desk.example.com/a/desk/ticket/r1" in body.get_content()
    (sent,) = deliveries(desk, "ann")
    assert (sent.state, sent.tries, sent.address) == ("sent", 1, "a***@example.com")


def test_a_message_is_sent_once_however_often_its_job_is_done(desk: Desk, post: FakeSmtp) -> None:
    desk = with_mail(desk, post)
    tell(desk, "ann")
    tell(desk, "ann")
    do_all(desk)
    do_all(desk, LATER)
    assert len(post.letters) == 1


def test_the_servers_code_is_kept_and_passing_trouble_is_tried_again(
    desk: Desk, post: FakeSmtp
) -> None:
    desk = with_mail(desk, post)
    post.refusals.append("451 4.7.1 greylisted, come back later")
    tell(desk, "ann")
    do_all(desk)
    (waiting,) = deliveries(desk, "ann")
    assert (waiting.state, waiting.code, post.letters) == ("waiting", "451", [])
    do_all(desk, LATER)
    (sent,) = deliveries(desk, "ann")
    assert (sent.state, sent.tries, sent.code) == ("sent", 2, None)
    first, second = attempts(desk, sent)
    assert (first.sent, first.code, first.detail) == (
        False,
        "451",
        "4.7.1 greylisted, come back later",
    )
    assert second.sent


def test_what_will_never_go_is_not_tried_again(small_desk: Desk, post: FakeSmtp) -> None:
    desk = with_mail(small_desk, post)
    post.refusals.append("550 5.1.1 no such user")
    tell(desk, "ann")
    do_all(desk)
    do_all(desk, LATER)
    (failed,) = deliveries(desk, "ann")
    assert (failed.state, failed.tries, failed.code) == ("failed", 1, "550")
    assert "no such user" in str(failed.problem)


def test_trouble_that_does_not_pass_ends_some_day(small_desk: Desk, post: FakeSmtp) -> None:
    desk = with_mail(small_desk, post)
    post.refusals.extend(["421 4.3.2 closing"] * 20)
    tell(desk, "ann")
    for _ in range(10):
        do_all(desk, LATER)
    (failed,) = deliveries(desk, "ann")
    assert (failed.state, failed.tries) == ("failed", 6)


def test_three_failures_in_a_row_are_a_task_for_who_set_it_up(desk: Desk, post: FakeSmtp) -> None:
    desk = with_mail(desk, post, word="an old word")
    admin = desk.people["admin"].id
    for number in range(5):
        tell(desk, "ann", key=str(number))
        do_all(desk)
        with desk.services.store.reading() as unit:
            count = sum(unit.tasks.counts(admin).values())
        assert count == (1 if number >= 2 else 0)
        assert len(told(desk, "admin")) == count
    assert {each.code for each in deliveries(desk, "ann")} == {"535"}


def test_one_that_arrives_starts_the_count_anew(small_desk: Desk, post: FakeSmtp) -> None:
    desk = with_mail(small_desk, post)
    for number in range(6):
        if number != 2:
            post.refusals.append("550 no")
        tell(desk, "ann", key=str(number))
        do_all(desk)
        with desk.services.store.reading() as unit:
            count = sum(unit.tasks.counts(desk.people["admin"].id).values())
        assert count == (1 if number == 5 else 0)


def test_who_has_no_address_is_skipped_and_the_channel_not_blamed(
    small_desk: Desk, post: FakeSmtp
) -> None:
    desk = with_mail(small_desk, post)
    for number in range(4):
        tell(desk, "ben", key=str(number))
    do_all(desk)
    assert {(each.state, each.code) for each in deliveries(desk, "ben")} == {
        ("skipped", "no_address")
    }
    with desk.services.store.reading() as unit:
        assert unit.tasks.counts(desk.people["admin"].id) == {}
    assert post.connections == 0


def test_a_channel_that_was_shut_and_a_person_who_left_get_nothing(
    small_desk: Desk, post: FakeSmtp
) -> None:
    desk = with_mail(small_desk, post)
    tell(desk, "ann")
    reachable(desk, "ann", active=False)  # type: ignore[arg-type]  # a flag
    do_all(desk)
    assert deliveries(desk, "ann")[0].state == "skipped"
    assert post.letters == []


def test_what_was_read_in_quiet_hours_does_not_go_out_after_them(
    desk: Desk, post: FakeSmtp
) -> None:
    desk = with_mail(desk, post)
    ann = desk.people["ann"].id
    with desk.services.store.unit() as unit:
        wish = NoticeWish(person=ann, quiet_from="08:00", quiet_to="10:00")
        unit.notices.channels.wish(wish)
    tell(desk, "ann", key="read")
    with desk.services.store.unit() as unit:
        unit.notices.read(ann, desk.clock())
    tell(desk, "ann", key="unread")
    do_all(desk, desk.clock() + timedelta(minutes=59))
    assert post.letters == []
    do_all(desk, desk.clock() + timedelta(hours=1))
    assert [each.state for each in deliveries(desk, "ann")] == ["skipped", "sent"]
    assert len(post.letters) == 1


def test_a_digest_is_one_letter_with_all_of_it(desk: Desk, post: FakeSmtp) -> None:
    desk = with_mail(desk, post)
    ann = desk.people["ann"].id
    with desk.services.store.unit() as unit:
        wish = NoticeWish(person=ann, ways={"cc": {"mail": "digest"}}, digest_at="18:00")
        unit.notices.channels.wish(wish)
    for number in range(3):
        tell(desk, "ann", str(number), "cc", Message("第 {n} 份", n=number))
    do_all(desk, desk.clock() + timedelta(hours=8, minutes=59))
    assert post.letters == []
    do_all(desk, desk.clock() + timedelta(hours=9))
    (letter,) = post.letters
    assert letter["Subject"].startswith("3 条消息")
    body = letter.get_body(("plain",))
    assert body is not None
    assert all(f"第 {number} 份" in body.get_content() for number in range(3))
    assert {each.state for each in deliveries(desk, "ann")} == {"sent"}


def test_a_mail_server_inside_is_not_reached_unless_the_operator_opened_it(
    small_desk: Desk, post: FakeSmtp
) -> None:
    with_mail(small_desk, post)
    tell(small_desk, "ann")
    do_all(small_desk)
    (failed,) = deliveries(small_desk, "ann")
    assert (failed.state, failed.code) == ("failed", "refused")
    assert post.connections == 0


def test_a_text_can_put_no_header_into_a_letter(small_desk: Desk, post: FakeSmtp) -> None:
    desk = with_mail(small_desk, post)
    tell(desk, "ann", text=Message("{what}", what="a\r\nBcc: eve@example.com\r\n\r\nhello"))
    do_all(desk)
    (letter,) = post.letters
    assert letter["Bcc"] is None
    assert "Bcc: eve" in letter["Subject"]


def test_a_letter_is_in_the_language_of_who_reads_it(small_desk: Desk, post: FakeSmtp) -> None:
    desk = with_mail(small_desk, post)
    reachable(desk, "ann", locale="en")
    tell(desk, "ann", text=Message("待办任务"))
    do_all(desk)
    assert post.letters[0]["Subject"] == "Tasks for me · Ticket: Tasks for me"


def test_what_became_of_a_message_is_known_for_a_year(desk: Desk, post: FakeSmtp) -> None:
    desk = with_mail(desk, post)
    tell(desk, "ann", key="read")
    tell(desk, "ann", key="unread")
    do_all(desk)
    ann = desk.people["ann"].id
    with desk.services.store.unit() as unit:
        (_, old) = unit.notices.of_person(ann)
        unit.notices.read(ann, desk.clock(), old.id)
        assert unit.notices.forget(desk.clock()) == 0
        later = desk.clock() + timedelta(days=1)
        assert unit.notices.forget(later) == 2
        assert [each.key for each in unit.notices.of_person(ann)] == ["unread"]


@pytest.mark.parametrize("email", ["nobody", "a b@example.com", "a@", "a@b@c", "x@example.com\n"])
def test_an_address_that_is_none_fails_and_says_so(
    small_desk: Desk, post: FakeSmtp, email: str
) -> None:
    desk = with_mail(small_desk, post)
    reachable(desk, "ann", email=email)
    tell(desk, "ann")
    do_all(desk)
    do_all(desk, LATER)
    (failed,) = deliveries(desk, "ann")
    assert failed.state == "failed"
    assert post.letters == []
