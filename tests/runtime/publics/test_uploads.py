"""What people outside upload is theirs until they send it, and goes when they do not."""

from __future__ import annotations

import os
import shutil
from collections import namedtuple
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from engine.forms.submission import read_json
from engine.outcomes import Invalid, Missing, Saved
from engine.record import StoredFile
from runtime.jobs.workshop import Workshop
from runtime.limits import (
    DISK_KEPT_FREE,
    KIB,
    PUBLIC_BYTES_A_DAY,
    PUBLIC_FILE_BYTES,
    PUBLIC_FILES,
    PUBLIC_LINK_BYTES_A_DAY,
    PUBLIC_ROWS,
    PUBLIC_VISIT_HOURS,
)
from runtime.store.public_links import PublicLink
from runtime.use_cases.keep_file import open_file, upload_file
from runtime.use_cases.publics.sending import Sending, Sent, TooMuch, send_in
from runtime.use_cases.publics.uploading import Kept, Upload, keep_upload
from runtime.use_cases.publics.visits import new_ticket, visitor_of
from tests.runtime.publics.counter import Counter

PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 9


def upload(counter: Counter, link: PublicLink, visitor: str | None = "a", **given: Any) -> Kept:
    opened = replace(counter.opened(link), visitor=visitor)
    content: bytes = given.pop("content", PNG)
    whole = {"to": "photos", "name": "门.png", "agreed": True, "size": len(content), **given}
    return keep_upload(counter.desk.services, opened, Upload(stream=BytesIO(content), **whole))


def kept(counter: Counter, link: PublicLink, visitor: str = "a", **given: Any) -> str:
    stored = upload(counter, link, visitor, **given)
    assert isinstance(stored, StoredFile), stored
    return stored.id


def send(counter: Counter, link: PublicLink, visitor: str = "a", **values: Any) -> Sent:
    opened = replace(counter.opened(link), visitor=visitor)
    given = read_json(opened.form, {"name": "门坏了", **values})
    return send_in(counter.desk.services, opened, Sending(given=given, agreed=True))


def contents(counter: Counter) -> set[str]:
    folder = counter.desk.services.settings.home / "files"
    return {path.name for path in folder.rglob("*") if path.is_file()}


def test_an_upload_is_sent_by_its_own_visit_and_once(counter: Counter) -> None:
    link, other = counter.detail(), counter.detail()
    photo, signature = kept(counter, link), kept(counter, link, to="sign")
    label = kept(counter, link, to="parts-0-label")
    row = {"part": "合页", "label": [label]}

    for foreign in (send(counter, link, "b", photos=[photo]), send(counter, other, photos=[photo])):
        assert isinstance(foreign, Invalid)
        assert set(foreign.complaints) == {"photos"}
    sent = send(counter, link, photos=[photo], sign=[signature], parts=[row])
    again = send(counter, link, photos=[photo])

    assert isinstance(sent, Saved)
    values: Mapping[str, Any] = counter.desk.stored(sent.record.id).values
    assert (values["photos"], values["sign"]) == ((photo,), (signature,))
    assert values["parts"][0]["label"] == (label,)
    assert isinstance(again, Invalid)


def test_nobody_but_the_visit_opens_it_and_nobody_outside_once_it_was_sent(
    counter: Counter,
) -> None:
    services, link = counter.desk.services, counter.detail()
    photo = kept(counter, link)
    mine = replace(counter.opened(link), visitor="a").act()
    other = replace(counter.opened(link), visitor="b").act()

    assert isinstance(open_file(services, mine, photo), tuple)
    for act in (other, counter.opened(link).act(), counter.desk.act("ann")):
        assert open_file(services, act, photo) == Missing()
    sent = send(counter, link, photos=[photo])
    assert isinstance(sent, Saved)
    assert open_file(services, mine, photo) == Missing()
    assert isinstance(open_file(services, counter.desk.act("admin"), photo), tuple)


def test_a_file_of_the_house_is_nothing_to_somebody_outside(small: Counter) -> None:
    services, link = small.desk.services, small.detail()
    own = upload_file(services, small.desk.act("ann"), "own.png", BytesIO(PNG))
    assert isinstance(own, StoredFile)

    same = upload(small, link)
    asked = send(small, link, photos=[own.id])
    made_up = send(small, link, photos=["1" * 32])

    assert isinstance(same, StoredFile)
    assert same.id != own.id
    assert asked == made_up
    assert isinstance(asked, Invalid)


def test_what_is_refused_leaves_nothing_behind(small: Counter) -> None:
    link = small.detail()
    refused: list[dict[str, Any]] = [
        {"agreed": False},
        {"content": b"%PDF-1.4 no picture"},
        {"content": b"<svg onload=alert(1)>"},
        {"content": b"", "size": 0},
        {"size": PUBLIC_FILE_BYTES + 1},
    ]
    for given in refused:
        assert isinstance(upload(small, link, **given), Invalid), given
    for to in ("name", "margin", "parts", "parts-0-part", "parts-0-keeper", "photos-0-x", "?"):
        assert upload(small, link, to=to) == Missing(), to
    assert upload(small, link, None) == Missing()
    assert contents(small) == set()


def test_a_visit_a_link_and_all_of_them_let_in_so_much_and_no_more(counter: Counter) -> None:
    services, link, other = counter.desk.services, counter.detail(), counter.detail()
    midnight = counter.desk.clock().replace(hour=0)
    full = (
        (f"visit:{'c' * 8}", PUBLIC_FILES, link, "c" * 8),
        (f"link bytes:{link.id}", PUBLIC_LINK_BYTES_A_DAY // KIB, link, "d"),
        ("public bytes", PUBLIC_BYTES_A_DAY // KIB, other, "e"),
    )
    for key, most, there, visitor in full:
        kept(counter, there, visitor)
        with services.store.unit() as unit:
            unit.paces.count(key, midnight, most)
        assert upload(counter, there, visitor) == TooMuch(), key
    counter.desk.clock.move(days=1)
    kept(counter, link, "f")
    for n in range(3):
        assert isinstance(send(counter, link, name=f"第 {n} 件"), Saved)
    assert upload(counter, link, "g") == TooMuch(), "the link is full, so nothing can be sent"


def test_nothing_is_taken_when_the_disk_gets_full(
    small: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = small.detail()
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(DISK_KEPT_FREE + len(PNG) - 1))

    assert upload(small, link) == TooMuch()


def test_what_was_not_sent_is_forgotten_after_a_day_and_nothing_else(counter: Counter) -> None:
    services, link = counter.desk.services, counter.detail()
    left = kept(counter, link, content=PNG + b"left")
    sent = kept(counter, link)
    assert isinstance(send(counter, link, photos=[sent]), Saved)
    same = kept(counter, link, "b")
    own = upload_file(services, counter.desk.act("ann"), "own.png", BytesIO(PNG + b"own"))
    assert isinstance(own, StoredFile)
    folder = services.settings.home / "files"
    for path in folder.rglob("*/*"):
        os.utime(path, (0, 0))
    assert len(contents(counter)) == 3
    counter.desk.clock.move(hours=25)
    shop = Workshop(services=services)
    shop.prepare()

    shop.run_due()

    with services.store.reading() as unit:
        assert set(unit.files.by_ids((left, sent, same, own.id))) == {sent, own.id}
    assert len(contents(counter)) == 2


def test_bytes_that_came_in_again_just_now_stay(small: Counter) -> None:
    link, files = small.detail(), small.desk.services.store.files
    stored = upload(small, link)
    assert isinstance(stored, StoredFile)
    place = files.path(stored.sha256)
    os.utime(place, (0, 0))
    kept(small, link, "b")

    files.remove_old(stored.sha256)

    assert place.exists()


def test_a_ticket_is_of_one_link_and_holds_for_some_hours(small: Counter) -> None:
    services, link, other = small.desk.services, small.detail(), small.detail()
    ticket = new_ticket(services, link)
    visitor = visitor_of(services, link, ticket)

    assert visitor is not None
    assert visitor != visitor_of(services, link, new_ticket(services, link))
    for wrong in ("", "?", "é", ticket[:-4], "AAAA" + ticket[4:], ticket + "AAAA"):
        assert visitor_of(services, link, wrong) is None, wrong
    assert visitor_of(services, other, ticket) is None
    small.desk.clock.move(hours=PUBLIC_VISIT_HOURS)
    assert visitor_of(services, link, ticket) is None


def test_rows_hold_what_is_asked_and_nothing_else(counter: Counter) -> None:
    link, ann = counter.detail(), counter.desk.people["ann"].id
    row = {"id": "f" * 32, "part": "合页", "quantity": 2, "keeper": ann, "shelf": "Z9"}

    sent = send(counter, link, parts=[row, {"part": "螺丝"}])

    assert isinstance(sent, Saved)
    rows: Any = counter.desk.stored(sent.record.id).values["parts"]
    cells = [{id_: one.get(id_) for id_ in ("part", "quantity", "keeper", "shelf")} for one in rows]
    assert cells == [
        {"part": "合页", "quantity": 2, "keeper": None, "shelf": "A1"},
        {"part": "螺丝", "quantity": None, "keeper": None, "shelf": "A1"},
    ]
    assert "f" * 32 not in {one["id"] for one in rows}


def test_what_is_wrong_in_a_row_is_said_at_its_place(small: Counter) -> None:
    link = small.detail()
    nameless = send(small, link, parts=[{"part": "合页"}, {"quantity": 1}])
    many = send(small, link, parts=[{"part": str(n)} for n in range(PUBLIC_ROWS + 1)])

    assert isinstance(nameless, Invalid)
    assert set(nameless.complaints) == {"parts.1.part"}
    assert isinstance(many, Invalid)
    assert set(many.complaints) == {"parts"}
