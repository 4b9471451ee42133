"""What does the process do that sets one document, within limits of its own, and then ends?

It is run as a file, so that it holds nothing of the house: it sees one folder with what it is to
set, the fonts, and no other file.
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path
from typing import Any

CPU_SECONDS = 15
MEMORY = 2 * 1024**3
TEXT = "document.typ"


def limit() -> None:
    """Let the machine end this process if it asks for too much."""
    for kind, most in ((resource.RLIMIT_CPU, CPU_SECONDS), (resource.RLIMIT_AS, MEMORY)):
        try:
            resource.setrlimit(kind, (most, most))
        except (OSError, ValueError):  # not every system takes every limit
            continue


def main(folder: Path, format_: str, at: int) -> None:
    """Set the document in the folder, each page (or the whole PDF) as a file beside it."""
    limit()
    import pylopdf_fonts_zh_cn as fonts  # noqa: PLC0415 - after the limits
    import typst  # noqa: PLC0415

    compile_: Any = typst.compile  # its types know no format that is found out later
    given = compile_(
        str(folder / TEXT),
        root=str(folder),
        font_paths=[str(fonts.sans_path().parent)],
        ignore_system_fonts=True,
        format=format_,
        timestamp=at,
        package_path=str(folder / "none"),
        package_cache_path=str(folder / "none"),
    )
    pages = given if isinstance(given, list) else [given]
    for number, page in enumerate(pages):
        (folder / f"page-{number:04}.out").write_bytes(page)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
