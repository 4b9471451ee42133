from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from engine.wording import Message, Said
from runtime.store.channels import Channel, NoticeWish
from runtime.store.jobs import Job
from runtime.store.notices import Notice
from runtime.use_cases.notify import NoticeText, end_of_quiet, notify
from tests.desk import Desk

SHANGHAI = ZoneInfo("Asia/Shanghai")


def tell(
    desk: Desk, *logins: str, key: str = "k", kind: str = "todo", urgent: bool = False
) -> None:
    text = NoticeText(text=Message("待办任务"), kind=kind, app="desk", form="ticket", record="r")
    people = [desk.people[login].id for login in logins]
    with desk.services.store.unit() as unit:
        notify(desk.services, unit, people, text, key=key, urgent=urgent)


def told(desk: Desk, login: str) -> tuple[Notice, ...]:
    with desk.services.store.reading() as unit:
        return unit.notices.of_person(desk.people[login].id)


def switch_on(desk: Desk, *channels: str) -> None:
    with desk.services.store.unit() as unit:
        for id_ in channels:
            unit.notices.channels.keep(
                Channel(id=id_, active=True, settings={}, changed_at=desk.clock())
            )


def wish(desk: Desk, login: str, **wanted: object) -> None:
    with desk.services.store.unit() as unit:
        person = desk.people[login].id
        unit.notices.channels.wish(NoticeWish(person=person, **wanted))  # type: ignore[arg-type]  # whatever a test names


def jobs(desk: Desk) -> list[Job]:
    with desk.services.store.reading() as unit:
        far = datetime(2099, 1, 1, tzinfo=SHANGHAI)
        found = unit.jobs.by_ids(unit.jobs.due(100, far))
    return sorted((job for job in found if job.kind.startswith("deliver")), key=lambda job: job.id)


def test_a_message_reaches_each_person_once_for_a_key(desk: Desk) -> None:
    tell(desk, "ann", "ben", "ann")
    tell(desk, "ann", "ben", "sue")
    assert [len(told(desk, login)) for login in ("ann", "ben", "sue", "audit")] == [1, 1, 1, 0]
    tell(desk, "ann", key="another")
    assert [notice.key for notice in told(desk, "ann")] == ["another", "k"]


def test_a_message_is_kept_only_with_what_caused_it(desk: Desk) -> None:
    switch_on(desk, "mail")

    def fail_after_telling() -> None:
        with desk.services.store.unit() as unit:
            text = NoticeText(text=Message("待办任务"), kind="todo")
            notify(desk.services, unit, [desk.people["ann"].id], text, key="k")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_telling()
    assert told(desk, "ann") == ()
    assert jobs(desk) == []


def test_who_left_or_is_unknown_is_not_told(desk: Desk) -> None:
    with desk.services.store.unit() as unit:
        unit.people.edit(desk.people["ben"].id, active=False)
        text = NoticeText(text=Said({"zh": "你好"}), kind="todo")
        notify(desk.services, unit, [desk.people["ben"].id, "nobody"], text, key="k")
    assert told(desk, "ben") == ()


def test_a_text_comes_back_as_it_was_said(desk: Desk) -> None:
    text = Message("{who} 把{form}退回给您", who="安静", form={"zh": "工单", "en": "Ticket"})
    with desk.services.store.unit() as unit:
        for key, said in (("a", text), ("b", Said({"zh": "请处理", "en": "Please see to it"}))):
            people = [desk.people["ann"].id]
            notify(desk.services, unit, people, NoticeText(text=said, kind="todo"), key=key)
    assert [notice.text.fill(locale="en") for notice in told(desk, "ann")] == [
        "Please see to it",
        "安静 把Ticket退回给您",
    ]


def test_reading_counts_down_and_only_ones_own(desk: Desk) -> None:
    tell(desk, "ann", "ben", key="a")
    tell(desk, "ann", key="b")
    ann, ben = desk.people["ann"].id, desk.people["ben"].id
    with desk.services.store.unit() as unit:
        first = unit.notices.of_person(ann)[-1]
        assert unit.notices.unread(ann) == 2
        assert unit.notices.read(ben, desk.clock(), first.id) == 0
        assert unit.notices.read(ann, desk.clock(), first.id) == 1
        assert (unit.notices.unread(ann), unit.notices.unread(ben)) == (1, 1)
        assert unit.notices.read(ann, desk.clock()) == 1
        assert unit.notices.unread(ann) == 0


def test_each_channel_that_is_on_gets_a_job_of_its_own(desk: Desk) -> None:
    switch_on(desk, "mail", "wecom")
    tell(desk, "ann")
    with desk.services.store.reading() as unit:
        ways = unit.notices.deliveries.of_notices([told(desk, "ann")[0].id])
    assert sorted(way.channel for way in ways) == ["mail", "wecom"]
    assert [job.arguments["delivery"] for job in jobs(desk)] == [way.id for way in ways]


def test_a_person_chooses_by_kind_and_channel(desk: Desk) -> None:
    switch_on(desk, "mail", "wecom")
    wish(desk, "ann", ways={"todo": {"mail": "off"}})
    tell(desk, "ann", key="a")
    tell(desk, "ann", key="b", kind="cc")
    assert len(jobs(desk)) == 3
    tell(desk, "ann", key="c", urgent=True)
    assert len(jobs(desk)) == 5


def test_what_is_not_urgent_waits_for_the_end_of_quiet_hours(desk: Desk) -> None:
    switch_on(desk, "mail")
    wish(desk, "ann", quiet_from="08:30", quiet_to="10:15")  # it is 09:00 there
    tell(desk, "ann", key="a")
    tell(desk, "ann", key="b", urgent=True)
    quiet, urgent = jobs(desk)
    assert quiet.due == datetime(2026, 3, 2, 10, 15, tzinfo=SHANGHAI)
    assert urgent.due is None


@pytest.mark.parametrize(
    ("clock", "ends"),
    [("21:59", None), ("22:00", "07:30"), ("23:59", "07:30"), ("07:29", "07:30"), ("07:30", None)],
)
def test_quiet_hours_go_over_midnight(clock: str, ends: str | None) -> None:
    quiet = NoticeWish(person="p", quiet_from="22:00", quiet_to="07:30")
    hour, minute = map(int, clock.split(":"))
    end = end_of_quiet(datetime(2026, 3, 2, hour, minute, tzinfo=SHANGHAI), quiet)
    assert (end and end.strftime("%H:%M")) == ends


def test_what_is_wanted_together_waits_in_one_job(desk: Desk) -> None:
    switch_on(desk, "mail")
    wish(desk, "ann", ways={"cc": {"mail": "digest"}}, digest_at="18:00")
    for key in "abc":
        tell(desk, "ann", key=key, kind="cc")
    (together,) = jobs(desk)
    assert together.kind == "deliver_digest"
    due = datetime(2026, 3, 2, 18, tzinfo=SHANGHAI)
    assert together.due == due
    with desk.services.store.reading() as unit:
        collected = unit.notices.deliveries.collected(desk.people["ann"].id, "mail", due)
    assert len(collected) == 3
