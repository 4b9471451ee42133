"""Strangers upload what they are asked for, see it alone, and learn nothing of other files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, stream_encode_multipart

from runtime.limits import PUBLIC_FILE_BYTES, PUBLIC_UPLOADS_AN_HOUR, PUBLIC_VISIT_HOURS
from runtime.store.public_links import PublicLink
from tests.runtime.publics.counter import Counter, open_counter
from tests.security.test_files_sent_in import SAFE_INLINE, SPOOFS
from tests.web.visitor import Visitor, visitor

PICTURE = b"\x89PNG\r\n\x1a\n" + b"picture" * 9
FAULT = {"name": "门坏了", "_fields": ["name", "photos"], "_consent": "yes"}


@pytest.fixture(scope="module")
def counter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counter]:
    with open_counter(tmp_path_factory.mktemp("counter")) as opened:
        yield opened


@pytest.fixture(scope="module")
def stranger(counter: Counter) -> Visitor:
    return visitor(counter.desk)


@pytest.fixture
def link(counter: Counter) -> PublicLink:
    return counter.detail()


def come(counter: Counter, stranger: Visitor, link: PublicLink) -> tuple[str, str]:
    """Open the page of a link; return its address, and where this visit uploads."""
    page = f"/p/{counter.token(link)}"
    found = re.search(r'data-url="([^"]+)/photos"', stranger.client.get(page).text)
    assert found is not None
    return page, found[1]


def upload(
    stranger: Visitor, there: str, content: bytes = PICTURE, name: str = "门.png", **more: Any
) -> TestResponse:
    file = FileStorage(BytesIO(content), name)
    # The client would put a large body into a file that nobody closes.
    body, _, boundary = stream_encode_multipart(
        {"_consent": "yes", **more, "file": file}, use_tempfile=False
    )
    kind = f"multipart/form-data; boundary={boundary}"
    return stranger.client.post(there, data=body.read(), content_type=kind)


def kept(stranger: Visitor, there: str) -> dict[str, Any]:
    answer = upload(stranger, f"{there}/photos")
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = json.loads(answer.text)
    return told


def test_one_visit_uploads_sees_and_sends_it(
    counter: Counter, stranger: Visitor, link: PublicLink
) -> None:
    page, there = come(counter, stranger, link)
    told = kept(stranger, there)

    seen = stranger.client.get(told["url"])
    drawn = stranger.client.post(
        page, data={**FAULT, "name": "", "photos": told["id"], "_visit": there.split("/")[-1]}
    )
    sent = stranger.client.post(
        page, data={**FAULT, "photos": told["id"], "_visit": there.split("/")[-1]}
    )

    assert (seen.status_code, seen.data, seen.mimetype) == (200, PICTURE, "image/png")
    seen.close()
    assert seen.headers["Content-Security-Policy"].startswith("sandbox")
    assert seen.headers["X-Content-Type-Options"] == "nosniff"
    assert seen.headers["Cache-Control"] == "no-store"
    assert seen.headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in seen.headers
    assert drawn.status_code == 422
    assert f'src="{told["url"]}"' in drawn.text
    assert "/files/" + told["id"] not in drawn.text.replace(told["url"], "")
    assert sent.status_code == 303
    assert stranger.client.get(told["url"]).status_code == 404


def test_nobody_else_sees_it_nor_learns_its_name(
    counter: Counter, stranger: Visitor, link: PublicLink
) -> None:
    _, there = come(counter, stranger, link)
    told = kept(stranger, there)
    page, others = come(counter, stranger, link)
    far_page, far = come(counter, stranger, counter.detail())
    ann = visitor(counter.desk, "ann")

    gone = stranger.client.get("/p/" + "a" * 43)
    for address in (f"{others}/{told['id']}", f"{far}/{told['id']}", f"{far_page}/files/x/y"):
        answer = stranger.client.get(address)
        assert (answer.status_code, answer.text) == (404, gone.text), address
    assert ann.get(f"/files/{told['id']}/x").status_code == 404
    redrawn = {**FAULT, "photos": told["id"], "_visit": others.split("/")[-1], "_do": "redraw"}
    assert "门.png" not in stranger.client.post(page, data=redrawn).text


def test_the_same_bytes_again_are_answered_alike(
    counter: Counter, stranger: Visitor, link: PublicLink
) -> None:
    ann = visitor(counter.desk, "ann")
    ann.post("/files", file=(BytesIO(PICTURE + b"ours"), "ours.png"))
    _, there = come(counter, stranger, link)

    answers = [
        upload(stranger, f"{there}/photos", PICTURE + content) for content in (b"ours", b"else")
    ]

    told = [json.loads(answer.text) for answer in answers]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert {**told[0], "id": "", "url": ""} == {**told[1], "id": "", "url": ""}


def test_nothing_goes_up_before_people_agree_nor_for_what_is_not_asked(
    counter: Counter, stranger: Visitor, link: PublicLink
) -> None:
    page, there = come(counter, stranger, link)

    silent = upload(stranger, f"{there}/photos", _consent="")
    assert (silent.status_code, "请先勾选" in json.loads(silent.text)["message"]) == (422, True)
    assert upload(stranger, f"{there}/name").status_code == 404
    assert upload(stranger, f"{page}/files/made-up/photos").status_code == 422
    assert upload(stranger, f"/p/{'b' * 43}/files/{there.split('/')[-1]}/photos").status_code == 404
    much = upload(stranger, f"{there}/photos", b"x" * (PUBLIC_FILE_BYTES + 100_000))
    assert much.status_code == 413
    assert "10 MB" in json.loads(much.text)["message"]


def test_no_spoof_goes_out_where_a_script_runs(
    counter: Counter, stranger: Visitor, link: PublicLink
) -> None:
    for name, content in SPOOFS.items():
        _, there = come(counter, stranger, link)
        answer = upload(stranger, f"{there}/photos", content, name)
        if answer.status_code != 201:
            assert answer.status_code == 422, name
            continue
        told = json.loads(answer.text)
        assert told["type"] in ("png", "gif", "jpg"), name
        seen = stranger.client.get(told["url"])
        assert seen.mimetype in SAFE_INLINE - {"application/pdf"}, name
        seen.close()
        assert seen.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_one_address_uploads_so_much_and_a_page_grows_old(
    counter: Counter, stranger: Visitor, link: PublicLink
) -> None:
    _, there = come(counter, stranger, link)
    counter.desk.clock.move(hours=PUBLIC_VISIT_HOURS)
    old = upload(stranger, f"{there}/photos")
    assert (old.status_code, "刷新" in old.get_json()["message"]) == (422, True)
    _, there = come(counter, stranger, link)
    with counter.desk.services.store.unit() as unit:
        hour = counter.desk.clock().replace(minute=0)
        unit.paces.count("public file:127.0.0.1", hour, PUBLIC_UPLOADS_AN_HOUR)

    assert upload(stranger, f"{there}/photos").status_code == 429
