"""Which files does the house consist of?"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ("engine", "runtime", "designer")
CODE = (*HOUSE, "tests", "tools", "bench")
_NOT_OURS = {"node_modules", "dist", "__pycache__", "var"}


def files_in(*folders: str, endings: tuple[str, ...]) -> Iterator[Path]:
    """Every file of ours in those top-level folders, by its ending."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            ours = not _NOT_OURS.intersection(path.relative_to(ROOT).parts)
            if ours and path.suffix in endings and path.is_file():
                yield path


def name_of(path: Path) -> str:
    """The path as a reader types it."""
    return path.relative_to(ROOT).as_posix()


@cache
def modules(*folders: str) -> dict[str, ast.Module]:
    """The parsed Python modules of those folders, by name."""
    paths = files_in(*(folders or CODE), endings=(".py",))
    return {name_of(path): ast.parse(path.read_text("utf-8")) for path in paths}


@cache
def tracked() -> tuple[Path, ...]:
    """Every text file that is committed or would be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    paths = (ROOT / name for name in listed if name)
    return tuple(path for path in paths if path.is_file() and b"\0" not in path.read_bytes()[:8192])
