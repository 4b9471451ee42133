from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from engine.app import Form
from engine.record import Record, StoredFile
from runtime.store import Content, Store, Unfit
from runtime.store.contents import Contents
from runtime.store.files import Place
from runtime.store.unit import Unit
from tests.runtime.store.building import NOW, app_of, form_text, later, record_of

LIMIT = 1024 * 1024
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n"


def _zip(**entries: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return buffer.getvalue()


def _picture(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4)).save(buffer, kind)
    return buffer.getvalue()


def _office(folder: str) -> bytes:
    return _zip(**{"[Content_Types]_xml": b"<Types/>", f"{folder}__a_xml": b"<a/>"})


SAFE = {
    "pdf": PDF,
    "png": _picture("PNG"),
    "jpg": _picture("JPEG"),
    "webp": _picture("WEBP"),
    "docx": _office("word"),
    "xlsx": _office("xl"),
    "pptx": _office("ppt"),
    "odt": _zip(mimetype=b"application/vnd.oasis.opendocument.text"),
    "zip": _zip(a=b"1"),
    "txt": "你好,世界\n".encode(),
    "csv": "名称,数量\n甲,1\n乙,2\n".encode("gb18030"),
    "bin": b"\x00\x01\x02\x03unknown",
}
HARMFUL = {
    "html": b"<!DOCTYPE html><script>alert(1)</script>",
    "fragment": b"hello <script>alert(1)</script>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "xml": b'<?xml version="1.0"?><a/>',
    "utf16": "<script>alert(1)</script>".encode("utf-16"),
    "program": b"MZ\x90\x00" + b"\0" * 100,
    "elf": b"\x7fELF\x02\x01\x01" + b"\0" * 100,
    "script": b"#!/bin/sh\nrm -rf /\n",
    "macro": _zip(**{"[Content_Types]_xml": b"<Types/>", "word__vbaProject.bin": b"x"}),
    "broken zip": b"PK\x03\x04 no archive",
}


@pytest.mark.parametrize("kind", SAFE)
def test_a_file_is_what_is_in_it(tmp_path: Path, kind: str) -> None:
    kept = Contents(tmp_path).put(io.BytesIO(SAFE[kind]), LIMIT)

    assert isinstance(kept, Content)
    assert (kept.kind.type, kept.size) == (kind, len(SAFE[kind]))
    assert Contents(tmp_path).path(kept.sha256).read_bytes() == SAFE[kind]


@pytest.mark.parametrize("kind", HARMFUL)
def test_what_might_run_is_refused_and_leaves_nothing(tmp_path: Path, kind: str) -> None:
    kept = Contents(tmp_path).put(io.BytesIO(HARMFUL[kind]), LIMIT)

    assert isinstance(kept, Unfit)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_too_much_and_nothing_are_refused(tmp_path: Path) -> None:
    contents = Contents(tmp_path)

    assert isinstance(contents.put(io.BytesIO(b"x" * 11), 10), Unfit)
    assert isinstance(contents.put(io.BytesIO(b""), 10), Unfit)
    assert isinstance(contents.put(io.BytesIO(b"x" * 10), 10), Content)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_the_same_bytes_are_kept_once(tmp_path: Path) -> None:
    contents = Contents(tmp_path)

    first, second = (contents.put(io.BytesIO(PDF), LIMIT) for _ in range(2))

    assert first == second
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("digest", ["../../etc/passwd", "", "a" * 63, "../" + "a" * 61])
def test_only_digests_lead_to_files(tmp_path: Path, digest: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        Contents(tmp_path).path(digest)


FORM = form_text(
    "site",
    """
    {id: name, type: text, label: 名称}
    {id: papers, type: file, label: 文件}
    {id: parts, type: lines, label: 部件, fields: [{id: photo, type: image, label: 照片}]}
    """,
    """
stages:
  - id: begun
    label: 开始
    gate: {evidence: [{id: minutes, label: 纪要}]}
  - {id: ended, label: 结束}
""",
)


@dataclass(frozen=True)
class Handed:
    item: str
    file: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    expires_on: date | None = None


class World:
    def __init__(self, store: Store) -> None:
        self.store = store
        store.install(app_of(FORM), {}, NOW)
        self.form: Form = store.apps["plant"].forms["site"]

    def upload(self, unit: Unit, by: str = "ann", name: str = "a.pdf") -> StoredFile:
        kept = self.store.files.put(io.BytesIO(PDF), LIMIT)
        assert isinstance(kept, Content)
        return unit.files.add(kept, name, by, NOW)

    def record(self, **values: Any) -> Record:
        return record_of(self.form, values)


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


def test_a_file_stands_where_the_record_says(world: World) -> None:
    with world.store.unit() as unit:
        one, two, three = (world.upload(unit) for _ in range(3))
        before = world.record(papers=(one.id, two.id), parts=({"id": "r", "photo": (three.id,)},))
        unit.files.keep(world.form, None, before)
        after = Record(**{**vars(before), "values": {"papers": (two.id,), "parts": None}})

        places = {place.place for place in unit.files.places(three.id)}
        unit.files.keep(world.form, before, after)

        assert places == {"parts.photo"}
        assert unit.files.places(two.id) == (Place("plant", "site", before.id, "papers"),)
        assert unit.files.places(one.id) == unit.files.places(three.id) == ()
        assert [
            (place, file.id) for place, file in unit.files.of_record(world.form, before.id)
        ] == [("papers", two.id)]


def test_only_the_uploader_may_use_a_file_that_stands_nowhere(world: World) -> None:
    with world.store.unit() as unit:
        mine, foreign = world.upload(unit), world.upload(unit, by="ben")
        record, other = world.record(papers=(mine.id,)), world.record()

        assert unit.files.fresh(mine.id, "ann") == mine
        assert unit.files.fresh(foreign.id, "ann") is None
        assert unit.files.usable((mine.id,), "ann", None)
        assert not unit.files.usable((mine.id, foreign.id), "ann", None)
        unit.files.keep(world.form, None, record)
        assert unit.files.fresh(mine.id, "ann") is None
        assert unit.files.usable((mine.id,), "ben", record.id)
        assert not unit.files.usable((mine.id,), "ann", other.id)


def test_files_that_nobody_took_are_found_and_forgotten(world: World) -> None:
    with world.store.unit() as unit:
        one, two = world.upload(unit), world.upload(unit)
        unit.files.keep(world.form, None, world.record(papers=(two.id,)))

        assert unit.files.unused(NOW) == ()
        assert unit.files.unused(later(1)) == (one,)
        assert not unit.files.forget(two.id)
        assert not unit.files.forget(one.id), "the same bytes belong to the other still"
        assert unit.files.one(one.id) is None


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\x\\合同.pdf", "合同.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("\x00\n.", "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_a_file_name_is_made_harmless_and_stays_chinese(
    world: World, given: str, kept: str
) -> None:
    with world.store.unit() as unit:
        assert world.upload(unit, name=given).name == kept


def test_evidence_says_what_was_handed_in_and_judged(world: World) -> None:
    with world.store.unit() as unit:
        file = world.upload(unit)
        handed = Handed("minutes", file.id, Decimal("31.5"), Decimal(120), date(2027, 1, 1))
        unit.evidence.add(world.form, "r1", "e1", handed, NOW, "ann")
        assert unit.evidence.judge("e1", "rejected", "ben", NOW, "看不清")
        assert not unit.evidence.judge("e2", "accepted", "ben", NOW)

        (piece,) = unit.evidence.of(world.form, "r1")

    assert (piece.item, piece.file, piece.added_by) == ("minutes", file, "ann")
    assert (piece.latitude, piece.longitude) == (Decimal("31.5"), Decimal(120))
    assert (piece.verdict, piece.verdict_by, piece.verdict_reason) == ("rejected", "ben", "看不清")
    assert piece.expires_on == date(2027, 1, 1)
    assert not piece.used_elsewhere


def test_the_same_bytes_on_another_record_are_noticed_however_they_are_called(
    world: World,
) -> None:
    with world.store.unit() as unit:
        for number, record in enumerate(("r1", "r1", "r2")):
            file = world.upload(unit, name=f"{number}.pdf")
            if number != 2:
                unit.evidence.add(world.form, record, f"e{number}", Handed("m", file.id), NOW, "a")
        alone = [piece.used_elsewhere for piece in unit.evidence.of(world.form, "r1")]
        unit.evidence.add(world.form, "r2", "e2", Handed("m", file.id), NOW, "a")

        assert alone == [False, False]
        assert [p.used_elsewhere for p in unit.evidence.of(world.form, "r1")] == [True, True]
        assert [p.used_elsewhere for p in unit.evidence.of(world.form, "r2")] == [True]
