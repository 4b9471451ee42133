"""Which files are in an archive that somebody else made?"""

from __future__ import annotations

import stat
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from engine.packages.archive import (
    CENTRAL,
    CENTRAL_MARK,
    END,
    END_MARK,
    LOCAL,
    LOCAL_MARK,
    STORED,
    UTF8_NAMES,
    write_archive,
)
from engine.packages.broken import BrokenPackage
from engine.packages.names import check_names
from engine.wording import Message

MAX_BYTES = 20 * 1_048_576
MAX_ENTRIES = 2_000
ENCRYPTED = 0x2041
"""The bits that say: encrypted, strongly encrypted, or with a hidden index."""


@dataclass(frozen=True)
class _Entry:
    """What the index says of one file."""

    name: str
    flags: int
    method: int
    crc: int
    packed: int
    size: int
    attributes: int
    offset: int
    header: tuple[int, ...]
    """What its local header has to repeat."""


def read_archive(data: bytes) -> dict[str, bytes]:
    """Return the files of a package by name, in their order; only exactly what `write_archive`
    makes of them is taken. Raises BrokenPackage."""
    if len(data) > MAX_BYTES:
        message = Message("应用包太大，最多 {limit} MiB", limit=MAX_BYTES // 1_048_576)
        raise BrokenPackage("package.size", message)
    entries, index = _index(data)
    for entry in entries:
        _check_kind(entry)
    _check_unique(entries)
    check_names(entry.name for entry in entries)
    files = dict(_contents(data, entries, index))
    if write_archive(files) != data:
        message = Message("应用包的写法不规范，请用 dougong app pack 重新打包")
        raise BrokenPackage("package.form", message)
    return files


def _index(data: bytes) -> tuple[list[_Entry], int]:
    """Return the entries of the index, and where it begins."""
    at = len(data) - END.size
    if at < 0 or data[at : at + 4] != END_MARK:
        raise _no_end(data)
    _, disk, first, here, count, size, offset, comment = END.unpack_from(data, at)
    if disk or first or here != count or comment or 0xFFFF in (count,) or offset == 0xFFFFFFFF:
        raise _unreadable()
    if count > MAX_ENTRIES:
        message = Message("应用包里的文件太多，最多 {limit} 个", limit=MAX_ENTRIES)
        raise BrokenPackage("package.count", message)
    if offset + size != at:
        message = Message("应用包前面或中间夹带了别的内容")
        raise BrokenPackage("package.smuggled", message)
    return list(_entries(data, offset, at, count)), offset


def _no_end(data: bytes) -> BrokenPackage:
    if data.startswith(LOCAL_MARK) and END_MARK in data:
        return BrokenPackage("package.trailing", Message("应用包后面夹带了别的内容"))
    return BrokenPackage("package.zip", Message("这不是应用包，或文件不完整"))


def _unreadable() -> BrokenPackage:
    return BrokenPackage("package.index", Message("应用包的目录读不出来，文件已损坏或被改动"))


def _entries(data: bytes, offset: int, end: int, count: int) -> Iterator[_Entry]:
    for _ in range(count):
        if offset + CENTRAL.size > end or data[offset : offset + 4] != CENTRAL_MARK:
            raise _unreadable()
        _, _, *said = CENTRAL.unpack_from(data, offset)
        _, flags, method, _, _, crc, packed, size, name_size, extra, comment = said[:11]
        disk, _, attributes, local = said[11:]
        start = offset + CENTRAL.size
        offset = start + name_size + extra + comment
        if offset > end or extra or comment or disk:
            raise _unreadable()
        name = _decoded(data[start : start + name_size], flags)
        header = tuple(said[:9])
        yield _Entry(name, flags, method, crc, packed, size, attributes, local, header)
    if offset != end:
        raise _unreadable()


def _decoded(raw: bytes, flags: int) -> str:
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = ""
    if not name or (not flags & UTF8_NAMES and not name.isascii()):
        raise BrokenPackage("package.encoding", Message("应用包里的文件名不是 UTF-8 编码"))
    return name


def _check_kind(entry: _Entry) -> None:
    shown = ascii(entry.name)[1:-1]
    if entry.flags & ENCRYPTED:
        message = Message("应用包里有加密的文件：{name}", name=shown)
        raise BrokenPackage("package.encrypted", message)
    kind = stat.S_IFMT(entry.attributes >> 16)
    if kind not in (0, stat.S_IFREG) or entry.name.endswith("/"):
        message = Message("应用包里只能有普通文件，不能有链接、文件夹或设备：{name}", name=shown)
        raise BrokenPackage("package.special", message)
    if entry.method != STORED or entry.packed != entry.size:
        message = Message("应用包里的文件不能压缩：{name}", name=shown)
        raise BrokenPackage("package.compressed", message)


def _check_unique(entries: list[_Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.name in seen:
            message = Message("应用包里有两个“{name}”", name=entry.name)
            raise BrokenPackage("package.twice", message)
        seen.add(entry.name)


def _contents(data: bytes, entries: list[_Entry], index: int) -> Iterator[tuple[str, bytes]]:
    expected = 0
    for entry in entries:
        if entry.offset != expected:
            message = Message(
                "应用包里的文件互相重叠，或之间夹带了别的内容：{name}", name=entry.name
            )
            raise BrokenPackage("package.overlap", message)
        start = _body(data, entry, index)
        expected = start + entry.size
        if expected > index:
            raise _unreadable()
        content = data[start:expected]
        if zlib.crc32(content) != entry.crc:
            message = Message("“{name}”的内容已损坏或被改动", name=entry.name)
            raise BrokenPackage("package.content", message)
        yield entry.name, content
    if expected != index:
        message = Message("应用包前面或中间夹带了别的内容")
        raise BrokenPackage("package.smuggled", message)


def _body(data: bytes, entry: _Entry, index: int) -> int:
    """Return where the content of an entry begins; what stands before it must say the same as the
    index."""
    start = entry.offset + LOCAL.size
    raw = entry.name.encode()
    if start + len(raw) > index or data[entry.offset : entry.offset + 4] != LOCAL_MARK:
        raise _unreadable()
    _, *said, extra = LOCAL.unpack_from(data, entry.offset)
    same = tuple(said) == entry.header and data[start : start + len(raw)] == raw
    if not same or extra:
        message = Message("应用包的目录和文件自己写的不一致：{name}", name=entry.name)
        raise BrokenPackage("package.header", message)
    return start + len(raw)
