"""What may be read of a zipped file without coming to harm?"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.wording import Message
from runtime.sheets.books import Unreadable

MOST_ENTRIES = 2000
MOST_UNPACKED = 160 * 1024 * 1024
"""Bytes that are unpacked of one file in all; they are counted, whatever the file says."""
AT_ONCE = 1 << 16


@dataclass
class Archive:
    """A zipped file whose parts are read one by one, never unpacked to a disk."""

    path: Path
    left: int = MOST_UNPACKED
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        with self._open() as archive:
            entries = archive.infolist()
        if len(entries) > MOST_ENTRIES:
            raise broken()
        self.names = frozenset(entry.filename for entry in entries)

    def stream(self, name: str) -> Iterator[bytes]:
        """Yield the bytes of a part. Raises Unreadable."""
        try:
            with self._open() as archive, archive.open(name) as part:
                while chunk := part.read(AT_ONCE):
                    self.left -= len(chunk)
                    if self.left < 0:
                        raise Unreadable(Message("文件解压后太大，请拆成几个文件"))
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, KeyError) as error:
            raise broken() from error
        except (NotImplementedError, OSError) as error:
            raise broken() from error

    def fresh(self) -> Archive:
        """Return the same file with its whole allowance."""
        return Archive(self.path)

    def _open(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(self.path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise broken() from error


def broken() -> Unreadable:
    """Return the complaint about a file that is damaged."""
    return Unreadable(Message("文件已损坏或不是 Excel 表格，请用 Excel 或 WPS 另存为 .xlsx 再上传"))
