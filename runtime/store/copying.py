"""How does the whole content of one workspace file come into another that is in use?"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def copy_workspace(source: Path, target: Path) -> None:
    """Make a SQLite workspace hold exactly what another one holds, as one transaction; open
    connections to either stay good."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
