"""What comes in under a false name harms nobody when it goes out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import pytest
from werkzeug.test import TestResponse

from runtime.app import build_app
from tests.desk import Desk, open_desk
from tests.laws.visitor import Visitor, json_of, visitor

SCRIPT = b"<script>window.__pwned=1</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="window.__pwned=1">' + SCRIPT + b"</svg>"
GIF = b"GIF89a/*" + b"\0" * 20 + b"*/=1;" + SCRIPT
PNG = b"\x89PNG\r\n\x1a\n" + SCRIPT
SPOOFS = {
    "picture.svg": SVG,
    "picture.png": SVG,
    "page.html": b"<!doctype html><html><body>" + SCRIPT,
    "page.htm": b"<html>" + SCRIPT,
    "page.xhtml": b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">' + SCRIPT,
    "page.pdf": b"<html>" + SCRIPT,
    "page.jpg": b"\xff\xd8\xff\xe0" + SCRIPT,
    "both.gif": GIF,
    "both.png": PNG,
    "both.pdf": b"%PDF-1.4\n" + SCRIPT,
    "text.txt": SCRIPT,
    "style.css": b"body{background:url(javascript:alert(1))}",
    "script.js": b"window.__pwned=1",
    "script.mjs": b"window.__pwned=1",
    "frame.mhtml": b"MIME-Version: 1.0\nContent-Type: text/html\n\n" + SCRIPT,
    "feed.xml": b'<?xml version="1.0"?><?xml-stylesheet href="javascript:alert(1)"?><a/>',
    "flash.swf": b"FWS\x09" + SCRIPT,
    "utf7.txt": b"+ADw-script+AD4-window.__pwned=1+ADw-/script+AD4-",
    "utf16.html": (b"\xff\xfe" + SCRIPT.decode().encode("utf-16-le")),
    "none": SCRIPT,
    'quote".html;x=".png': SCRIPT,
    "line\r\nX-Evil: yes.png": PNG,
    "../../evil.html": SCRIPT,
    "发票.html": SCRIPT,
    "right\u202egnp.html": SCRIPT,
}
SAFE_INLINE = {"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_desk(tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture(scope="module")
def ann(desk: Desk) -> Visitor:
    return visitor(desk.services, build_app(desk.services), "ann")


def upload(who: Visitor, name: str, content: bytes) -> TestResponse:
    return who.http.post(
        "/files", data={"file": (BytesIO(content), name)}, headers={"X-CSRFToken": who.csrf}
    )


@pytest.mark.parametrize("name", SPOOFS)
def test_a_spoof_is_refused_or_goes_out_where_no_script_runs(ann: Visitor, name: str) -> None:
    kept = upload(ann, name, SPOOFS[name])
    if kept.status_code == 422:
        return
    assert kept.status_code == 201
    answer = ann.get(json_of(kept)["url"])
    assert answer.status_code == 200
    headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "X-Evil" not in headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    inline = headers["Content-Disposition"].startswith("inline")
    if inline:
        assert answer.mimetype in SAFE_INLINE
    else:
        assert headers["Content-Disposition"].startswith("attachment")
        assert answer.mimetype == "application/octet-stream"
    if answer.mimetype != "application/pdf":
        assert policy.startswith("sandbox")
    answer.close()
    program = ann.call("GET", f"/files/{json_of(kept)['id']}")
    assert program.headers["Content-Disposition"].startswith("attachment")
    assert program.headers["X-Content-Type-Options"] == "nosniff"
    assert program.headers["Content-Security-Policy"].startswith("sandbox")
    program.close()


def test_what_is_not_what_it_says_is_never_shown_as_it(ann: Visitor) -> None:
    for name in ("picture.png", "page.pdf", "page.html", "picture.svg"):
        kept = upload(ann, name, SPOOFS[name])
        if kept.status_code == 201:
            assert json_of(kept)["type"] not in ("png", "pdf")


def test_too_much_is_refused(desk: Desk) -> None:
    settings = replace(desk.services.settings, max_upload=2_000)
    services = replace(desk.services, settings=settings)
    who = visitor(services, build_app(services), "ann")
    assert upload(who, "big.pdf", b"%PDF-1.4" + b"x" * 2_000).status_code == 422
    assert upload(who, "small.pdf", b"%PDF-1.4" + b"x" * 1_000).status_code == 201
    length = {"CONTENT_LENGTH": str(settings.max_upload + 2 * 1_048_576)}
    answer = who.http.post(
        "/files",
        data={"file": (BytesIO(b"%PDF-1.4"), "huge.pdf")},
        headers={"X-CSRFToken": who.csrf},
        environ_overrides=length,
    )
    assert answer.status_code == 413


def test_only_its_owner_opens_a_file_that_no_record_has_taken(desk: Desk, ann: Visitor) -> None:
    kept = json_of(upload(ann, "minutes.pdf", b"%PDF-1.4 secret"))
    ben = visitor(desk.services, build_app(desk.services), "ben")
    assert ben.get(kept["url"]).status_code == 404
    assert ben.call("GET", f"/files/{kept['id']}").status_code == 404
