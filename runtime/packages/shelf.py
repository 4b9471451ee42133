"""What does a store offer, in a folder or at an address?"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from engine.packages.broken import BrokenPackage
from engine.packages.index import Index, Offer, read_index
from engine.packages.package import Package, open_package
from engine.packages.reading import MAX_BYTES
from engine.wording import Message
from runtime.effects.net.http import NoAnswer, Outbound, Request
from runtime.packages.offering import INDEX, SIGNATURE

FILE = re.compile(r"packages/[a-z0-9_]+-\d+\.\d+\.\d+\.zip")
PICTURE = re.compile(r"icons/[a-z0-9_]+\.png|pictures/[a-z0-9_]+/[^/\\.][^/\\]*\.(png|jpg|webp)")
NOT_FOUND = 404
PATIENCE = 120.0
"""Seconds that fetching a package may take."""


@dataclass(frozen=True)
class Shelf:
    """One store: a folder of this machine, or where a web server offers one."""

    place: str
    outbound: Outbound
    id: str = "shelf"

    def index(self) -> Index:
        """Return what is offered. Raises BrokenPackage if it can't be had."""
        raw = self._read(INDEX)
        if raw is None:
            raise BrokenPackage("shelf.missing", Message("应用市场里没有目录 index.json"))
        return read_index(raw, self._read(SIGNATURE))

    def package(self, offer: Offer) -> Package:
        """Return a package that is offered, just as the index says. Raises BrokenPackage, or
        BrokenApp."""
        return open_package(self.content(offer))

    def content(self, offer: Offer) -> bytes:
        """Return the bytes of a package that is offered. Raises BrokenPackage if they are others
        than the index says."""
        raw = self._read(offer.file) if FILE.fullmatch(offer.file) else None
        if raw is None or hashlib.sha256(raw).hexdigest() != offer.sha256:
            message = Message("应用包“{file}”不在应用市场里，或和目录不符", file=offer.file)
            raise BrokenPackage("shelf.package", message)
        return raw

    def picture(self, name: str) -> bytes | None:
        """Return a picture of an app; None if there is none."""
        return self._read(name) if PICTURE.fullmatch(name) else None

    def _read(self, name: str) -> bytes | None:
        if self.place.startswith(("http://", "https://")):
            return self._asked(name)
        path = Path(self.place) / name
        if not path.is_file():
            return None
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)

    def _asked(self, name: str) -> bytes | None:
        url = f"{self.place.rstrip('/')}/{name}"
        wanted = Request(url=url, method="GET", largest=MAX_BYTES, seconds=PATIENCE)
        answer = self.outbound.ask(wanted)
        if isinstance(answer, NoAnswer):
            message = Message("连不上应用市场：{why}", why=answer.code)
            raise BrokenPackage("shelf.network", message)
        if answer.status == NOT_FOUND:
            return None
        if not answer.ok:
            message = Message("应用市场的回答是 {status}", status=answer.status)
            raise BrokenPackage("shelf.network", message)
        return answer.body
