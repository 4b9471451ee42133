from __future__ import annotations

from engine.wording import Message
from runtime.store.channels import Channel
from runtime.store.notices import Notice
from runtime.use_cases.notify import NoticeText, notify
from tests.desk import Desk
from tests.web.visitor import visitor

TEXT = Message("待办任务")


def tell(desk: Desk, login: str, key: str, kind: str = "todo", record: str = "r1") -> Notice:
    people = [desk.people[login].id]
    text = NoticeText(text=TEXT, kind=kind, app="desk", form="ticket", record=record)
    with desk.services.store.unit() as unit:
        notify(desk.services, unit, people, text, key=key)
        return unit.notices.of_person(people[0])[0]


def unread(desk: Desk, login: str) -> int:
    with desk.services.store.reading() as unit:
        return unit.notices.unread(desk.people[login].id)


def mail_is_on(desk: Desk) -> None:
    with desk.services.store.unit() as unit:
        unit.notices.channels.keep(
            Channel(id="mail", active=True, settings={}, changed_at=desk.clock())
        )


def test_the_bell_counts_ones_own_unread_messages_on_every_page(small_desk: Desk) -> None:
    who = visitor(small_desk, "ann")
    assert 'aria-label="消息"' in who.get("/").text
    for key in "abc":
        tell(small_desk, "ann", key)
    tell(small_desk, "ben", "d")
    assert 'aria-label="消息，3 条未读"' in who.get("/").text
    assert who.get("/notices/count").get_json() == {"unread": 3}


def test_messages_are_listed_latest_first_and_by_kind(small_desk: Desk) -> None:
    for number, kind in enumerate(("todo", "cc", "todo")):
        tell(small_desk, "ann", str(number), kind, record=f"record{number}")
    who = visitor(small_desk, "ann")
    places = [who.get("/notices").text.index(f"/a/desk/ticket/record{n}") for n in (2, 1, 0)]
    assert places == sorted(places)
    only = who.get("/notices?kind=cc").text
    assert "record1" in only
    assert "record0" not in only


def test_older_messages_are_on_the_next_page(small_desk: Desk) -> None:
    for number in range(31):
        tell(small_desk, "ann", str(number), record=f"record{number:02}")
    who = visitor(small_desk, "ann")
    first = who.get("/notices").text
    assert ("record30" in first, "record01" in first, "record00" in first) == (True, True, False)
    next_page = first.partition('href="/notices?before=')[2].partition('"')[0]
    assert "record00" in who.get(f"/notices?before={next_page}").text


def test_opening_the_page_reads_nothing_but_the_button_does(small_desk: Desk) -> None:
    first, second = tell(small_desk, "ann", "a"), tell(small_desk, "ann", "b")
    who = visitor(small_desk, "ann")
    who.get("/notices")
    assert unread(small_desk, "ann") == 2
    assert who.post(f"/notices/{first.id}/read").status_code == 303
    assert unread(small_desk, "ann") == 1
    assert second.id in who.get("/notices?show=unread").text
    assert first.id not in who.get("/notices?show=unread").text
    who.post("/notices/read")
    assert unread(small_desk, "ann") == 0


def test_nobody_reads_for_somebody_else(small_desk: Desk) -> None:
    notice = tell(small_desk, "ann", "a")
    who = visitor(small_desk, "ben")
    who.get("/notices")
    assert who.post(f"/notices/{notice.id}/read").status_code == 404
    assert unread(small_desk, "ann") == 1


def test_a_person_says_how_to_be_told(small_desk: Desk) -> None:
    mail_is_on(small_desk)
    who = visitor(small_desk, "ann")
    assert 'name="todo.mail"' in who.get("/me/notices").text
    fields = {"todo.mail": "digest", "cc.mail": "off", "quiet_from": "22:00", "quiet_to": "07:00"}
    assert who.post("/me/notices", **fields, digest_at="18:30").status_code == 303
    with small_desk.services.store.reading() as unit:
        ann = small_desk.people["ann"].id
        wish = unit.notices.channels.wishes([ann])[ann]
    ways = [wish.way(kind, "mail") for kind in ("todo", "cc", "approve")]
    assert ways == ["digest", "off", "now"]
    assert (wish.quiet_from, wish.quiet_to, wish.digest_at) == ("22:00", "07:00", "18:30")


def test_wishes_that_make_no_sense_are_refused_and_kept_on_the_page(small_desk: Desk) -> None:
    mail_is_on(small_desk)
    who = visitor(small_desk, "ann")
    who.get("/me/notices")
    half = who.post("/me/notices", **{"todo.mail": "off", "quiet_from": "22:00"})
    assert half.status_code == 422
    assert "要一起填" in half.text
    assert '<option value="off" selected>' in half.text
    assert who.post("/me/notices", digest_at="25:00").status_code == 422


def test_a_text_of_a_stranger_is_shown_as_text(small_desk: Desk) -> None:
    people = [small_desk.people["ann"].id]
    text = Message("{who} 提醒您", who="<script>alert(1)</script>")
    with small_desk.services.store.unit() as unit:
        notify(small_desk.services, unit, people, NoticeText(text=text, kind="urge"), key="k")
    page = visitor(small_desk, "ann").get("/notices").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
