"""Which files of an app's folder go into its package?"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from engine.packages.names import belongs
from engine.packages.reading import MAX_BYTES


def package_files(folder: Path) -> dict[str, bytes]:
    """Return the content of the files of an app that are packed, by path; no links."""
    found: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if belongs(name) and path.is_file() and not path.is_symlink():
            found[name] = path.read_bytes()
    return found


def read_package(path: Path) -> bytes:
    """Return a package's bytes, and not more than are needed to see that it is too large."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def write_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file so that at any moment all of it is there or what was there before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".incoming-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
