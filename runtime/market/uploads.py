"""Where do packages lie that somebody brought as a file, until they are installed?"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import IO

from engine.packages.broken import BrokenPackage
from engine.packages.index import FORMAT, Entry, Index, Offer, entry_of, pictures_of
from engine.packages.package import Package
from engine.packages.reading import MAX_BYTES
from engine.wording import Message
from runtime.market.opened import opened
from runtime.packages.folder import read_package, write_whole
from runtime.services import Services

NAME = re.compile(r"[0-9a-f]{64}")
KEPT = timedelta(days=1)
"""How long a package is there that nobody installs."""
JOB = "forget_upload"


@dataclass(frozen=True)
class Upload:
    """One package that was brought as a file."""

    id: str
    """The digest of the file."""
    path: Path

    def index(self) -> Index:
        """Return it as a store with one app. Raises BrokenPackage or BrokenApp."""
        return Index(format=FORMAT, apps=(entry_of([self._package()]),))

    def package(self, offer: Offer) -> Package:
        """Return the package. Raises BrokenPackage or BrokenApp."""
        if offer.sha256 != self.id:
            raise _gone()
        return self._package()

    def picture(self, name: str) -> bytes | None:
        """Return a picture of the app; None if there is none."""
        return pictures_of(self._package()).get(name)

    def entry(self) -> Entry:
        """Return what there is to know of the app. Raises BrokenPackage or BrokenApp."""
        return self.index().apps[0]

    def _package(self) -> Package:
        if not self.path.is_file():
            raise _gone()
        return opened(self.id, lambda: read_package(self.path))


def take_upload(services: Services, file: IO[bytes], person: str) -> Upload:
    """Keep a package that somebody brings for a day, if every check of it holds. Raises
    BrokenPackage or BrokenApp, and nothing is kept."""
    content = file.read(MAX_BYTES + 1)
    digest = hashlib.sha256(content).hexdigest()
    opened(digest, lambda: content)
    path = _path(services, digest)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(path, content, mode=0o600)
    now = services.now()
    with services.store.unit() as unit:
        unit.jobs.save(JOB, {"digest": digest}, now, person=person, due=now + KEPT)
    return Upload(digest, path)


def upload_of(services: Services, digest: str) -> Upload | None:
    """Return a package that was brought and is still there."""
    if not NAME.fullmatch(digest):
        return None
    path = _path(services, digest)
    return Upload(digest, path) if path.is_file() else None


def forget_upload(services: Services, digest: str) -> None:
    """Let a package go that was brought, unless it was brought again since."""
    path = _path(services, digest)
    if NAME.fullmatch(digest) and path.is_file():
        age = services.now().timestamp() - path.stat().st_mtime
        if age >= KEPT.total_seconds() - 1:
            path.unlink(missing_ok=True)


def _path(services: Services, digest: str) -> Path:
    return services.settings.home / "uploads" / f"{digest}.zip"


def _gone() -> BrokenPackage:
    return BrokenPackage("shelf.package", Message("应用包已经不在这里，请重新上传"))
