"""Are pages set within limits, without sight of anything else, and always the same?"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from engine.documents.pieces import Source
from engine.documents.typesetting import typeset
from runtime.printing.press import Printed, Unprinted, print_pages
from tests.engine.documents.test_typesetting import HOSTILE, everywhere

AT = datetime(2026, 3, 2, 1, tzinfo=UTC)


def test_a_hostile_document_is_set_as_it_is_written_and_twice_the_same() -> None:
    source = typeset(everywhere(HOSTILE))
    first, second = print_pages(source, AT), print_pages(source, AT)
    assert isinstance(first, Printed)
    assert first == second
    assert first.pages[0].startswith(b"%PDF-")


def test_a_preview_is_a_picture_of_each_page() -> None:
    printed = print_pages(typeset(everywhere("甲")), AT, "svg")
    assert isinstance(printed, Printed)
    assert printed.pages[0].startswith(b"<svg")


def test_no_file_beside_the_document_can_be_read(tmp_path: Path) -> None:
    # What is written here as code never comes out of a document; the process is shut all the same.
    secret = tmp_path / "secret.txt"
    secret.write_text("canary")
    for path in (str(secret), "../" * 12 + str(secret).lstrip("/"), "/etc/passwd"):
        assert isinstance(print_pages(Source(f'#read("{path}")'), AT), Unprinted)


def test_nothing_is_fetched_and_nothing_runs_on_for_ever() -> None:
    assert isinstance(print_pages(Source('#import "@preview/cetz:0.3.1"'), AT), Unprinted)
    forever = "#let f(x) = f(x + 1)\n#f(1)"
    assert isinstance(print_pages(Source(forever), AT), Unprinted)


def test_a_picture_that_is_none_is_said() -> None:
    broken = print_pages(Source('#image("a.png")', {"a.png": b"no picture"}), AT)
    assert isinstance(broken, Unprinted)
    assert str(broken.message) == "文档没能排版，请检查其中的图片"
