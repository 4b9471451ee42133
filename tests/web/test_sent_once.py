"""A second click does nothing twice, and a page that was gone back to loses nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from engine.record import Record
from tests.desk import Desk
from tests.web.test_records import PANEL, PDF, upload
from tests.web.visitor import Visitor, visitor

Form = tuple[str, str, dict[str, Any]]
"""The page with the form, where the form is sent, and what is typed into it."""


def _transfer(desk: Desk, record: Record, chief: Visitor) -> Form:
    return _path(record, "/transfer"), "/transfer", {"owner": desk.people["ben"].id}


def _delete(desk: Desk, record: Record, chief: Visitor) -> Form:
    return _path(record, "/delete"), "/delete", {"reason": "重复"}


def _restore(desk: Desk, record: Record, chief: Visitor) -> Form:
    chief.get(_path(record))
    chief.post(_path(record, "/delete"))
    return "/a/desk/ticket/trash", "/restore", {}


def _comment(desk: Desk, record: Record, chief: Visitor) -> Form:
    return _path(record), "/comments", {"text": "已联系"}


def _advance(desk: Desk, record: Record, chief: Visitor) -> Form:
    typed = {"_to": "fixing", "_override": "yes", "_reason": "已确认", "_version": "1"}
    return _path(record, "/advance"), "/advance", typed


def _edit(desk: Desk, record: Record, chief: Visitor) -> Form:
    return _path(record, "/edit"), "/edit", {"_fields": "cause", "cause": "缺纸"}


def _hand_in(desk: Desk, record: Record, chief: Visitor) -> Form:
    files = [upload(chief, content=PDF + bytes([n]))["id"] for n in (32, 33)]
    return _path(record), "/evidence", {"item": "minutes", "file": files}


def _review(desk: Desk, record: Record, chief: Visitor) -> Form:
    ann = visitor(desk, "ann")
    file = upload(ann)["id"]
    ann.get(_path(record))
    ann.post(_path(record, "/evidence"), item="minutes", file=file)
    found = re.search(r"/evidence/[0-9a-f]{32}", chief.get(_path(record)).text)
    assert found
    return _path(record), found[0], {"verdict": "accepted"}


DEEDS: dict[str, Callable[[Desk, Record, Visitor], Form]] = {
    "transfer": _transfer,
    "delete": _delete,
    "restore": _restore,
    "comment": _comment,
    "advance": _advance,
    "edit": _edit,
    "hand in": _hand_in,
    "review": _review,
}


@pytest.mark.parametrize("deed", DEEDS)
def test_a_second_click_does_nothing_twice(small_desk: Desk, deed: str) -> None:
    record = small_desk.ticket("ann", cause="卡纸", cost="80")
    chief = visitor(small_desk, "chief_north")
    page, place, typed = DEEDS[deed](small_desk, record, chief)
    typed |= _key(chief, page, place)

    first = chief.post(_path(record, place), headers=PANEL, **typed)
    done = _events(small_desk, record)
    again = chief.post(_path(record, place), headers=PANEL, **typed)

    assert (first.status_code, again.status_code) == (200, 200)
    assert first.json == again.json
    assert _events(small_desk, record) == done
    assert len(_evidence(small_desk, record)) == len(typed.get("file", [])) + (deed == "review")


@pytest.mark.parametrize("deed", ["advance", "transfer", "delete", "edit"])
def test_a_second_click_on_many_does_nothing_twice(small_desk: Desk, deed: str) -> None:
    records = [small_desk.ticket("ann", cause="卡纸") for _ in range(2)]
    chief = visitor(small_desk, "chief_north")
    query = "&".join(f"id={record.id}" for record in records)
    page = f"/a/desk/ticket/bulk/{deed}"
    typed: dict[str, Any] = {
        "advance": {"to": "dropped", "reason": "不修了"},
        "transfer": {"owner": small_desk.people["ben"].id},
        "edit": {"field": "cause", "cause": "缺纸"},
    }.get(deed, {})
    typed |= {"id": [record.id for record in records], **_key(chief, f"{page}?{query}", deed)}

    first = chief.post(page, headers=PANEL, **typed)
    done = [_events(small_desk, record) for record in records]
    again = chief.post(page, headers=PANEL, **typed)

    assert "2 条" in first.text
    assert first.text == again.text
    assert [_events(small_desk, record) for record in records] == done
    assert {len(each) for each in done} == {2}


def test_what_was_changed_after_going_back_is_done_too(small_desk: Desk) -> None:
    record = small_desk.ticket("ann")
    chief = visitor(small_desk, "chief_north")
    key = _key(chief, _path(record), "/comments")

    for text in ("已联系", "已联系，下周上门"):
        chief.post(_path(record, "/comments"), text=text, **key)

    assert _events(small_desk, record)[:2] == ["commented", "commented"]


def _path(record: Record, part: str = "") -> str:
    return f"/a/desk/ticket/{record.id}{part}"


def _key(somebody: Visitor, page: str, place: str) -> dict[str, str]:
    """Return the hidden key of the form that is sent to a place."""
    html = somebody.get(page).text
    forms = re.findall(r'<form[^>]* action="([^"]*)"(.*?)</form>', html, re.DOTALL)
    (form,) = {inside for action, inside in forms if action.endswith(place)}
    keys = re.findall(r'name="_key" value="([0-9a-f]{32})"', form)
    assert len(keys) == 1
    return {"_key": keys[0]}


def _events(desk: Desk, record: Record) -> list[str]:
    with desk.services.store.reading() as unit:
        return [event.kind for event in unit.events.of_record(desk.form(), record.id)]


def _evidence(desk: Desk, record: Record) -> tuple[Any, ...]:
    with desk.services.store.reading() as unit:
        return unit.evidence.of(desk.form(), record.id)
