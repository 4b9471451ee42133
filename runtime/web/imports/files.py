"""How does a sheet that was just made go to the person who asked for it?"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from flask import Response

from runtime.web.saving import saved

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def made_sheet(write: Callable[[Path], object], name: str) -> Response | None:
    """Return the sheet that is written, to be saved under a name; None if it was refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        if write(path) is not None:
            return None
        content = path.read_bytes()
    return saved(content, name, XLSX)
