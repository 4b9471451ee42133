from __future__ import annotations

from engine.outcomes import Saved
from runtime.use_cases.comment_record import Remark, comment_record
from tests.desk import Desk


def told(desk: Desk, login: str) -> list[str]:
    with desk.services.store.reading() as unit:
        return [str(each.text) for each in unit.notices.of_person(desk.people[login].id)]


def comment(desk: Desk, record: str, *mentioned: str) -> None:
    remark = Remark(text="请看一下  ", mentions=tuple(desk.people[login].id for login in mentioned))
    said = comment_record(desk.services, desk.act("ann"), desk.form(), record, remark)
    assert isinstance(said, Saved)


def test_who_is_mentioned_is_told_by_whom_and_what(desk: Desk) -> None:
    ticket = desk.ticket("ann")
    comment(desk, ticket.id, "chief_north", "ann")
    assert told(desk, "chief_north") == ["安静 在工单的评论里提到您：请看一下"]
    assert told(desk, "ann") == []


def test_a_mention_shows_nothing_of_a_record_to_who_may_not_see_it(desk: Desk) -> None:
    ticket = desk.ticket("ann")
    comment(desk, ticket.id, "ben", "sue", "audit")
    assert (told(desk, "ben"), told(desk, "sue")) == ([], [])
    assert len(told(desk, "audit")) == 1
