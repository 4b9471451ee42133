"""Where do the bytes of files lie, and of which kind are they really?"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from engine.wording import Message
from runtime.store.sniff import Kind, kind_of

AT_ONCE = 1 << 18
BEING_TAKEN = 3600
"""Seconds in which a file is surely made of bytes that came in."""


@dataclass(frozen=True)
class Content:
    """Bytes that were kept: their digest, size and kind."""

    sha256: str
    size: int
    kind: Kind


@dataclass(frozen=True)
class Unfit:
    """Bytes that are not taken, with the words for the person who sent them."""

    message: Message


Refusal = Callable[[Content], Message | None]
"""Says why bytes are not taken though they do no harm."""


class Contents:
    """A folder of files under the digests of what is in them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Return where the bytes with this digest lie."""
        if len(sha256) != 64 or not sha256.isalnum():
            raise ValueError("not a digest")
        return self._folder / sha256[:2] / sha256[2:]

    def put(self, stream: BinaryIO, most: int, refusal: Refusal | None = None) -> Content | Unfit:
        """Keep what the stream gives, if it is not too large, of a kind that can't do harm, and
        not refused. Once this returns, the bytes are on the disk, whole."""
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix="incoming-", dir=self._folder)
        incoming = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                size, digest = _copied(stream, file, most)
                if size <= most:
                    file.flush()
                    os.fsync(file.fileno())
            if size > most:
                return Unfit(_too_large(most))
            if size == 0:
                return Unfit(Message("文件是空的"))
            kind = kind_of(incoming)
            if kind is None:
                return Unfit(Message("这种文件不能上传，可能含有会执行的内容"))
            content = Content(digest, size, kind)
            wrong = refusal(content) if refusal else None
            if wrong is not None:
                return Unfit(wrong)
            self._settle(incoming, self.path(digest))
            return content
        finally:
            incoming.unlink(missing_ok=True)

    def remove(self, sha256: str) -> None:
        """Remove bytes that belong to no file any more."""
        self.path(sha256).unlink(missing_ok=True)

    def remove_old(self, sha256: str) -> None:
        """Do the same, unless they came in again just now and a file is being made of them."""
        place = self.path(sha256)
        # By the stamps of the disk, which know nothing of the clock of the workspace.
        if place.exists() and time.time() - place.stat().st_mtime > BEING_TAKEN:
            self.remove(sha256)

    def free(self) -> int:
        """Return how much room is left on the disk."""
        self._folder.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self._folder).free

    def _settle(self, incoming: Path, place: Path) -> None:
        # The same whether the bytes were there or not: how long it takes tells nobody.
        place.parent.mkdir(exist_ok=True)
        incoming.replace(place)
        for folder in (place.parent, self._folder):
            _sync(folder)


def _copied(stream: BinaryIO, file: BinaryIO, most: int) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    while (part := stream.read(AT_ONCE)) and size <= most:
        digest.update(part)
        size += len(part)
        file.write(part)
    return size, digest.hexdigest()


def _sync(folder: Path) -> None:
    # Without this a power cut could forget the name of a file whose bytes are safe.
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _too_large(most: int) -> Message:
    return Message("文件太大，最多 {most} MB", most=max(most // (1024 * 1024), 1))
