"""What was asked for, happened and was said lately, as those who try an app look at it."""

from __future__ import annotations

from datetime import timedelta

from runtime.use_cases.comment_record import Remark, comment_record
from tests.desk import Desk


def test_work_of_a_kind_is_found_whoever_asked_for_it_latest_first(desk: Desk) -> None:
    now = desk.services.now()
    with desk.services.store.unit() as unit:
        first = unit.jobs.save("a_kind", {}, now, person=desk.people["ann"].id)
        second = unit.jobs.save("a_kind", {}, now, person=desk.people["ben"].id)
        unit.jobs.save("another_kind", {}, now)
        found = unit.jobs.of_kind("a_kind")
        newest = unit.jobs.of_kind("a_kind", limit=1)
    assert [job.id for job in found] == [second, first]
    assert [job.id for job in newest] == [second]


def test_what_happened_and_was_said_after_a_moment_is_found_in_order(desk: Desk) -> None:
    ticket = desk.ticket()
    began = desk.services.now()
    desk.clock.move(hours=1)
    for text in ("一", "二"):
        remark = Remark(text=text, mentions=(desk.people["chief_north"].id,))
        comment_record(desk.services, desk.act("ann"), desk.form(), ticket.id, remark)
        desk.clock.move(minutes=1)
    with desk.services.store.reading() as unit:
        events = unit.events.after("desk", began)
        told = unit.notices.since(began)
        later = unit.notices.since(began + timedelta(hours=1, seconds=30))
        assert unit.events.after("other", began) == ()
    assert [event.text for event in events if event.kind == "commented"] == ["一", "二"]
    assert all(event.at > began for event in events)
    assert [one.person for one in told] == [desk.people["chief_north"].id] * 2
    assert len(later) == 1
