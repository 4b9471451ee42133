"""Files come in under their own names and go out without harming anybody."""

from __future__ import annotations

import io
from urllib.parse import quote

import pytest
from werkzeug.test import TestResponse

from tests.desk import Desk
from tests.web.test_records import PANEL, PDF, address, upload
from tests.web.visitor import Visitor, visitor

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


def opened(somebody: Visitor, url: str) -> TestResponse:
    answer = somebody.client.get(url, buffered=True)
    answer.close()
    return answer


def test_a_chinese_name_comes_back_as_it_was(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")

    answer = opened(ann, upload(ann, "三月 会议纪要.pdf")["url"])

    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("inline")
    assert f"filename*=UTF-8''{quote('三月 会议纪要.pdf')}" in disposition


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("纪要.pdf", PDF, "inline"),
        ("图.png", PNG, "inline"),
        ("坏.svg", SVG, "attachment"),
        ("坏.html", b"<!doctype html><script>alert(1)</script>", "attachment"),
        ("坏.pdf", b"<!doctype html><script>alert(1)</script>", "attachment"),
        ("表.txt", b"plain words", "attachment"),
    ],
    ids=["pdf", "png", "svg", "html", "html as pdf", "text"],
)
def test_only_pictures_and_pdf_are_shown_inside(
    small_desk: Desk, name: str, content: bytes, kind: str
) -> None:
    ann = visitor(small_desk, "ann")
    ann.get("/a/desk/ticket/new")
    data = {"csrf_token": ann.csrf, "file": (io.BytesIO(content), name)}
    sent = ann.client.post("/files", data=data, headers=PANEL)
    if sent.status_code == 422:
        # A spoof that is refused at the door harms nobody either.
        assert kind == "attachment"
        return
    assert sent.json is not None

    answer = opened(ann, sent.json["url"])

    assert answer.headers["Content-Disposition"].startswith(kind)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "html" not in answer.headers["Content-Type"]
    assert "svg" not in answer.headers["Content-Type"]


def test_anything_can_be_saved_instead_of_opened(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")

    answer = opened(ann, f"{upload(ann)['url']}?download")

    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_file_of_a_record_is_for_those_who_see_the_record(small_desk: Desk) -> None:
    ticket = small_desk.ticket()
    ann = visitor(small_desk, "ann")
    file = upload(ann)
    before = opened(visitor(small_desk, "chief_north"), file["url"]).status_code
    ann.get(address(ticket))
    ann.post(address(ticket, "/evidence"), item="minutes", file=file["id"])

    codes = {
        login: opened(visitor(small_desk, login), file["url"]).status_code
        for login in ("ann", "chief_north", "sue", "ben")
    }

    assert before == 404
    assert codes == {"ann": 200, "chief_north": 200, "sue": 404, "ben": 404}


def test_an_upload_without_a_file_says_so(small_desk: Desk) -> None:
    ann = visitor(small_desk, "ann")
    ann.get("/a/desk/ticket/new")

    answer = ann.post("/files", headers=PANEL)

    assert answer.status_code == 422
    assert answer.json == {"message": "没有收到文件"}
