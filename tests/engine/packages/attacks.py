"""Packages that somebody made to do harm, each by one trick."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import msgspec

from engine.packages.archive import CENTRAL, END, LOCAL, write_archive
from engine.packages.manifest import PackedFile
from engine.packages.names import MANIFEST
from engine.packages.package import pack

APP = b"app: notes\nversion: 1.0.0\nlabel: {zh: \xe4\xbe\xbf\xe7\xad\xbe, en: Notes}\n"
APP += b"roles:\n  - {id: member, label: {zh: \xe6\x88\x90\xe5\x91\x98, en: Member}}\n"
NOTE = b"form: note\nlabel: {zh: \xe4\xbe\xbf\xe7\xad\xbe, en: Note}\ntitle: text\nsections:\n"
NOTE += b"  - {id: main, label: {zh: \xe5\x86\x85\xe5\xae\xb9, en: Content}, fields: [{id: text, "
NOTE += b"type: text, label: {zh: \xe5\x86\x85\xe5\xae\xb9, en: Text}, required: true}]}\n"
NOTE += b"access: {member: {rows: all, create: true, edit: true}}\n"
FILES: Mapping[str, bytes] = {"app.yaml": APP, "forms/note.yaml": NOTE}


@dataclass(frozen=True)
class Part:
    """One entry of a zip, with everything about it that can lie."""

    name: bytes
    content: bytes = b""
    method: int = 0
    flags: int = 0x800
    attributes: int = 0o100644 << 16
    size: int | None = None
    crc: int | None = None
    offset: int | None = None
    local_name: bytes | None = None
    extra: bytes = b""


def zipped(parts: list[Part], between: bytes = b"", comment: bytes = b"") -> bytes:
    """Return a zip that says what the parts say, true or not."""
    body, index = b"", b""
    for part in parts:
        stored = _deflated(part.content) if part.method == 8 else part.content
        size = len(part.content) if part.size is None else part.size
        crc = zlib.crc32(part.content) if part.crc is None else part.crc
        said = (20, part.flags, part.method, 0, 0x21, crc, len(stored), size, len(part.name), 0)
        offset = len(body) if part.offset is None else part.offset
        index += CENTRAL.pack(b"PK\x01\x02", 788, *said, 0, 0, 0, part.attributes, offset)
        index += part.name
        local = part.name if part.local_name is None else part.local_name
        body += LOCAL.pack(b"PK\x03\x04", *said[:8], len(local), len(part.extra))
        body += local + part.extra + stored + between
    count = len(parts)
    end = END.pack(b"PK\x05\x06", 0, 0, count, count, len(index), len(body), len(comment))
    return body + index + end + comment


def _deflated(content: bytes) -> bytes:
    press = zlib.compressobj(9, zlib.DEFLATED, -15)
    return press.compress(content) + press.flush()


def sound() -> list[Part]:
    """The entries of a package that nothing is wrong with."""
    package = pack(FILES)
    files = {MANIFEST: package.manifest.bytes(), **package.files}
    return [Part(name.encode(), content) for name, content in files.items()]


def honest(files: Mapping[str, bytes]) -> bytes:
    """A package whose manifest fits its files, whatever they are."""
    listed = {
        name: PackedFile(sha256=_sha256(content), size=len(content))
        for name, content in files.items()
    }
    manifest = msgspec.structs.replace(pack(FILES).manifest, files=listed)
    return write_archive({MANIFEST: manifest.bytes(), **files})


def _sha256(content: bytes) -> str:
    import hashlib

    return hashlib.sha256(content).hexdigest()


def _with(name: bytes | str, **lies: object) -> bytes:
    raw = name if isinstance(name, bytes) else name.encode()
    return zipped([*sound(), replace(Part(raw, b"x"), **lies)])  # type: ignore[arg-type]  # lies of any kind


def _changed(number: int, **lies: object) -> bytes:
    parts = sound()
    parts[number] = replace(parts[number], **lies)  # type: ignore[arg-type]  # lies of any kind
    return zipped(parts)


def _from_zipfile() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in sound():
            archive.writestr(part.name.decode(), part.content)
    return target.getvalue()


def _overlapping() -> bytes:
    kernel = Part(b"data/a.yaml", b"x" * 1000)
    return zipped(
        [kernel, *(Part(b"data/%d.yaml" % n, b"", size=1000, offset=0) for n in range(9))]
    )


def _many() -> bytes:
    return write_archive({f"data/{n}.yaml": b"" for n in range(2_001)})


def _nested() -> bytes:
    inner = zipped([Part(b"bomb", b"\0" * 1_000_000, method=8)])
    return honest({**FILES, "data/inner.zip": inner})


def _yaml_bomb() -> bytes:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    return honest({**FILES, "data/note.yaml": "\n".join(lines).encode()})


def _sized_up() -> bytes:
    whole = bytearray(zipped(sound()))
    struct.pack_into("<HH", whole, len(whole) - 14, 0xFFFF, 0xFFFF)
    return bytes(whole)


def _other_claims() -> bytes:
    manifest = msgspec.structs.replace(pack(FILES).manifest, version="9.0.0")
    return write_archive({MANIFEST: manifest.bytes(), **FILES})


LINK, DEVICE, FOLDER = 0o120777 << 16, 0o020666 << 16, 0o040755 << 16

ATTACKS: Mapping[str, tuple[str, Callable[[], bytes]]] = {
    "nothing at all": ("package.zip", lambda: b""),
    "no zip": ("package.zip", lambda: b"\x7fELF" + b"\0" * 500),
    "too large": ("package.size", lambda: b"PK\x03\x04" + b"\0" * (20 * 1_048_576)),
    "cut off": ("package.zip", lambda: zipped(sound())[:-30]),
    "out of the folder": ("package.outside", lambda: _with("../evil.yaml")),
    "out of the folder, deeper": ("package.outside", lambda: _with("forms/../../evil.yaml")),
    "a dot for a folder": ("package.outside", lambda: _with("forms/./note.yaml")),
    "an absolute path": ("package.absolute", lambda: _with("/etc/cron.d/evil")),
    "a drive": ("package.absolute", lambda: _with("C:evil.yaml")),
    "backslashes": ("package.backslash", lambda: _with("..\\evil.yaml")),
    "a NUL in the name": ("package.name", lambda: _with("forms/a.yaml\0.png")),
    "a writing direction": ("package.name", lambda: _with("forms/\u202egnp.yaml")),
    "a name in parts": ("package.name", lambda: _with("forms/e\u0301.yaml")),
    "an empty folder name": ("package.name", lambda: _with("forms//note.yaml")),
    "a hidden file": ("package.name", lambda: _with("forms/.note.yaml")),
    "a dot at the end": ("package.name", lambda: _with("forms/note.yaml.")),
    "a device of Windows": ("package.reserved", lambda: _with("forms/aux.yaml")),
    "a long name": ("package.long_name", lambda: _with("forms/" + "a" * 300 + ".yaml")),
    "no name": ("package.encoding", lambda: _with("")),
    "a name of another encoding": (
        "package.encoding",
        lambda: _with("forms/便签.yaml".encode("gbk")),
    ),
    "a name without a mark": ("package.encoding", lambda: _with("forms/便签.yaml", flags=0)),
    "a program": ("package.stranger", lambda: _with("install.py")),
    "a file too deep": ("package.stranger", lambda: _with("forms/deep/note.yaml")),
    "a link": ("package.special", lambda: _with("forms/a.yaml", attributes=LINK)),
    "a device": ("package.special", lambda: _with("forms/a.yaml", attributes=DEVICE)),
    "a folder": ("package.special", lambda: _with("forms/", attributes=FOLDER)),
    "the same name twice": ("package.twice", lambda: _with("forms/note.yaml")),
    "names apart by case": ("package.case", lambda: _with("forms/Note.yaml")),
    "encrypted": ("package.encrypted", lambda: _with("forms/a.yaml", flags=0x801)),
    "an unknown compression": ("package.compressed", lambda: _with("forms/a.yaml", method=99)),
    "a bomb": (
        "package.compressed",
        lambda: _with("data/a.yaml", content=b"\0" * 10_000_000, method=8),
    ),
    "a size that lies": ("package.compressed", lambda: _with("data/a.yaml", size=4_000_000_000)),
    "packed by something else": ("package.compressed", _from_zipfile),
    "entries over each other": ("package.compressed", _overlapping),
    "two entries in one place": ("package.overlap", lambda: _changed(2, offset=0)),
    "an entry outside": ("package.overlap", lambda: _changed(2, offset=0x7FFFFFFF)),
    "a bomb inside": ("package.stranger", _nested),
    "too many entries": ("package.count", _many),
    "more entries than a zip has": ("package.index", _sized_up),
    "something before": ("package.smuggled", lambda: b"#!/bin/sh\n" + zipped(sound())),
    "something behind": ("package.trailing", lambda: zipped(sound()) + b"more"),
    "a comment": ("package.trailing", lambda: zipped(sound(), comment=b"more")),
    "something between": ("package.overlap", lambda: zipped(sound(), between=b"more")),
    "another name inside": ("package.header", lambda: _changed(2, local_name=b"forms/evil.yaml")),
    "something in the header": ("package.header", lambda: _changed(2, extra=b"\x01\x02\x00\x00")),
    "a wrong checksum": ("package.content", lambda: _changed(2, crc=1)),
    "another content": ("package.hash", lambda: _changed(2, content=NOTE + b"note: x\n")),
    "no manifest": ("package.no_manifest", lambda: write_archive(FILES)),
    "a manifest that is none": (
        "package.manifest",
        lambda: write_archive({MANIFEST: b"[" * 100_000, **FILES}),
    ),
    "a manifest written otherwise": (
        "package.manifest",
        lambda: write_archive({MANIFEST: b" " + pack(FILES).manifest.bytes(), **FILES}),
    ),
    "a manifest that claims more": ("package.claims", _other_claims),
    "a file that is missing": ("package.missing", lambda: zipped(sound()[:-1])),
    "a file too many": ("package.unlisted", lambda: _with("forms/other.yaml")),
    "attributes of its own": ("package.form", lambda: _changed(2, attributes=0)),
    "a signature without a publisher": (
        "package.signature",
        lambda: zipped([sound()[0], Part(b"signature", b"\0" * 64), *sound()[1:]]),
    ),
    "a picture that is none": (
        "package.picture",
        lambda: honest({**FILES, "icon.png": b"<svg onload=alert(1)>"}),
    ),
    "a YAML bomb": ("yaml.anchor", _yaml_bomb),
    "a YAML tag": (
        "yaml.tag",
        lambda: honest({**FILES, "data/note.yaml": b"!!python/object:os.system {}"}),
    ),
    "YAML too large": ("yaml.size", lambda: honest({**FILES, "data/note.yaml": b"#" * 1_100_000})),
    "YAML too deep": ("yaml.depth", lambda: honest({**FILES, "data/note.yaml": b"[" * 5_000})),
}
"""By what each one tries: the code of the refusal, and what makes it."""
