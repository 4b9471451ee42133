"""Of which kind is a file, by what is in it and not by what it is called?"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import filetype

HEAD = 8192


@dataclass(frozen=True)
class Kind:
    """A kind of file: its usual ending, and what browsers are told."""

    type: str
    media_type: str


_OFFICE = "application/vnd.openxmlformats-officedocument"
_OOXML: Mapping[str, Kind] = {
    "word/": Kind("docx", f"{_OFFICE}.wordprocessingml.document"),
    "xl/": Kind("xlsx", f"{_OFFICE}.spreadsheetml.sheet"),
    "ppt/": Kind("pptx", f"{_OFFICE}.presentationml.presentation"),
}
_OLD_OFFICE: Mapping[bytes, Kind] = {
    "WordDocument".encode("utf-16-le"): Kind("doc", "application/msword"),
    "Workbook".encode("utf-16-le"): Kind("xls", "application/vnd.ms-excel"),
    "Book".encode("utf-16-le"): Kind("xls", "application/vnd.ms-excel"),
    "PowerPoint Document".encode("utf-16-le"): Kind("ppt", "application/vnd.ms-powerpoint"),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UNKNOWN = Kind("bin", "application/octet-stream")
_ZIP = Kind("zip", "application/zip")
_TEXT = Kind("txt", "text/plain; charset=utf-8")
_CSV = Kind("csv", "text/csv; charset=utf-8")
_TAKEN = frozenset(
    [
        "jpg",
        "png",
        "gif",
        "webp",
        "heic",
        "avif",
        "bmp",
        "tif",
        "pdf",
        "mp4",
        "mov",
        "m4v",
        "webm",
        "avi",
        "3gp",
        "mp3",
        "m4a",
        "wav",
        "ogg",
        "amr",
        "aac",
        "flac",
        "zip",
        "rar",
        "7z",
        "gz",
        "rtf",
        "doc",
        "xls",
        "ppt",
        "docx",
        "xlsx",
        "pptx",
        "odt",
        "ods",
        "odp",
    ]
)
"""What `filetype` knows and what we take; programs, fonts and disk images are not among it."""
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|svg|iframe|object|embed|form|meta|link|style|\?xml)\b"
    rb"|<\?xml|<\?php",
    re.IGNORECASE,
)
_MACROS = ("vbaProject.bin",)
_MOST_ENTRIES = 20_000


def kind_of(path: Path) -> Kind | None:
    """Return the kind of a file; None for what a browser or computer might execute."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path)
    if head.startswith(_OLE):
        return _old_office(path)
    if _looks_like_markup(head):
        return None
    guess = filetype.guess(head)
    if guess is not None:
        return Kind(guess.extension, guess.mime) if guess.extension in _TAKEN else None
    if head.startswith((b"#!", b"MZ", b"\x7fELF")):
        return None
    return _plain(head)


def _looks_like_markup(head: bytes) -> bool:
    text = head
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if head.startswith(mark):
            text = head.decode(encoding, "ignore").encode()
    return _MARKUP.search(text[:1024]) is not None and not head.startswith(b"%PDF")


def _zipped(path: Path) -> Kind | None:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            declared = _declared(archive)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return None
    if len(names) > _MOST_ENTRIES or any(name.endswith(_MACROS) for name in names):
        return None
    if declared:
        return declared
    if "[Content_Types].xml" in names:
        kinds = (kind for start, kind in _OOXML.items() if any(n.startswith(start) for n in names))
        return next(kinds, _ZIP)
    return _ZIP


def _declared(archive: zipfile.ZipFile) -> Kind | None:
    """Open documents name their kind in their first entry."""
    first = archive.infolist()[:1]
    if not first or first[0].filename != "mimetype" or first[0].file_size > 200:
        return None
    media_type = archive.read(first[0]).decode("ascii", "replace").strip()
    endings = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
    prefix = "application/vnd.oasis.opendocument."
    ending = endings.get(media_type.removeprefix(prefix)) if media_type.startswith(prefix) else None
    return Kind(ending, media_type) if ending else None


def _old_office(path: Path) -> Kind | None:
    content = path.read_bytes()
    if "VBA".encode("utf-16-le") in content and b"Attribut" in content:
        return None
    return next((kind for mark, kind in _OLD_OFFICE.items() if mark in content), _UNKNOWN)


def _plain(head: bytes) -> Kind:
    if b"\0" in head:
        return _UNKNOWN
    for encoding in ("utf-8", "gb18030"):
        try:
            text = head.decode(encoding)
        except UnicodeDecodeError as broken:
            # The head may end in the middle of a character.
            if broken.start < len(head) - 4:
                continue
            text = head[: broken.start].decode(encoding)
        return _CSV if _is_table(text) else _TEXT
    return _UNKNOWN


def _is_table(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()][:5]
    counts = {line.count(",") for line in lines}
    return len(lines) > 1 and counts != {0} and len(counts) == 1
