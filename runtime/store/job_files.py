"""Where do the files lie that jobs make?"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path


class JobFiles:
    """A folder of files, each named after its job and the attempt that made it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def new(self, job: str, attempt: str, ending: str) -> Path:
        """Return where an attempt at a job may write a file: no two attempts share a place."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self._folder / f"{job}-{attempt}.{ending}"

    def path(self, name: str) -> Path | None:
        """Return where a file lies, None if it is gone."""
        path = self._folder / name
        return path if path.parent == self._folder and path.is_file() else None

    def names(self) -> Iterator[tuple[str, str]]:
        """Yield the name of each file, and of what is not finished, with the id of its job."""
        for path in self._folder.glob("*-*.*"):
            yield path.name, path.name.partition("-")[0]

    def remove(self, name: str) -> None:
        """Remove a file, or the folder of one that was never finished, for good."""
        path = self._folder / name
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
