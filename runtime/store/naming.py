"""What are tables, columns and indexes called in the database?"""

from __future__ import annotations

import hashlib

LONGEST = 56
"""So that what PostgreSQL appends to it still fits into 63 bytes."""
_RESERVED = ("sqlite_", "pg_")


def joined(*parts: str) -> str:
    """Join ids with two underscores; where that would be ambiguous or too long, a digest of
    them makes the name one of a kind."""
    name = "__".join(parts)
    if name.startswith(_RESERVED):
        name = f"a_{name}"
    if len(name) <= LONGEST and not any("__" in part or part.endswith("_") for part in parts):
        return name
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:10]
    return f"{name[: LONGEST - 12]}__{digest}"


def form_table(app: str, form: str) -> str:
    """Return the name of the table of a form's records."""
    return joined(app, form)


def side_table(app: str, form: str, field: str) -> str:
    """Return the name of the table of a field's rows or links."""
    return joined(app, form, field)


def search_table(app: str, form: str) -> str:
    """Return the name of the full-text index of a form (SQLite only)."""
    return joined(app, form, "_found")


def index_name(table: str, columns: tuple[str, ...], kind: str) -> str:
    """Return the name of an index."""
    return joined(kind, table, *columns)
