"""Which files make up an app's folder?"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

KINDS = (".yaml",)


def files_of(folder: Path) -> dict[str, bytes]:
    """Return the content of every file of an app by its path in the folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in KINDS
    }


def digest(files: Mapping[str, bytes]) -> str:
    """Return a fingerprint that changes with any file's name or content."""
    total = hashlib.sha256()
    for name in sorted(files):
        total.update(f"{name}\0{len(files[name])}\0".encode())
        total.update(files[name])
    return total.hexdigest()


def shipped() -> dict[str, Path]:
    """Return the folders of the apps that come with the platform, by app id."""
    root = Path(__file__).parents[2] / "apps"
    return {path.parent.name: path.parent for path in sorted(root.glob("*/app.yaml"))}


def examples() -> dict[str, Path]:
    """Return the folders of the small apps to learn from that come along, by app id."""
    root = Path(__file__).parents[2] / "examples"
    return {path.parent.name: path.parent for path in sorted(root.glob("*/app.yaml"))}


def demo_people() -> Path:
    """Return the file with the people of the demo workspace."""
    return Path(__file__).parents[2] / "apps" / "demo_people.yaml"
